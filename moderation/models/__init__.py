from moderation.models.decisions import Decision, DecisionQuerySet, Evidence, Ground, Kind, Measure
from moderation.models.triage import TriageRule, new_mark

__all__ = [
    "Decision",
    "DecisionQuerySet",
    "Evidence",
    "Ground",
    "Kind",
    "Measure",
    "TriageRule",
    "new_mark",
]
