from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentplanConfig(AppConfig):
    name = "contentplan"
    verbose_name = _("content plans")

    def ready(self) -> None:
        from contentplan import models
        from people import audit

        for reference in (models.PostFormat, models.Rubric, models.TextLimit, models.RemarkPhrase):
            audit.register(reference, organization=None)
        audit.register(models.Norm, organization=models.Norm.whose)
        audit.register(models.WeeklyPlan)
        audit.register(
            models.PlannedPost,
            exclude=["revision", "status_since", "claimed_by", "claimed_at", "claimed_since"],
            organization="plan.organization",
        )
        audit.register(models.Publication, exclude=["recorded_at"], organization="account.organization")
        audit.register(models.Slot, organization="account.organization")
        for own in (models.PlanRules, models.Stop, models.Idea, models.PostTemplate, models.Repetition):
            audit.register(own)
        audit.register(models.Media, exclude=["state", "error", "thumbnail", "width", "height"])
        audit.register(models.Occasion)
        audit.register(models.TopicPack)
        audit.register(models.PackOffer)
        feed = models.CalendarFeed
        audit.register(feed, exclude=["key_hash"], organization=feed.whose)
