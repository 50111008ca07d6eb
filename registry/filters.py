"""The one filter of the page, the CSV and the API, and the wider one of the signed-in list."""

import re
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people.models import Organization
from registry import links
from registry.models import PUBLIC_STATUSES, Account, AccountStatus, ClosingKind, FormerName, NameFinding, SocialNetwork
from registry.models.accounts import AccountQuerySet
from registry.models.names import FormerNameQuerySet

_LONGEST_QUERY = 200
ANY = pgettext_lazy("filter", "any")
_LOOKS_LIKE_A_LINK = re.compile(r"://|\w\.\w")


class AccountFilter(django_filters.FilterSet):
    """`q` (every word must occur, or the link of a page), `network`, `organization` (their codes), `status`."""

    q = django_filters.CharFilter(label=_("Find a body or a page"), method="search", max_length=_LONGEST_QUERY)
    network = django_filters.ModelChoiceFilter(
        label=_("network"),
        queryset=lambda request: SocialNetwork.objects.allowed(),
        to_field_name="slug",
        error_messages={"invalid_choice": _("There is no such network in the registry.")},
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("organization"),
        queryset=lambda request: Organization.objects.all(),
        to_field_name="slug",
        error_messages={"invalid_choice": _("There is no such body in the registry.")},
    )
    status = django_filters.ChoiceFilter(
        label=_("status"),
        choices=[(status.value, status.label) for status in PUBLIC_STATUSES],
        error_messages={"invalid_choice": _("There is no such status.")},
    )

    class Meta:
        model = Account
        fields = ("q", "network", "organization", "status")

    def search(self, rows: AccountQuerySet, name: str, text: str) -> AccountQuerySet:
        """By words; a pasted link finds the one page it leads to."""
        link = self._pasted[0]
        return rows.of_page(link.network, link.url, link.external_id) if link else rows.matching(text)

    @cached_property
    def _pasted(self) -> tuple[links.Link | None, str]:
        """The page that `q` is a link to, or why it cannot be one; neither for plain words."""
        text = self.form.cleaned_data.get("q") or ""
        if not _LOOKS_LIKE_A_LINK.search(text):
            return None, ""
        try:
            return links.read(text), ""
        except links.BadLink as refusal:
            return None, refusal.sentence

    @property
    def is_a_link(self) -> bool:
        """Whether `q` was meant as the address of a page."""
        return self._pasted != (None, "")

    @property
    def advice(self) -> str:
        """What to tell a person whose search has found nothing."""
        link, refusal = self._pasted
        left = FormerName.objects.public().select_related("account").filter(url=link.url).first() if link else None
        if left:
            return gettext("The page that was %(old)s until it was renamed is %(new)s today: %(name)s.") % {
                "old": left.address,
                "new": left.account.address,
                "name": left.account.name,
            }
        if link:
            return gettext(
                "The page %(url)s is not in the registry. One page may have two addresses: before you trust it, "
                "search by the name of the body."
            ) % {"url": link.url}
        return refusal or gettext("Try fewer words or another spelling. Perhaps the body keeps no such page.")

    @property
    def sentence(self) -> str:
        """What is wrong with the filter, for a person."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen at all."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def query(self) -> str:
        """The filter as a query string, for the files and the API; "" when nothing is chosen."""
        address = self.address()
        return "" if address == "?" else address

    @property
    def kept_beside_search(self) -> list[tuple[str, str]]:
        """What a new search keeps of the filter."""
        return [(name, self.data[name]) for name in self.filters if name != "q" and self.data.get(name)]

    def without(self, *names: str) -> AccountQuerySet:
        """The rows as if these filters were not chosen: what the counts beside their choices are taken from."""
        rows: AccountQuerySet = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                rows = self.filters[name].filter(rows, value)
        return rows

    def address(self, **changes: str) -> str:
        """The query string of the filter with these values in place of the chosen ones; "" drops one."""
        chosen = {name: self.data.get(name, "") for name in self.filters}
        query = QueryDict(mutable=True)
        for name, value in {**chosen, **changes}.items():
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"


class ManageFilter(AccountFilter):
    """For signed-in people: every status, every network, and what is due for verification."""

    q = django_filters.CharFilter(label=_("Search"), method="search", max_length=_LONGEST_QUERY)
    network = django_filters.ModelChoiceFilter(
        label=_("Network"), queryset=SocialNetwork.objects.all(), to_field_name="slug", empty_label=ANY
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Body"),
        queryset=lambda request: Organization.objects.visible_to(request.user),
        to_field_name="slug",
        empty_label=ANY,
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=AccountStatus.choices, empty_label=ANY)
    due = django_filters.BooleanFilter(label=_("Due for verification"), method="only_due", widget=forms.CheckboxInput)

    class Meta:
        model = Account
        fields = ("q", "network", "organization", "status", "due")

    def only_due(self, rows: AccountQuerySet, name: str, chosen: Any) -> AccountQuerySet:
        return rows.due_for_verification(timezone.localdate()) if chosen else rows


class DueFilter(ManageFilter):
    """What is due for verification, by body and by network."""

    q = None
    status = None
    due = None

    class Meta:
        model = Account
        fields = ("organization", "network")


class ClosedFilter(ManageFilter):
    """Closed names: by body, network, how the page was closed, what stands there now, and what is to be looked at."""

    network = django_filters.ModelChoiceFilter(
        label=_("Network"),
        queryset=lambda request: SocialNetwork.objects.allowed(),
        to_field_name="slug",
        empty_label=ANY,
    )
    status = None
    kind = django_filters.ChoiceFilter(
        label=_("How it was closed"), field_name="closing__kind", choices=ClosingKind.choices, empty_label=ANY
    )
    finding = django_filters.ChoiceFilter(
        label=_("What stands there now"), field_name="closing__finding", choices=NameFinding.choices, empty_label=ANY
    )
    due = django_filters.BooleanFilter(method="only_due", widget=forms.HiddenInput)
    renamed = django_filters.BooleanFilter(method="as_they_are", widget=forms.HiddenInput)

    class Meta:
        model = Account
        fields = ("q", "organization", "network", "kind", "finding", "due", "renamed")

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the open tab: a renamed page was not closed, and no look at its old address is noted."""
        unfit = ("kind", "finding") if self.data.get("renamed") else ()
        return [field for field in self.form.visible_fields() if field.name not in unfit]

    def as_they_are(self, rows: AccountQuerySet, name: str, chosen: Any) -> AccountQuerySet:
        """Which tab is open; the rows of that one are those of `let_go`."""
        return rows

    def let_go(self, kept: AccountQuerySet) -> FormerNameQuerySet:
        """Old addresses of these pages, by body, by network, and by the words of the page or the old name itself."""
        chosen = self.form.cleaned_data
        rows = FormerName.objects.let_go().filter(account__in=kept)
        if chosen["organization"]:
            rows = rows.filter(account__organization=chosen["organization"])
        if chosen["network"]:
            rows = rows.filter(network=chosen["network"])
        if text := chosen["q"]:
            old = text.strip().removeprefix("https://").rstrip("/")
            rows = rows.filter(Q(url__icontains=old) | Q(account__in=Account.objects.matching(text)))
        return rows

    def only_due(self, rows: AccountQuerySet, name: str, chosen: Any) -> AccountQuerySet:
        return rows.names_due(timezone.localdate()) if chosen else rows
