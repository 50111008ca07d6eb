"""The stack of approval: what waits for one reviewer, as the address filters it, in the order of its hours."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from contentplan.models import Placement, PlannedPost
from contentplan.models.posts import PostQuerySet
from contentplan.views.back import asked
from people.http import UserRequest
from people.models import User
from people.search import pattern

# How many neighbours are shown on each side.
AROUND = 6
FILTERS = ("body", "network", "q")


@dataclass(frozen=True)
class Chip:
    """One choice of a filter, with how many posts it leaves."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Neighbours:
    """Where a post lies in the stack: its number there (None: it does not wait), what comes before and after."""

    position: int | None
    earlier: list[PlannedPost]
    later: list[PlannedPost]
    post: PlannedPost

    @property
    def shown(self) -> list[PlannedPost]:
        return [*self.earlier, *([self.post] if self.position else []), *self.later]

    @property
    def previous(self) -> PlannedPost | None:
        return self.earlier[-1] if self.earlier else None

    @property
    def next(self) -> PlannedPost | None:
        return self.later[0] if self.later else None


@dataclass(frozen=True)
class Pile:
    """What waits for one person; `chosen` are the filters in force."""

    user: User
    chosen: dict[str, str]

    @classmethod
    def of(cls, request: UserRequest) -> "Pile":
        """As the address says, or the form that keeps it."""
        return cls(request.user, {name: asked(request, name)[:100] for name in FILTERS})

    @property
    def query(self) -> str:
        """Keeps the filters on the way: "?body=urtam", or nothing."""
        chosen = {name: value for name, value in self.chosen.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @cached_property
    def all(self) -> PostQuerySet:
        return PlannedPost.objects.decidable_by(self.user).by_time()

    @cached_property
    def posts(self) -> PostQuerySet:
        """In the order of their hours."""
        posts = self.all
        if body := self.chosen["body"]:
            posts = posts.filter(plan__organization__slug=body)
        if network := self.chosen["network"]:
            here = Placement.objects.filter(post=OuterRef("pk"), account__network__slug=network)
            posts = posts.filter(Exists(here))
        if words := self.chosen["q"]:
            posts = posts.filter(topic__iregex=pattern(words))
        return posts

    @cached_property
    def totals(self) -> dict[str, int | datetime | None]:
        """How many wait, since when the longest of them, how many are past their hour."""
        late = Q(planned_at__lte=timezone.now())
        row: dict[str, int | datetime | None] = self.posts.aggregate(
            size=Count("pk"), oldest=Min("status_since"), overdue=Count("pk", filter=late)
        )
        return row

    def around(self, post: PlannedPost) -> Neighbours:
        """Three queries, however long the stack is."""
        before = Q(planned_at__lt=post.planned_at) | Q(planned_at=post.planned_at, pk__lt=post.pk)
        after = Q(planned_at__gt=post.planned_at) | Q(planned_at=post.planned_at, pk__gt=post.pk)
        counts = self.posts.aggregate(earlier=Count("pk", filter=before), here=Count("pk", filter=Q(pk=post.pk)))
        rows = self.posts.select_related("plan__organization")
        earlier = rows.filter(before).order_by("-planned_at", "-pk")[:AROUND]
        position = counts["earlier"] + 1 if counts["here"] else None
        return Neighbours(position, list(earlier)[::-1], list(rows.filter(after)[:AROUND]), post)

    def following(self, post: PlannedPost, planned_at: datetime) -> PlannedPost | None:
        """What is looked at after a post that stood at the hour: the next, else the first, else nothing."""
        rest = self.posts.exclude(pk=post.pk)
        after = Q(planned_at__gt=planned_at) | Q(planned_at=planned_at, pk__gt=post.pk)
        return rest.filter(after).first() or rest.first()

    def bodies(self) -> list[Chip]:
        rows = self.all.order_by("plan__organization__path")
        counted = rows.values_list("plan__organization__slug", "plan__organization__short_name")
        return self._chips("body", list(counted.annotate(n=Count("pk"))), pgettext("bodies", "All"))

    def networks(self) -> list[Chip]:
        rows = self.all.order_by("placements__account__network__position")
        counted = rows.filter(placements__account__network__isnull=False).values_list(
            "placements__account__network__slug", "placements__account__network__name"
        )
        chips = list(counted.annotate(n=Count("pk", distinct=True)))
        return self._chips("network", chips, pgettext("social networks", "All"))

    def _chips(self, name: str, rows: list[tuple[str, str, int]], every: str) -> list[Chip]:
        chips = [Chip(label, n, self._with(name, slug), slug == self.chosen[name]) for slug, label, n in rows]
        return [Chip(every, self.waiting, self._with(name, ""), not self.chosen[name]), *chips]

    @cached_property
    def waiting(self) -> int:
        """Without any filter."""
        return self.all.count()

    def _with(self, name: str, value: str) -> str:
        query = QueryDict(mutable=True)
        query.update({key: word for key, word in {**self.chosen, name: value}.items() if word})
        address = reverse("contentplan:review_queue")
        return f"{address}?{query.urlencode()}" if query else address
