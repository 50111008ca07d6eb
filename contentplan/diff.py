"""What changed between two wordings of a post, field by field."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contentplan.media.reading import PICTURES
from contentplan.models import PlannedPost, Revision
from contentplan.models.statuses import DECISIONS
from review.diff import FieldDiff, words


@dataclass(frozen=True)
class MediaLine:
    """One file of a post before or after: "same", "removed", "added", "moved", or "described" in other words."""

    kind: str
    media: int
    name: str
    alt: str

    @property
    def is_picture(self) -> bool:
        """Others have no small picture to be shown."""
        return self.name.endswith(tuple(PICTURES.values()))


def revisions(before: Revision, after: Revision) -> list[FieldDiff]:
    """The fields that differ, in the order people read them. An account's own text is a field of its own."""
    old, new = _fields(before), _fields(after)
    steps = []
    for name, (label, _value) in {**old, **new}.items():
        was, now = (fields.get(name, ("", ""))[1] for fields in (old, new))
        if was != now:
            steps.append(FieldDiff(name, label, words(was, now)))
    return steps


def media(before: Revision, after: Revision) -> tuple[list[MediaLine], list[MediaLine]]:
    """The files of two wordings, to be laid side by side; empty lists when nothing about them differs."""
    if before.media == after.media:
        return [], []
    return _media_lines(before, after, "removed"), _media_lines(after, before, "added")


def _media_lines(shown: Revision, other: Revision, alone: str) -> list[MediaLine]:
    known = {row["media"]: row for row in other.media}
    common = [row["media"] for row in shown.media if row["media"] in known]
    places = [row["media"] for row in other.media if row["media"] in common]
    lines = []
    for row in shown.media:
        if row["media"] not in known:
            kind = alone
        elif known[row["media"]]["alt"] != row["alt"]:
            kind = "described"
        else:
            kind = "same" if common.index(row["media"]) == places.index(row["media"]) else "moved"
        lines.append(MediaLine(kind, row["media"], row["name"], row["alt"]))
    return lines


def since_review(post: PlannedPost) -> list[FieldDiff]:
    """What changed since somebody last decided on the post; empty when nobody has, or nothing changed."""
    decided = post.reviews.filter(move__in=DECISIONS).standing().order_by("pk").last()
    return between(post, decided.revision, post.revision) if decided else []


def media_since_review(post: PlannedPost) -> tuple[list[MediaLine], list[MediaLine]]:
    """The files at the last decision and now."""
    decided = post.reviews.filter(move__in=DECISIONS).standing().order_by("pk").last()
    if decided is None:
        return [], []
    return media(post.revisions.get(number=decided.revision), post.revisions.get(number=post.revision))


def between(post: PlannedPost, first: int, second: int) -> list[FieldDiff]:
    """What changed between two numbered revisions of a post; empty where one of them does not exist."""
    known = {
        row.number: row for row in post.revisions.filter(number__in=[first, second]).select_related("format", "rubric")
    }
    return revisions(known[first], known[second]) if len(known) == 2 else []


def history(post: PlannedPost) -> list[tuple[Revision, list[FieldDiff]]]:
    """Every revision with what it changed, the newest first."""
    rows = list(post.revisions.select_related("format", "rubric", "made_by").order_by("number"))
    steps = [(after, revisions(before, after)) for before, after in pairwise(rows)]
    return [*reversed(steps), *((row, []) for row in rows[:1])]


def _fields(revision: Revision) -> dict[str, tuple[str, str]]:
    """Name → label and value in words. The moment is told in the zone of the person who reads."""
    rows = sorted(revision.placements, key=lambda row: str(row["name"]))
    own = {f"text_{row['account']}": (_("Text for “%(name)s”") % {"name": row["name"]}, row["text"]) for row in rows}
    return {
        "planned_at": (_("When"), _moment(revision.planned_at)),
        "topic": (_("Topic"), revision.topic),
        "text": (_("Text"), revision.text),
        "placements": (_("Accounts"), ", ".join(row["name"] for row in rows)),
        **own,
        "media": (_("Pictures and files"), "\n".join(_media_words(row) for row in revision.media)),
        "format": (_("Format"), revision.format.name),
        "rubric": (_("Rubric"), revision.rubric.name if revision.rubric else ""),
        "occasion": (_("News occasion"), revision.occasion),
        "responsible_post": (_("Responsible post"), revision.responsible_post),
        "about_work": (_("About the work of the Administration"), _("yes") if revision.about_work else _("no")),
    }


def _media_words(row: dict[str, str]) -> str:
    return f"{row['name']} — {row['alt']}" if row["alt"] else row["name"]


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "D, j E, H:i")
