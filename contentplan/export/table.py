"""A content plan as one neutral table, which every format then writes in its own way (procedure, cl. 2.2).

Times are local to the body that publishes. Texts are clean: no control characters, no halves of a character.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from contentplan.export import decided
from contentplan.export.norm_lines import norm_lines
from contentplan.models import PlannedPost, Status, WeeklyPlan
from contentplan.models.posts import PostQuerySet
from people.models import Organization
from people.weeks import Week
from registry.models import LegalAct

LONGEST = timedelta(days=92)  # a quarter
Tell = Callable[[int], None]  # how many lines are done

# What XML 1.0 cannot hold, and halves of characters that no encoder takes.
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def nobody_asks(done: int) -> None:
    """For a file that is made at once."""


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; a week, a month or anything up to a quarter."""

    first: date
    last: date

    @classmethod
    def of_week(cls, week: Week) -> "Period":
        return cls(week.monday, week.sunday)

    @classmethod
    def of_month(cls, day: date) -> "Period":
        last = calendar.monthrange(day.year, day.month)[1]
        return cls(day.replace(day=1), day.replace(day=last))

    @property
    def is_week(self) -> bool:
        return self == Period.of_week(Week.of(self.first))

    @property
    def is_month(self) -> bool:
        return self == Period.of_month(self.first)

    @property
    def weeks(self) -> list[Week]:
        """Every week a day of the period falls into."""
        week, found = Week.of(self.first), []
        while week.monday <= self.last:
            found.append(week)
            week = week.next
        return found

    @property
    def title(self) -> str:
        """«на неделю с 30 ноября по 6 декабря 2026 г.», «на декабрь 2026 г.», «на период с … по …»."""
        if self.is_month:
            month = date_format(self.first, "F").lower()
            return _("for %(month)s %(year)d") % {"month": month, "year": self.first.year}
        same_year = self.first.year == self.last.year
        days = {
            "first": date_format(self.first, "j E") if same_year else date_format(self.first, "j E Y г."),
            "last": date_format(self.last, "j E Y г."),
        }
        if self.is_week:
            return _("for the week from %(first)s to %(last)s") % days
        return _("for the period from %(first)s to %(last)s") % days

    @property
    def code(self) -> str:
        """For the name of a file: `2026-W49`, `2026-12`, `2026-11-30--2026-12-20`."""
        if self.is_week:
            return str(Week.of(self.first))
        return f"{self.first:%Y-%m}" if self.is_month else f"{self.first}--{self.last}"

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """[first day 00:00, the day after the last 00:00) in the zone."""
        return (
            datetime.combine(self.first, time(), tzinfo=zone),
            datetime.combine(self.last + timedelta(days=1), time(), tzinfo=zone),
        )


@dataclass(frozen=True)
class Line:
    """One planned post: a line of the table, already in words."""

    number: int
    at: datetime
    accounts: list[str]
    topic: str
    text: str
    format: str
    responsible: str
    remarks: str
    approved: str
    status: str
    links: list[str]

    @property
    def when(self) -> str:
        """«пн, 30 ноября 2026 г., 10:00»."""
        return date_format(self.at, "D, j E Y г., H:i").lower()

    @property
    def cells(self) -> list[str]:
        """Everything but the number and the time, in the order of `headings()`."""
        return [
            "\n".join(self.accounts),
            self.topic,
            self.text,
            self.format,
            self.responsible,
            self.remarks,
            self.approved,
            self.status,
            "\n".join(self.links),
        ]

    @property
    def on_paper(self) -> list[str]:
        """All cells as a paper shows them: with number and time, links without what every link begins with."""
        links = "\n".join(link.removeprefix("https://") for link in self.links)
        return [str(self.number), self.when, *self.cells[:-1], links]


@dataclass
class Table:
    """The posts of some bodies in a period, but what was taken off the plan; `only_approved`: of these the approved."""

    bodies: Sequence[Organization]
    period: Period
    only_approved: bool = False
    reach: str = ""  # how all bodies together are called; empty for one body

    @cached_property
    def posts(self) -> PostQuerySet:
        rows = posts_in(self.bodies, self.period).exclude(status=Status.CANCELLED)
        return decided.approved(rows) if self.only_approved else rows

    @cached_property
    def count(self) -> int:
        return self.posts.count()

    @cached_property
    def lines(self) -> list[Line]:
        """By time, numbered from 1, in a fixed number of queries."""
        rows = self.posts.for_cards().prefetch_related(Prefetch("reviews", decided.steps(), to_attr="steps"))
        return [line_of(post, n, joint=self.is_joint) for n, post in enumerate(rows.order_by("planned_at", "pk"), 1)]

    @property
    def is_joint(self) -> bool:
        return bool(self.reach)

    @property
    def owner(self) -> str:
        """Whose plan it is: «Администрация Уртамского сельского поселения», «Сводный план: 14 органов»."""
        if not self.is_joint:
            return clean(self.bodies[0].name)
        n = len(self.bodies)
        return ngettext("%(reach)s: %(n)d body", "%(reach)s: %(n)d bodies", n) % {"reach": self.reach, "n": n}

    @property
    def title(self) -> str:
        return _("Content plan")

    @property
    def subtitle(self) -> str:
        return _("(schedule of publications and their content in official accounts)")

    @cached_property
    def norm(self) -> list[str]:
        """How the plan stands to the norm, a line a week."""
        return [clean(line) for line in norm_lines(self.bodies, self.period.weeks)]

    @cached_property
    def ground(self) -> str:
        """The act the plan rests on, in one line; empty where no act is named as the founding one."""
        act = LegalAct.objects.filter(founds_registry=True).first()
        if not act:
            return ""
        number = _(" No. %(number)s") % {"number": act.number} if act.number else ""
        signed = _(" of %(day)s") % {"day": date_format(act.signed_on, "d.m.Y")} if act.signed_on else ""
        return clean(
            _("Ground: %(act)s%(signed)s%(number)s, clauses 2.2, 2.3 and 5 of the Procedure.")
            % {"act": act.title.rstrip(". "), "signed": signed, "number": number}
        )

    @cached_property
    def compiled_by(self) -> str:
        """Who handed the week's plan in, post and name; empty for a longer period or several bodies."""
        if self.is_joint or not self.period.is_week:
            return ""
        rows = WeeklyPlan.objects.filter(organization=self.bodies[0], monday=self.period.first)
        plan = rows.exclude(handed_in_by=None).select_related("handed_in_by").first()
        if not plan or not plan.handed_in_by:
            return ""
        person = plan.handed_in_by
        return clean(", ".join(part for part in (person.job_title, person.short_name) if part))

    @property
    def file_name(self) -> str:
        """Without an ending; Latin letters only, so that no mail program spoils it."""
        whose = "all" if self.is_joint else self.bodies[0].slug
        return f"content-plan-{whose}-{self.period.code}"


def posts_in(bodies: Iterable[Organization], period: Period) -> PostQuerySet:
    """Posts of these bodies whose hour lies in the period where the body is."""
    bodies = list(bodies)
    within = Q(pk__in=[])
    for zone in sorted({body.timezone for body in bodies}):
        start, end = period.bounds(ZoneInfo(zone))
        within |= Q(plan__organization__timezone=zone, planned_at__gte=start, planned_at__lt=end)
    weeks = Q(plan__monday__gte=Week.of(period.first).monday, plan__monday__lte=period.last)
    return PlannedPost.objects.filter(within, weeks, plan__organization__in=bodies)


def headings() -> list[str]:
    """The columns of an official content plan."""
    return [
        _("No."),
        _("Day and hour"),
        _("Account (network, body)"),
        _("News occasion / event"),
        _("Content"),
        pgettext("column", "Format"),
        _("Responsible (post)"),
        _("Remarks of the coordinator"),
        _("Approved (by whom, when)"),
        pgettext("column", "Status"),
        _("Link to the publication (fact)"),
    ]


def line_of(post: PlannedPost, number: int, *, joint: bool = False) -> Line:
    """The line of a post fetched by `Table.lines`; in a joint table each account names its body."""
    zone = post.plan.organization.zone
    placements = list(post.placements.all())
    steps: list[Any] = getattr(post, "steps", [])
    topic = f"{post.topic}\n({post.occasion})" if post.occasion else post.topic
    own = [f"[{row.account.network}] {row.text}" for row in placements if row.text]
    accounts = [f"{row.account.network or _('Page')}: {row.account.name}" for row in placements]
    return Line(
        number=number,
        at=post.planned_at.astimezone(zone),
        accounts=[clean(name) for name in ([post.plan.organization.short_name] if joint else []) + accounts],
        topic=clean(topic),
        text=clean("\n\n".join(part for part in (post.text, *own) if part)),
        format=clean(post.format.name),
        responsible=clean(post.responsible_post),
        remarks=clean(decided.remarks(steps)),
        approved=clean(decided.approval(post, steps)),
        status=_capital(str(post.get_status_display())),
        links=[clean(row.publication.link) for row in placements if hasattr(row, "publication")],
    )


def clean(text: str) -> str:
    """The text without what a file of any format could not hold."""
    return _UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
