from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentplanConfig(AppConfig):
    name = "contentplan"
    verbose_name = _("content plans")

    def ready(self) -> None:
        from contentplan.models import Norm, PlannedPost, PostFormat, Publication, WeeklyPlan
        from people import audit

        audit.register(PostFormat, organization=None)
        audit.register(Norm, organization=Norm.whose)
        audit.register(WeeklyPlan)
        audit.register(PlannedPost, exclude=["revision", "status_since"], organization="plan.organization")
        audit.register(Publication, exclude=["recorded_at"], organization="account.organization")
