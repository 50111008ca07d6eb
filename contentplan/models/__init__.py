"""What and when: the norm, weekly plans, planned posts and their path, and what really came out.

Procedure, cl. 2.2 and 2.3 (content plan, its correction and approval), 4 (topics of the region), 5 (the norm),
6 (formats). Planned and published are never the same field: a plan lives in `PlannedPost`, a fact in `Publication`.
"""

from contentplan.models.exports import ExportJob, ExportState
from contentplan.models.feeds import CalendarFeed
from contentplan.models.imports import ImportRow, ImportState, PlanImport
from contentplan.models.media import Media, MediaKind, MediaState, PostMedia
from contentplan.models.norms import Norm, PostFormat
from contentplan.models.occasions import Occasion, OccasionKind, OfferState, PackOffer, TopicPack
from contentplan.models.plans import PlanNorm, WeeklyPlan
from contentplan.models.posts import Placement, PlannedPost, Revision
from contentplan.models.publications import Publication, Source
from contentplan.models.reference import PlanRules, Rubric, Slot, Stop, StopKind, TextLimit
from contentplan.models.reminders import PlanReminder, ReminderStep
from contentplan.models.reviews import Acknowledgement, Remark, RemarkAnswer, RemarkField, RemarkPhrase, Review, Viewing
from contentplan.models.statuses import TRANSITIONS, MissReason, Move, Status
from contentplan.models.writing import Idea, PostTemplate, Repetition, SavedDraft
from review.models import RevisionKind

__all__ = [
    "TRANSITIONS",
    "Acknowledgement",
    "CalendarFeed",
    "ExportJob",
    "ExportState",
    "Idea",
    "ImportRow",
    "ImportState",
    "Media",
    "MediaKind",
    "MediaState",
    "MissReason",
    "Move",
    "Norm",
    "Occasion",
    "OccasionKind",
    "OfferState",
    "PackOffer",
    "Placement",
    "PlanImport",
    "PlanNorm",
    "PlanReminder",
    "PlanRules",
    "PlannedPost",
    "PostFormat",
    "PostMedia",
    "PostTemplate",
    "Publication",
    "Remark",
    "RemarkAnswer",
    "RemarkField",
    "RemarkPhrase",
    "ReminderStep",
    "Repetition",
    "Review",
    "Revision",
    "RevisionKind",
    "Rubric",
    "SavedDraft",
    "Slot",
    "Source",
    "Status",
    "Stop",
    "StopKind",
    "TextLimit",
    "TopicPack",
    "Viewing",
    "WeeklyPlan",
]
