from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        from moderation.models import Case, Decision, Evidence, Ground, TriageRule
        from people import audit

        # The log says that a record was made and by whom; a citizen's words stand in the journal alone.
        words = ["text", "link", "salt", "sealed", "search", "names", "entry_key", "evidence_digests"]
        audit.register(Decision, exclude=words)
        audit.register(Evidence, exclude=["file"], organization="decision.organization")
        audit.register(Case)
        audit.register(Ground, organization=None)
        audit.register(TriageRule, exclude=["mark"], organization=None)
