"""People as an application, and the portal's own admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    default = True
    name = "people"
    verbose_name = _("people and organizations")

    def ready(self) -> None:
        from people import audit
        from people.models import Absence, ApiKey, Membership, Organization, SpecialDay, User, WorkHours

        audit.register(Organization, exclude=["path", "depth", "numchild"], organization="")
        audit.register(Membership)
        audit.register(WorkHours)
        audit.register(SpecialDay)
        audit.register(Absence, exclude=["made_at"], organization=Absence.whose)
        audit.register(ApiKey, exclude=["digest", "made_at", "last_used_at"])
        audit.register(User, exclude=["password", "last_login"], organization=User.first_organization)


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django admin with our doors: in INSTALLED_APPS instead of `django.contrib.admin`."""

    default = False
    default_site = "people.admin_site.PortalAdminSite"
