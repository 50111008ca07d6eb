"""Reference data and accounts in the admin; an account is stored by the same actions as in the portal."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.roles import Permission
from people.scoped_admin import ScopedAdmin, ScopedInline
from registry import actions, prohibition
from registry.forms import PUBLIC_FIELDS
from registry.models import (
    Account,
    CheckItem,
    CheckUse,
    DataSet,
    LegalAct,
    NetworkStatus,
    RegistryRules,
    SecurityItem,
    SocialNetwork,
)

if TYPE_CHECKING:
    NetworkModelForm = forms.ModelForm[SocialNetwork]
    CheckModelForm = forms.ModelForm[CheckItem]
else:
    NetworkModelForm = CheckModelForm = forms.ModelForm


class SocialNetworkForm(NetworkModelForm):
    """A broken pattern must not reach the people who paste links."""

    class Meta:
        model = SocialNetwork
        fields = (
            "slug",
            "name",
            "mark",
            "hosts",
            "matchers",
            "post_matchers",
            "service_paths",
            "notice",
            "named_in_order",
            "position",
        )

    def clean_hosts(self) -> list[str]:
        return _list_of_words(self.cleaned_data["hosts"])

    def clean_service_paths(self) -> list[str]:
        return _list_of_words(self.cleaned_data["service_paths"])

    def clean_matchers(self) -> list[dict[str, str]]:
        return _matchers(self.cleaned_data["matchers"], {"link", "handle"})

    def clean_post_matchers(self) -> list[dict[str, str]]:
        return _matchers(self.cleaned_data["post_matchers"], {"link", "id"})


def _list_of_words(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValidationError(_("Write a list of words in square brackets."))
    return value


def _matchers(value: Any, needed: set[str]) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise ValidationError(_("Write a list of matchers in square brackets."))
    for matcher in value:
        _check_matcher(matcher, needed)
    return value


def _check_matcher(matcher: Any, needed: set[str]) -> None:
    """Each matcher either refuses or fills its templates from the groups of its pattern."""
    if not isinstance(matcher, dict) or not all(isinstance(part, str) for part in matcher.values()):
        raise ValidationError(_("A matcher is a set of texts in braces."))
    if "pattern" not in matcher or not ("refuse" in matcher or needed <= matcher.keys()):
        raise ValidationError(_("A matcher lacks a part: %(needed)s."), params={"needed": ", ".join(sorted(needed))})
    try:
        groups = dict.fromkeys(re.compile(matcher["pattern"]).groupindex, "")
        for part in matcher.keys() - {"pattern", "refuse"}:
            matcher[part].format(**groups)
    except (re.error, KeyError, ValueError, IndexError) as error:
        raise ValidationError(
            _("The matcher %(pattern)s does not work: %(error)s"),
            params={"pattern": matcher["pattern"], "error": error},
        ) from error


class NetworkStatusInline(ScopedInline):
    """The legal status of the network, from day to day."""

    model = NetworkStatus
    view_permission = change_permission = delete_permission = Permission.MANAGE_REFERENCE
    organization_field = None


@admin.register(SocialNetwork)
class SocialNetworkAdmin(ScopedAdmin):
    """Networks: how their links are read, and what the law says of them."""

    form = SocialNetworkForm
    inlines = (NetworkStatusInline,)
    list_display = ("name", "mark", "slug", "named_in_order", "position")
    view_permission = change_permission = Permission.MANAGE_REFERENCE
    organization_field = None

    def save_model(self, request: HttpRequest, obj: SocialNetwork, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        actions.refresh_search(obj.accounts.select_related("organization", "network"))

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """A network that becomes prohibited takes its pages into the archive first: the database lets no other way."""
        kept = [row.instance for row in formset.forms if not formset._should_delete_form(row)]
        status = prohibition.prohibiting(row for row in kept if row.starts_on)
        if status:
            count = prohibition.archive_pages(form.instance, basis=status.basis, by=request.user)
            told = ngettext("%(n)d entry was archived.", "%(n)d entries were archived.", count)
            if count:
                messages.warning(request, told % {"n": count})
        super().save_formset(request, form, formset, change)


@admin.register(LegalAct)
class LegalActAdmin(ScopedAdmin):
    """Acts that something in the portal rests on."""

    list_display = ("title", "number", "signed_on", "organization")
    search_fields = ("title", "number")
    change_permission = Permission.EDIT_REGISTRY


@admin.register(SecurityItem)
class SecurityItemAdmin(ScopedAdmin):
    """Items of the security checklist: what is asked of each account, and how often."""

    list_display = ("text", "days", "position", "is_active")
    view_permission = change_permission = Permission.MANAGE_REFERENCE
    organization_field = None


class CheckItemForm(CheckModelForm):
    """When a question is asked is ticked, not typed."""

    uses = forms.MultipleChoiceField(
        label=_("when it is asked"), choices=CheckUse.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CheckItem
        fields = ("text", "hint", "uses", "is_must", "position", "is_active")


@admin.register(CheckItem)
class CheckItemAdmin(ScopedAdmin):
    """Questions by which the department verifies what is proposed, and pages that are due."""

    form = CheckItemForm
    list_display = ("text", "is_must", "position", "is_active")
    view_permission = change_permission = Permission.MANAGE_REFERENCE
    organization_field = None


@admin.register(RegistryRules)
class RegistryRulesAdmin(ScopedAdmin):
    """Whether one person keeps the registry of a body: four eyes are the rule, this is the exception."""

    list_display = ("organization", "one_person_department")
    list_select_related = ("organization",)
    view_permission = change_permission = Permission.MANAGE_REFERENCE


@admin.register(Account)
class AccountAdmin(ScopedAdmin):
    """Read only: an entry changes by a proposal that a second person has looked at, in the portal."""

    fields = readonly_fields = (*PUBLIC_FIELDS, "responsible_people", "last_verified_on", "last_verified_by")
    list_display = ("name", "organization", "network", "status", "last_verified_on")
    list_filter = ("status", "network")
    list_select_related = ("organization", "network")
    search_fields = ("search",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.matching(search_term), False


@admin.register(DataSet)
class DataSetAdmin(ScopedAdmin):
    """The passport of the open data; there is one."""

    list_display = ("__str__", "responsible_post", "period")
    view_permission = change_permission = Permission.MANAGE_REFERENCE
    organization_field = None

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
