"""Reference data of the content plan is kept here; plans, posts and publications are only looked at.

What happens to a plan goes through its pages, never through the admin: the path of a post has one door.
"""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contentplan.models import (
    Norm,
    Placement,
    PlannedPost,
    PlanNorm,
    PostFormat,
    Publication,
    RemarkPhrase,
    Review,
    Revision,
    Rubric,
    TextLimit,
    WeeklyPlan,
)
from people.roles import Permission
from people.scoped_admin import ScopedAdmin, ScopedInline, person


@admin.register(PostFormat)
class PostFormatAdmin(ScopedAdmin):
    organization_field = None
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    prepopulated_fields: ClassVar = {"slug": ["name"]}


@admin.register(Rubric)
class RubricAdmin(ScopedAdmin):
    """Standing headings of posts: what is no longer offered stays on the posts that have it."""

    organization_field = None
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("name", "position", "is_active")
    list_editable = ("position", "is_active")


@admin.register(TextLimit)
class TextLimitAdmin(ScopedAdmin):
    """How long a text may be in each network: the form counts against it at once."""

    organization_field = None
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("network", "text", "with_media", "counted_in", "most_media", "folded_after", "source")
    list_select_related = ("network",)


@admin.register(RemarkPhrase)
class RemarkPhraseAdmin(ScopedAdmin):
    organization_field = None
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("text", "field", "position", "is_active")
    list_editable = ("position", "is_active")


@admin.register(Norm)
class NormAdmin(ScopedAdmin):
    """Norms for everybody and for kinds are seen by all who plan; those of one body only by those who see the body."""

    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("posts_per_week", "starts_on", "ends_on", "account", "organization", "kind", "legal_act", "clause")
    list_filter = ("kind",)
    list_select_related = ("account__network", "organization", "legal_act")

    def reach(self, request: HttpRequest, permission: Permission | None) -> Q:
        user = person(request)
        if permission is None or not user.may_anywhere(permission):
            return Q(pk__in=[])
        shared = Q(account__isnull=True, organization__isnull=True)
        return shared | user.reach(permission, "organization") | user.reach(permission, "account__organization")


class PlanNormInline(ScopedInline):
    model = PlanNorm
    organization_field = "plan__organization"
    fields = ("account", "posts_per_week", "norm")


@admin.register(WeeklyPlan)
class WeeklyPlanAdmin(ScopedAdmin):
    list_display = ("organization", "monday", "handed_in_at", "handed_in_by", "shortfall_reason")
    list_filter = ("organization",)
    list_select_related = ("organization", "handed_in_by")
    date_hierarchy = "monday"
    inlines = (PlanNormInline,)


class PlacementInline(ScopedInline):
    model = Placement
    organization_field = "post__plan__organization"


class RevisionInline(ScopedInline):
    model = Revision
    organization_field = "post__plan__organization"
    fields = ("number", "planned_at", "topic", "text", "made_by", "made_at")


class ReviewInline(ScopedInline):
    model = Review
    organization_field = "post__plan__organization"
    fields = ("status", "revision", "said", "made_by", "made_at")
    readonly_fields = ("said",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).prefetch_related("remarks")

    @admin.display(description=_("remarks"))
    def said(self, review: Review) -> str:
        return "; ".join(remark.body for remark in review.remarks.all())


@admin.register(PlannedPost)
class PlannedPostAdmin(ScopedAdmin):
    organization_field = "plan__organization"
    list_display = ("topic", "plan", "planned_at", "status", "revision", "created_by")
    list_filter = ("status", "format")
    list_select_related = ("plan__organization", "created_by")
    search_fields = ("topic",)
    inlines = (PlacementInline, RevisionInline, ReviewInline)


@admin.register(Publication)
class PublicationAdmin(ScopedAdmin):
    organization_field = "account__organization"
    list_display = ("account", "published_at", "link", "source", "counts", "recorded_by")
    list_filter = ("source", "counts")
    list_select_related = ("account__network", "recorded_by")
    date_hierarchy = "published_at"
