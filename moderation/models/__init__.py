from moderation.models.decisions import Decision, DecisionQuerySet, Evidence, Ground, Kind, Measure
from moderation.models.messages import Case, Message, MessageKind, MessageQuerySet, MessageStep, Source, State, Step
from moderation.models.triage import TriageRule, new_mark

__all__ = [
    "Case",
    "Decision",
    "DecisionQuerySet",
    "Evidence",
    "Ground",
    "Kind",
    "Measure",
    "Message",
    "MessageKind",
    "MessageQuerySet",
    "MessageStep",
    "Source",
    "State",
    "Step",
    "TriageRule",
    "new_mark",
]
