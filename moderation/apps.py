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
        from moderation.models import (
            Case,
            Decision,
            Evidence,
            Ground,
            Objection,
            PendingDecision,
            Reply,
            ReplyLimit,
            ReplyTemplate,
            SignedHead,
            ToneWord,
            TriageRule,
        )
        from moderation.second_notices import stuck_for_membership, waiting_for_membership
        from people import audit, worktime_changes
        from people.models import persons
        from registry import editions

        editions.AREAS[editions.MODERATION] = OPEN_TABLES
        persons.COUNTED["messages"] = pressing_for_membership
        persons.COUNTED["second"] = waiting_for_membership
        persons.COUNTED["second_stuck"] = stuck_for_membership
        worktime_changes.FOLLOWERS.append(clock_changes.follow)

        # The log says that a record was made and by whom; a citizen's words stand in the journal alone.
        words = ["text", "link", "salt", "sealed", "search", "names", "entry_key", "evidence_digests", "fingerprint"]
        audit.register(Decision, exclude=words)
        audit.register(PendingDecision, exclude=["text", "link", "files", "entry_key"])
        audit.register(Objection, exclude=["words", "code_mark", "answer"], organization="decision.organization")
        audit.register(SignedHead, organization=None)
        audit.register(Evidence, exclude=["file"], organization="decision.organization")
        audit.register(Case)
        audit.register(
            Reply, exclude=["text", "thread_seen", "claimed_at", "claimed_since"], organization="message.organization"
        )
        audit.register(ReplyTemplate)
        for reference in (Ground, ReplyLimit, ToneWord):
            audit.register(reference, organization=None)
        audit.register(TriageRule, exclude=["mark"], organization=None)
