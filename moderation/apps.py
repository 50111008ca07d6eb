from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What the open pages of moderation read beside the registry (registry/editions.py).
OPEN_TABLES = ("moderation.Decision", "moderation.Ground", "moderation.Objection", "moderation.SignedHead")


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        from moderation import clock_changes
        from moderation.inbox.counted import pressing_for_membership
        from moderation.second_notices import stuck_for_membership, waiting_for_membership
        from people import worktime_changes
        from people.models import persons
        from registry import editions

        editions.AREAS[editions.MODERATION] = OPEN_TABLES
        persons.COUNTED["messages"] = pressing_for_membership
        persons.COUNTED["second"] = waiting_for_membership
        persons.COUNTED["second_stuck"] = stuck_for_membership
        worktime_changes.FOLLOWERS.append(clock_changes.follow)
        _audit()


def _audit() -> None:
    """The log says that a record was made and by whom; a citizen's words stand in the journal alone."""
    from moderation import models
    from people import audit

    words = ["text", "link", "salt", "sealed", "search", "names", "entry_key", "evidence_digests", "fingerprint"]
    audit.register(models.Decision, exclude=words)
    audit.register(models.PendingDecision, exclude=["text", "link", "files", "entry_key"])
    audit.register(models.Objection, exclude=["words", "code_mark", "answer"], organization="decision.organization")
    audit.register(models.SignedHead, organization=None)
    audit.register(models.Evidence, exclude=["file"], organization="decision.organization")
    audit.register(models.Case)
    unlogged = ["text", "thread_seen", "claimed_at", "claimed_since"]
    audit.register(models.Reply, exclude=unlogged, organization="message.organization")
    audit.register(models.ReplyTemplate)
    for reference in (models.Ground, models.ReplyLimit, models.ToneWord):
        audit.register(reference, organization=None)
    audit.register(models.TriageRule, exclude=["mark"], organization=None)
