"""The results of a week as the page and the export show them: filters, totals, what could have changed since."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from compliance.models import Circumstance, Finding, Result, WeekCheck
from compliance.totals import Totals, totals
from contentplan.models import Publication
from people.models import Organization, User
from people.weeks import Week


def finished_checks(user: User) -> "QuerySet[WeekCheck]":
    """Checks that ran to their end in the zones of the person."""
    zones = {membership.organization.timezone for membership in user.current_memberships}
    return WeekCheck.objects.filter(timezone__in=zones, finished_at__isnull=False)


@dataclass
class Results:
    """One week as one person sees it. `query`: `result` and `body`, as in the address of the page."""

    user: User
    week: Week
    query: "QueryDict | MultiValueDict[str, str]"

    @property
    def result(self) -> str:
        wanted = self.query.get("result", "") or ""
        return wanted if wanted in Result.values else ""

    @property
    def body(self) -> str:
        wanted = self.query.get("body", "") or ""
        return wanted if slug_re.match(wanted) else ""

    def __post_init__(self) -> None:
        # Read before the findings: a check that ends meanwhile must not be named above a list that lacks them.
        self.check  # noqa: B018 - read now, shown later

    @cached_property
    def all(self) -> "QuerySet[Finding]":
        return Finding.objects.visible_to(self.user).filter(monday=self.week.monday)

    @property
    def findings(self) -> "QuerySet[Finding]":
        """What the filters leave, in the order of the bodies."""
        rows = self.all.filter(result=self.result) if self.result else self.all
        if self.body:
            rows = rows.filter(organization__slug=self.body)
        return Finding.objects.filter(pk__in=rows.values("pk")).for_listing()

    @cached_property
    def totals(self) -> Totals:
        return totals(self.all)

    @property
    def chips(self) -> list[dict[str, object]]:
        """The filter by result as links, each with how many accounts it leaves of the chosen body."""
        rows = self.all.filter(organization__slug=self.body) if self.body else self.all
        counts = dict(rows.order_by().values_list("result").annotate(n=Count("pk")))
        choices = [("", _("all"), sum(counts.values()))]
        choices += [(value, str(label), counts.get(value, 0)) for value, label in Result.choices]
        return [
            {"label": label, "url": self._address(value), "count": count, "current": value == self.result}
            for value, label, count in choices
            if count or value == self.result
        ]

    def _address(self, result: str) -> str:
        query = {name: value for name, value in (("result", result), ("body", self.body)) if value}
        return f"?{urlencode(query)}" if query else "?"

    @property
    def bodies(self) -> "QuerySet[Organization]":
        """Bodies that have a finding of this week."""
        bodies: QuerySet[Organization] = Organization.objects.filter(pk__in=self.all.values("organization"))
        return bodies

    @property
    def circumstances(self) -> "QuerySet[Circumstance]":
        """What is said of this week or a part of it."""
        return (
            Circumstance.objects.visible_to(self.user)
            .filter(starts_on__lte=self.week.sunday, ends_on__gte=self.week.monday)
            .select_related("organization", "account__network", "made_by")
            .order_by("organization__path", "starts_on", "pk")
        )

    @cached_property
    def check(self) -> WeekCheck | None:
        """The last finished check of the week in the zones of the person."""
        return finished_checks(self.user).filter(monday=self.week.monday).order_by("-finished_at").first()

    def recorded_since(self) -> int:
        """Publications of the week that were recorded after its check: it may be time to check again."""
        if not self.check or not self.check.finished_at:
            return 0
        zone = self.user.current_memberships[0].organization.zone
        late = Publication.objects.visible_to(self.user).counting().between(*self.week.bounds(zone))
        return late.filter(recorded_at__gt=self.check.finished_at).count()
