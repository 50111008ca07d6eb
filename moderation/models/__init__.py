from moderation.models.answering import ReminderKind, ReplyLimit, ReplyReminder, ReplyTemplate, ToneWord
from moderation.models.decisions import Decision, DecisionQuerySet, Evidence, Ground, Kind, Measure
from moderation.models.messages import Case, Message, MessageKind, MessageQuerySet, MessageStep, Source, State, Step
from moderation.models.replies import (
    Reply,
    ReplyMove,
    ReplyRemark,
    ReplyReview,
    ReplyRevision,
    ReplyStatus,
    ReplyViewing,
)
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
    "ReminderKind",
    "Reply",
    "ReplyLimit",
    "ReplyMove",
    "ReplyRemark",
    "ReplyReminder",
    "ReplyReview",
    "ReplyRevision",
    "ReplyStatus",
    "ReplyTemplate",
    "ReplyViewing",
    "Source",
    "State",
    "Step",
    "ToneWord",
    "TriageRule",
    "new_mark",
]
