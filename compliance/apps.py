from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("weekly check")

    def ready(self) -> None:
        from compliance.circumstances import exempt_accounts
        from compliance.models import Circumstance
        from contentplan import reminders
        from people import audit

        audit.register(Circumstance, exclude=["made_at"])
        reminders.EXCUSES.append(exempt_accounts)
