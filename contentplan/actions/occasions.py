"""Occasions: entered, corrected, taken from a calendar or a table, linked with the posts they led to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contentplan import rules
from contentplan.models import Occasion, OccasionKind, PlannedPost
from people.audit import acting, changed
from people.models import Organization, User

MOST_OCCASIONS = 1000  # at once, recurring ones expanded


@dataclass(frozen=True)
class OccasionContent:
    """What a person or a calendar says of an occasion; days are of its body, both included."""

    kind: OccasionKind
    title: str
    starts_on: date
    ends_on: date
    at: time | None = None
    place: str = ""
    description: str = ""
    for_bodies_below: bool = False
    is_mandatory: bool = False

    @property
    def columns(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def save_occasion(
    content: OccasionContent, *, organization: Organization, by: User, occasion: Occasion | None = None
) -> Occasion:
    """Adds an occasion, or gives `occasion` new content. Raises PermissionDenied where the person may not."""
    _require_may(content, organization, by)
    if occasion is None:
        with acting(by):
            return Occasion.objects.create(organization=organization, created_by=by, **content.columns)
    for name, value in content.columns.items():
        setattr(occasion, name, value)
    occasion.organization = organization
    with acting(by):
        occasion.save()
    return occasion


def _require_may(content: OccasionContent, organization: Organization, by: User) -> None:
    wide = content.for_bodies_below or content.is_mandatory
    may = rules.can_set_for_below if wide else rules.can_keep_occasions
    if not may(by, organization):
        raise PermissionDenied


@transaction.atomic
def delete_occasion(occasion: Occasion, *, by: User) -> None:
    """Posts made of it stay, they only lose the link."""
    with acting(by):
        occasion.delete()


@transaction.atomic
def link_occasion(post: PlannedPost, occasion: Occasion | None, *, by: User) -> None:
    """Says which occasion the post covers; None: none. The wording stays, so does its approval.

    Raises ValidationError for an occasion that does not concern the body of the post.
    """
    if occasion and not Occasion.objects.of(post.plan.organization).filter(pk=occasion.pk).exists():
        raise ValidationError(_("This occasion is not meant for the body of the post."))
    before = post.event
    PlannedPost.objects.filter(pk=post.pk).update(event=occasion)
    post.event = occasion
    changed(post, by=by, event=(before, occasion))


@dataclass
class Taken:
    """What an import did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    wrong: list[str] = field(default_factory=list)  # sentences about what was not taken


@dataclass(frozen=True)
class Brought:
    """One occasion from a calendar or a table, by the number that is the same when it is brought again."""

    uid: str
    content: OccasionContent


@transaction.atomic
def take_occasions(
    organization: Organization, brought: Iterable[Brought], *, by: User, series: Collection[str] = ()
) -> Taken:
    """Adds what is new, corrects what differs, leaves the rest; nothing stands twice.

    `series`: numbers that the calendar tells all about; what stands here under one of them, lies ahead and is in the
    calendar no more is removed, unless a post was made of it. Whether an occasion is meant for bodies below and must
    be covered stays as people set it.
    """
    rows = {row.uid: row.content for row in brought}
    for content in rows.values():
        _require_may(content, organization, by)
    # Two imports at once: the second waits here, and then finds what the first has made.
    Organization.objects.select_for_update().get(pk=organization.pk)
    own = Occasion.objects.filter(organization=organization)
    there = {row.uid: row for row in own.filter(uid__in=rows)}
    taken = Taken()
    with acting(by):
        for uid, content in rows.items():
            _take(organization, uid, content, there.get(uid), taken, by)
        for occasion in own.exclude(uid="").filter(starts_on__gte=organization.today, posts=None) if series else ():
            if occasion.uid not in rows and not {occasion.uid, series_of(occasion.uid)}.isdisjoint(series):
                occasion.delete()
                taken.removed += 1
    return taken


def uid_in(series: str, day: date) -> str:
    """The number of one day of a series."""
    return f"{series}/{day}"


def series_of(uid: str) -> str:
    return uid.rpartition("/")[0]


# What people decide, not the calendar.
SET_BY_PEOPLE = ("kind", "for_bodies_below", "is_mandatory")


def _take(
    organization: Organization, uid: str, content: OccasionContent, there: Occasion | None, taken: Taken, by: User
) -> None:
    if there is None:
        Occasion.objects.create(organization=organization, uid=uid, created_by=by, **content.columns)
        taken.added += 1
        return
    news = {name: value for name, value in content.columns.items() if name not in SET_BY_PEOPLE}
    if all(getattr(there, name) == value for name, value in news.items()):
        taken.unchanged += 1
        return
    for name, value in news.items():
        setattr(there, name, value)
    there.save()
    taken.updated += 1
