"""Organizations, people, roles and the audit log in the admin."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from people import actions, rules
from people.audit_words import Told, tell
from people.forms import OrganizationChoice
from people.models import AuditEntry, Membership, Organization, SpecialDay, User, WorkHours
from people.roles import Permission
from people.scoped_admin import ScopedAdmin, ScopedInline, person
from people.worktime_changes import changing

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Organization]
else:
    BaseForm = forms.ModelForm

_TOP = gettext_lazy("nothing: the top of the tree")


@admin.register(User)
class UserAdmin(ScopedAdmin):
    """Name, post, e-mail. People come by invitation; roles and switching off have pages of their own."""

    view_permission = Permission.MANAGE_PEOPLE
    change_permission = Permission.MANAGE_PEOPLE
    list_display = ("__str__", "email", "job_title", "is_active")
    list_filter = ("is_active",)
    search_fields = ("last_name", "first_name", "email", "username")
    fields = ("username", "last_name", "first_name", "patronymic", "job_title", "email", "is_active")
    readonly_fields = ("is_active",)

    def reach(self, request: HttpRequest, permission: Permission | None) -> Q:
        return Q(pk__in=Membership.objects.visible_to(person(request)).values("user"))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if isinstance(obj, User):
            return rules.can_manage(person(request), obj)
        return super().has_change_permission(request, obj)


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """To look up who was what and when; roles are given and ended on the person's page, where a letter goes out."""

    view_permission = Permission.MANAGE_PEOPLE
    list_display = ("user", "role", "organization", "starts_on", "ends_on")
    list_filter = ("role", "organization")
    list_select_related = ("user", "organization")
    search_fields = ("user__last_name", "user__email", "organization__name")
    date_hierarchy = "starts_on"


class MembershipInline(ScopedInline):
    model = Membership
    view_permission = Permission.MANAGE_PEOPLE
    fields = ("user", "role", "starts_on", "ends_on")


class WorkHoursInline(ScopedInline):
    """The body's own hours; with none of its own it works as the body above it."""

    model = WorkHours
    change_permission = Permission.MANAGE_REFERENCE
    delete_permission = Permission.MANAGE_REFERENCE
    fields = ("weekday", "starts", "ends", "lunch_starts", "lunch_ends")


@admin.register(SpecialDay)
class SpecialDayAdmin(ScopedAdmin):
    """Days of the district beside the calendar of Russia: off, or worked though they would be off."""

    view_permission = Permission.VIEW
    change_permission = Permission.MANAGE_REFERENCE
    list_display = ("day", "title", "is_working", "organization")
    list_filter = ("is_working", "organization")
    list_select_related = ("organization",)
    date_hierarchy = "day"
    fields = ("organization", "day", "title", "is_working")

    def save_model(self, request: HttpRequest, obj: SpecialDay, form: Any, change: bool) -> None:
        earlier = Organization.objects.filter(special_days=obj.pk).first() if change else None
        with changing(earlier, obj.organization):
            super().save_model(request, obj, form, change)


class OrganizationForm(BaseForm):
    """An organization and what stands above it."""

    parent = OrganizationChoice(
        Organization.objects.none(), label=gettext_lazy("Stands under"), required=False, empty_label=_TOP
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" not in self.fields:  # the page is only to be read
            return
        field: Any = self.fields["parent"]
        field.queryset = self._places()
        if self.instance.pk:
            self.initial["parent"] = Organization.objects.get_parent(self.instance)
            field.required = not self.instance.is_root()
        else:
            field.required = True

    by: ClassVar[User]

    def _places(self) -> QuerySet[Organization]:
        """What the person keeps, without the row itself and what is below it; the present place in any case."""
        rows: QuerySet[Organization] = Organization.objects.where_may(self.by, Permission.MANAGE_REFERENCE)
        if not self.instance.pk:
            return rows
        above = Q(path=self.instance.path[: -Organization.steplen])
        rows = rows | Organization.objects.filter(above)
        return rows.exclude(path__startswith=self.instance.path)


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    """The tree of bodies. A body is never deleted, only put out of work: journals name it."""

    view_permission = Permission.VIEW
    change_permission = Permission.MANAGE_REFERENCE
    organization_field = ""
    list_display = ("name_in_tree", "kind", "centre", "timezone", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "short_name", "slug", "oktmo")
    ordering = ("path",)
    fields = (
        "name",
        "short_name",
        "slug",
        "kind",
        "parent",
        "centre",
        "oktmo",
        "official_site",
        "timezone",
        "is_active",
    )
    prepopulated_fields = {"slug": ("short_name",)}
    inlines = (WorkHoursInline, MembershipInline)

    @admin.display(description=gettext_lazy("organization"))
    def name_in_tree(self, row: Organization) -> str:
        return f"{'· ' * (row.depth - 1)}{row.short_name}"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = type("OrganizationFormOfThisPerson", (OrganizationForm,), {"by": person(request)})
        return super().get_form(request, obj, change, form=form, **kwargs)

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        actions.keep_organization(obj, form.cleaned_data.get("parent"), by=person(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Hours of the body stand among its rows."""
        if formset.model is not WorkHours or not formset.has_changed():
            super().save_formset(request, form, formset, change)
            return
        with changing(form.instance):
            super().save_formset(request, form, formset, change)


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin):
    """Only to be read."""

    view_permission = Permission.VIEW_AUDIT
    list_display = ("moment", "who", "done", "kind", "object_repr", "organization")
    list_select_related = ("organization", "content_type")
    date_hierarchy = "timestamp"
    show_full_result_count = False
    fields = ("moment", "who", "done", "kind", "object_repr", "organization", "told")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        rows: QuerySet[AuditEntry] = AuditEntry.objects.visible_to(person(request))
        return rows

    def reach(self, request: HttpRequest, permission: Permission | None) -> Q:
        return Q(pk__in=AuditEntry.objects.visible_to(person(request)).values("pk"))

    @admin.display(description=gettext_lazy("when"), ordering="timestamp")
    def moment(self, entry: AuditEntry) -> datetime:
        at: datetime = entry.timestamp
        return at

    @admin.display(description=gettext_lazy("what"))
    def done(self, entry: AuditEntry) -> str:
        return Told(entry).done

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, entry: AuditEntry) -> str:
        return Told(entry).kind

    @admin.display(description=gettext_lazy("who"))
    def who(self, entry: AuditEntry) -> str:
        return Told(entry).who

    @admin.display(description=gettext_lazy("before → after"))
    def told(self, entry: AuditEntry) -> SafeString:
        rows = [(c.label, c.before, c.after) for c in tell([entry])[0].changes]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {} → {}</li>", rows))
