from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("weekly check")

    def ready(self) -> None:
        from compliance.models import Circumstance
        from people import audit

        audit.register(Circumstance, exclude=["made_at"])
