"""The admin with the portal's doors: signed in through the portal's own page, let in by roles, never by flags."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from people import roles
from people.models import User
from people.roles import Permission

# Addresses of Django's admin that would go round the portal's own pages or tell what exists.
UNWANTED = {"password_change", "password_change_done", "view_on_site"}


class PortalAdminSite(admin.AdminSite):
    site_header = _("Glashatay: reference lists")
    site_title = _("Glashatay")
    index_title = _("Reference lists")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and bool(user.current_memberships)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign-in has one page, so that throttling and later the second step hold everywhere."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[admin.ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Only what is scoped by roles comes in: libraries bring admin pages that ask Django's own permissions."""
        from people.scoped_admin import ScopedAdmin

        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def unregister(self, model_or_iterable: type[Model] | Iterable[type[Model]]) -> None:
        """Libraries take off what they think they put on."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        super().unregister([model for model in models if self.is_registered(model)])

    def get_urls(self) -> list[URLResolver | URLPattern]:
        own = path("roles/", self.admin_view(self.role_table), name="role_table")
        return [own, *(url for url in super().get_urls() if getattr(url, "name", None) not in UNWANTED)]

    def role_table(self, request: HttpRequest) -> HttpResponse:
        """What each role may do, as it stands in people/roles.py."""
        words = {"title": _("What the roles may do"), "roles": roles.described(), "table": roles.table()}
        return render(request, "admin/role_table.html", {**self.each_context(request), **words})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        user = request.user
        can_see_audit = isinstance(user, User) and user.may_anywhere(Permission.VIEW_AUDIT)
        return {**super().each_context(request), "can_see_audit": can_see_audit}
