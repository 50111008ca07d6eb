"""The base of every admin page: rows, choices and buttons follow the table of people/roles.py.

Django's own flags and permission tables (is_staff, is_superuser, groups) are not asked anywhere.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Field, ForeignKey, ManyToManyField, Model, Q, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import pgettext

from people.audit_entry import owners
from people.models import Organization, User
from people.roles import Permission

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Any]
    BaseInline = admin.TabularInline[Any, Any]
else:
    BaseAdmin, BaseInline = admin.ModelAdmin, admin.TabularInline


def person(request: HttpRequest) -> User:
    """The signed-in person; admin pages are closed to everybody else."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


class Scoped:
    """What admin pages and the tables inside them share.

    `view_permission`: who sees the rows; `change_permission`: who adds and changes them (None: nobody);
    `delete_permission`: who deletes them (None: nobody, as nearly everywhere).
    `organization_field`: the path to the row's organization in the way of queries (`"post__plan__organization"`),
    "" for organizations themselves, None for reference data shared by all.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW
    change_permission: ClassVar[Permission | None] = None
    delete_permission: ClassVar[Permission | None] = None
    organization_field: ClassVar[str | None] = "organization"

    def reach(self, request: HttpRequest, permission: Permission | None) -> Q:
        """A condition: rows in which the person holds the permission."""
        user = person(request)
        if permission is None:
            return Q(pk__in=[])
        if self.organization_field is None:
            return Q() if user.may_anywhere(permission) else Q(pk__in=[])
        return user.reach(permission, self.organization_field)

    def _may(self, request: HttpRequest, permission: Permission | None, obj: Model | None) -> bool:
        if permission is None or not person(request).may_anywhere(permission):
            return False
        if obj is None or obj.pk is None:
            return True
        return type(obj)._default_manager.filter(self.reach(request, permission), pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, self.view_permission, None)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, self.view_permission, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, self.change_permission, None)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, self.change_permission, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, self.delete_permission, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc] # Django's admin class stands beside
        return rows.filter(self.reach(request, self.view_permission))

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        kwargs["queryset"] = self.choices(request, db_field)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc, no-any-return] # as above

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        kwargs["queryset"] = self.choices(request, db_field)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc, no-any-return] # as above

    def choices(self, request: HttpRequest, field: "Field[Any, Any]") -> QuerySet[Any]:
        """What may be chosen: rows of organizations in which the person may change things of this kind."""
        model: Any = field.related_model
        permission = self.change_permission or self.view_permission
        if model is Organization:
            bodies: QuerySet[Any] = Organization.objects.filter(person(request).reach(permission, ""))
            return bodies
        page = admin.site._registry.get(model)
        if isinstance(page, ScopedAdmin):
            return page.get_queryset(request).filter(page.reach(request, permission))
        if hasattr(model.objects, "visible_to"):
            rows: QuerySet[Any] = model.objects.visible_to(person(request))
            return rows
        return model.objects.none()  # type: ignore[no-any-return] # managers are not known here


class ScopedAdmin(Scoped, BaseAdmin):
    """The admin page of a model. What is not in reach does not exist: 404."""

    save_on_top = False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def get_list_filter(self, request: HttpRequest) -> Any:
        """A filter by a related row names only rows in reach."""
        return [self._narrow(item) for item in super().get_list_filter(request)]

    def _narrow(self, item: Any) -> Any:
        if not isinstance(item, str) or "__" in item or not self.opts.get_field(item).is_relation:
            return item
        return (item, admin.RelatedOnlyFieldListFilter)

    # The portal keeps one audit log; Django's own list of admin actions stays empty.
    def log_addition(self, *args: Any, **kwargs: Any) -> Any:
        return None

    def log_change(self, *args: Any, **kwargs: Any) -> Any:
        return None

    def log_deletions(self, *args: Any, **kwargs: Any) -> Any:
        return None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if object_id is not None:
            self._must_exist(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        self._must_exist(request, object_id)
        return super().delete_view(request, object_id, extra_context)

    def _must_exist(self, request: HttpRequest, object_id: str) -> None:
        """Django asks for the permission before the row and would answer 403 for what is out of reach."""
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's titles ("Select … to change") put the name of the model into a case it does not have in Russian."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, *args: Any, **kwargs: Any
    ) -> Any:
        context["title"] = (
            f"{pgettext('row', 'New')}: {self.opts.verbose_name}" if add else capfirst(str(self.opts.verbose_name))
        )
        context["has_history"] = self._has_history(request)
        return super().render_change_form(request, context, add, *args, **kwargs)

    def _has_history(self, request: HttpRequest) -> bool:
        return self.model in owners and person(request).may_anywhere(Permission.VIEW_AUDIT)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of a row is its part of the audit log, for those who read the log."""
        self._must_exist(request, object_id)
        if not self._has_history(request):
            raise Http404
        query = urlencode({"kind": self.opts.label_lower, "object": unquote(object_id)})
        return redirect(f"{reverse('people:audit_list')}?{query}")


class ScopedInline(Scoped, BaseInline):
    """A table of rows inside an admin page."""

    extra = 0

    def _may(self, request: HttpRequest, permission: Permission | None, obj: Model | None) -> bool:
        """Django asks with the row of the page, whose reach the page has asked itself; the table's rows are scoped."""
        return super()._may(request, permission, None)
