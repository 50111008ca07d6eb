from moderation.models.answering import ReminderKind, ReplyLimit, ReplyReminder, ReplyTemplate, ToneWord
from moderation.models.cases import Case
from moderation.models.decisions import Decision, DecisionQuerySet, Evidence, Ground
from moderation.models.intake import MessageImport, MessageImportRow
from moderation.models.measures import AGAINST, LASTING, SILENCING, Kind, Measure, Origin, Tag
from moderation.models.message_path import State, Step
from moderation.models.messages import Message, MessageKind, MessageQuerySet, Source
from moderation.models.objections import Objection, PendingDecision, SignedHead, Verdict
from moderation.models.replies import Reply, ReplyMove, ReplyReview, ReplyRevision, ReplyStatus
from moderation.models.reply_words import ReplyAcknowledgement, ReplyRemark, ReplyRemarkAnswer, ReplyViewing
from moderation.models.steps import AuthorCheck, MessageStep, Unmasking
from moderation.models.triage import TriageRule, new_mark

__all__ = [
    "AGAINST",
    "LASTING",
    "SILENCING",
    "AuthorCheck",
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
    "Objection",
    "Origin",
    "PendingDecision",
    "ReminderKind",
    "Reply",
    "ReplyAcknowledgement",
    "ReplyLimit",
    "ReplyMove",
    "ReplyRemark",
    "ReplyRemarkAnswer",
    "ReplyReminder",
    "ReplyReview",
    "ReplyRevision",
    "ReplyStatus",
    "ReplyTemplate",
    "ReplyViewing",
    "SignedHead",
    "Source",
    "State",
    "Step",
    "Tag",
    "ToneWord",
    "TriageRule",
    "Unmasking",
    "Verdict",
    "new_mark",
]
