"""Results are looked at here, never changed: the check writes them, the pages explain them."""

from django.contrib import admin

from compliance.models import Circumstance, Finding, FindingChange, WeekCheck
from people.roles import Permission
from people.scoped_admin import ScopedAdmin, ScopedInline


class FindingChangeInline(ScopedInline):
    model = FindingChange
    organization_field = "finding__organization"
    fields = ("result", "published", "required", "reason", "found_at", "replaced_at")


@admin.register(Finding)
class FindingAdmin(ScopedAdmin):
    list_display = ("account", "organization", "monday", "published", "required", "result", "reason", "found_at")
    list_filter = ("result",)
    list_select_related = ("account__network", "organization")
    date_hierarchy = "monday"
    inlines = (FindingChangeInline,)


@admin.register(Circumstance)
class CircumstanceAdmin(ScopedAdmin):
    list_display = ("organization", "account", "kind", "starts_on", "ends_on", "reason", "made_by", "made_at")
    list_filter = ("kind",)
    list_select_related = ("organization", "account__network", "made_by")


@admin.register(WeekCheck)
class WeekCheckAdmin(ScopedAdmin):
    view_permission = Permission.RUN_CHECK
    organization_field = None
    list_display = ("monday", "timezone", "started_at", "finished_at")
