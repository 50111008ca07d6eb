"""What and when: the norm, weekly plans, planned posts and their path, and what really came out.

Procedure, cl. 2.2 and 2.3 (content plan, its correction and approval), 5 (the norm), 6 (formats).
Planned and published are never the same field: a plan lives in `PlannedPost`, a fact in `Publication`.
"""

from contentplan.models.norms import Norm, PostFormat
from contentplan.models.plans import PlanNorm, WeeklyPlan
from contentplan.models.posts import TRANSITIONS, Placement, PlannedPost, Remark, Review, Revision, Status
from contentplan.models.publications import Publication, Source

__all__ = [
    "TRANSITIONS",
    "Norm",
    "Placement",
    "PlanNorm",
    "PlannedPost",
    "PostFormat",
    "Publication",
    "Remark",
    "Review",
    "Revision",
    "Source",
    "Status",
    "WeeklyPlan",
]
