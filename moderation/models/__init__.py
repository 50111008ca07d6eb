from moderation.models.answering import ReminderKind, ReplyLimit, ReplyReminder, ReplyTemplate, ToneWord
from moderation.models.cases import Case
from moderation.models.decisions import Decision, DecisionQuerySet, Evidence, Ground, Kind, Measure
from moderation.models.intake import MessageImport, MessageImportRow
from moderation.models.messages import Message, MessageKind, MessageQuerySet, Source, State, Step
from moderation.models.replies import (
    Reply,
    ReplyMove,
    ReplyRemark,
    ReplyReview,
    ReplyRevision,
    ReplyStatus,
    ReplyViewing,
)
from moderation.models.steps import MessageStep, Unmasking
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
    "MessageImport",
    "MessageImportRow",
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
    "Unmasking",
    "new_mark",
]
