"""What changed in the registry, for everybody: the public history of public entries, the newest change first.

One filter for the page and both feeds. Pages follow each other by the number of the last change shown (`before`), so a
late page costs what the first one does, and an address that was shared shows the same rows when new changes came.
"""

from functools import cached_property
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.models import Organization
from registry.filters import ANY
from registry.models import ChangeKind, EntryChange, SocialNetwork
from registry.models.changes import ChangeQuerySet

PAGE_SIZE = 50
# An entry that was prohibited is not public any more, and its history neither.
KINDS = [kind for kind in ChangeKind if kind != ChangeKind.PROHIBITED]


class ChangeFilter(django_filters.FilterSet):
    """`organization`, `network` (their codes), `kind`, and days `since` and `until`, both included."""

    organization = django_filters.ModelChoiceFilter(
        label=_("Body"),
        field_name="account__organization",
        queryset=lambda request: Organization.objects.all(),
        to_field_name="slug",
        empty_label=ANY,
        error_messages={"invalid_choice": _("There is no such body in the registry.")},
    )
    network = django_filters.ModelChoiceFilter(
        label=_("Network"),
        field_name="account__network",
        queryset=lambda request: SocialNetwork.objects.allowed(),
        to_field_name="slug",
        empty_label=ANY,
        error_messages={"invalid_choice": _("There is no such network in the registry.")},
    )
    kind = django_filters.ChoiceFilter(
        label=_("What happened"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        empty_label=ANY,
        error_messages={"invalid_choice": _("There is no such kind of change.")},
    )
    since = django_filters.DateFilter(label=_("From the day"), field_name="made_at", lookup_expr="date__gte")
    until = django_filters.DateFilter(label=_("To the day"), field_name="made_at", lookup_expr="date__lte")

    class Meta:
        model = EntryChange
        fields = ("organization", "network", "kind", "since", "until")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("since", "until"):
            self.form.fields[name].widget.input_type = "date"
            self.form.fields[name].widget.format = "%Y-%m-%d"

    @property
    def sentence(self) -> str:
        """What is wrong with the filter, for a person."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)

    @property
    def query(self) -> str:
        """The filter as a query string in one order, whatever order it was asked in; "" when nothing is chosen."""
        return self.address().removesuffix("?")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query)

    def address(self, **more: str) -> str:
        """The query string of the filter and what is added."""
        query = QueryDict(mutable=True)
        for name, value in {**{name: self.data.get(name, "") for name in self.filters}, **more}.items():
            if value.strip():
                query[name] = value.strip()
        return f"?{query.urlencode()}" if query else "?"


def of_entries(rows: ChangeQuerySet) -> ChangeQuerySet:
    """With what one line needs of its entry."""
    return rows.select_related("account__organization", "account__network").order_by("-pk")


class ChangeLog:
    """One page: a fixed number of queries, whatever the number of changes."""

    def __init__(self, chosen: ChangeFilter, before: str = "") -> None:
        self.filter = chosen
        self.before = before if before.isascii() and before.isdigit() and len(before) < 19 else ""

    @cached_property
    def _rows(self) -> list[EntryChange]:
        rows = of_entries(self.filter.qs)
        if self.before:
            rows = rows.filter(pk__lt=int(self.before))
        return list(rows[: PAGE_SIZE + 1])

    @property
    def changes(self) -> list[EntryChange]:
        return self._rows[:PAGE_SIZE]

    @property
    def next_address(self) -> str:
        """The query string of the earlier changes; "" when there are none."""
        if len(self._rows) <= PAGE_SIZE:
            return ""
        return self.filter.address(before=str(self._rows[PAGE_SIZE - 1].pk))
