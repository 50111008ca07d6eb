"""The journal can be looked at here, never written; of the six grounds only the words and the order are edited."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from moderation.models import Decision, Evidence, Ground, ReplyLimit, ToneWord
from people.roles import Permission
from people.scoped_admin import ScopedAdmin, ScopedInline


class EvidenceInline(ScopedInline):
    """Files of a decision; they are opened in the journal itself, where the download is guarded."""

    model = Evidence
    view_permission = Permission.VIEW_JOURNAL
    organization_field = "decision__organization"
    fields = readonly_fields = ("name", "content_type", "size", "sha256")


@admin.register(Decision)
class DecisionAdmin(ScopedAdmin):
    """Read only: the database would refuse anything else."""

    view_permission = Permission.VIEW_JOURNAL
    list_display = ("number", "made_at", "organization", "account", "ground", "measure", "made_by")
    list_filter = ("measure", "kind", "ground", "organization")
    list_select_related = ("organization", "account__network", "ground", "made_by")
    date_hierarchy = "made_at"
    inlines = (EvidenceInline,)
    exclude = ("salt",)


@admin.register(Ground)
class GroundAdmin(ScopedAdmin):
    """The grounds are fixed by procedure, cl. 7: none is added or deleted."""

    change_permission = Permission.MANAGE_REFERENCE
    organization_field = None
    list_display = ("name", "needs_citation", "position")
    readonly_fields = ("slug", "needs_citation")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(ToneWord)
class ToneWordAdmin(ScopedAdmin):
    """What the portal asks about before a reply is sent for approval."""

    organization_field = None
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("words", "advice", "is_active")
    search_fields = ("words",)


@admin.register(ReplyLimit)
class ReplyLimitAdmin(ScopedAdmin):
    """How long a reply may be in each network; without a row any length is taken."""

    organization_field = None
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("network", "characters", "counted_in", "source")
    list_select_related = ("network",)
