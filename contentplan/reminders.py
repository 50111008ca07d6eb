"""The ladder of reminders before a plan is due: its author, the deputy, the head of the body, the department.

Each step comes once, in the working hours of the body (never at night, at the weekend, at lunch, on a holiday), so much
working time before the deadline as the settings say (`PLAN_REMINDER_HOURS`). The moment the plan is handed in, nothing
more comes. A body that owes nothing that week, or is exempt, is left in peace.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan import norm
from contentplan.due import plan_due_at
from contentplan.models import PlannedPost, PlanReminder, ReminderStep, WeeklyPlan
from contentplan.norm import Meter
from people import telling, worktime
from people.models import Absence, Notice, Organization, Tone, User
from people.roles import Permission
from people.telling import Event, Words
from people.templatetags.portal import when_in
from people.weeks import Week
from registry.models import Account

# Rooms above that know why an account owes nothing in a week join here, in their AppConfig: ids of such accounts.
EXCUSES: list[Callable[[Collection[Account], Week], set[int]]] = []

DUE = Event("plan_due", Tone.WAIT)
DUE_DEPARTMENT = Event("plans_due", Tone.BAD)


@dataclass(frozen=True)
class Late:
    """A body whose plan is due soon and not handed in, with what it still owes."""

    organization: Organization
    week: Week
    due_at: datetime
    steps: list[ReminderStep]  # whose time has come and that were not made yet
    meters: list[Meter]

    @property
    def facts(self) -> str:
        """«Сдать нужно до пт, 27 ноября, 12:00. ВКонтакте: не хватает 3 публикаций.»"""
        due = _("It is due on %(when)s.") % {"when": when_in(self.organization.zone, self.due_at)}
        return f"{due} {norm.sentence(self.meters)}"


def remind(now: datetime | None = None) -> int:
    """Makes the steps whose time has come; returns how many. A repeat makes none."""
    made: list[Late] = []
    steps = 0
    for late in _late(now or timezone.now()):
        taken = _climb(late)
        steps += len(taken)
        if ReminderStep.DEPARTMENT in taken:
            made.append(late)
    _tell_department(made)
    return steps


def stop(plan: WeeklyPlan) -> None:
    """The plan is handed in: what was not read and not mailed yet is not said any more."""
    key = f"{DUE.kind}:{_key(plan.organization, plan.week)}:"
    Notice.objects.unread().filter(key__startswith=key, mailed_at=None).delete()


# --- which bodies ---------------------------------------------------------------------------------


def _late(now: datetime) -> Iterator[Late]:
    """Bodies that work now and have a step before them; a number of queries that does not grow with them."""
    bodies = list(
        Organization.objects.filter(
            Exists(Account.objects.active().filter(organization=OuterRef("pk"))), is_active=True
        )
    )
    calendars = worktime.calendars(bodies)
    by_week: dict[Week, dict[Organization, list[ReminderStep]]] = defaultdict(dict)
    for body in bodies:
        week = Week.at(now, body.zone).next
        if steps := _steps(calendars[body.pk], now, plan_due_at(week, body.zone)):
            by_week[week][body] = steps
    for week, waiting in by_week.items():
        yield from _still_late(week, waiting)


def _steps(calendar: worktime.Calendar, now: datetime, due_at: datetime) -> list[ReminderStep]:
    if not calendar.is_working(now):
        return []
    left = calendar.between(now, due_at)
    return [step for step, hours in ladder() if left <= timedelta(hours=hours)]


def ladder() -> list[tuple[ReminderStep, float]]:
    """Each step with the working hours that are left then."""
    return list(zip(ReminderStep, settings.PLAN_REMINDER_HOURS, strict=True))


def _still_late(week: Week, waiting: dict[Organization, list[ReminderStep]]) -> Iterator[Late]:
    made = PlanReminder.objects.filter(organization__in=waiting, monday=week.monday).values_list("organization", "step")
    done = {(organization, ReminderStep(step)) for organization, step in made}
    handed_in = _handed_in(week, waiting)
    left = {
        body: [step for step in steps if (body.pk, step) not in done]
        for body, steps in waiting.items()
        if body.pk not in handed_in
    }
    left = {body: steps for body, steps in left.items() if steps}
    meters = norm.meters(left, week)
    excused = _excused(meters.values(), week)
    for body, steps in left.items():
        owing = [meter for meter in meters[body.pk] if meter.required and meter.account.pk not in excused]
        if owing:
            yield Late(body, week, plan_due_at(week, body.zone), steps, owing)


def _handed_in(week: Week, bodies: Collection[Organization]) -> set[int]:
    plans = WeeklyPlan.objects.filter(organization__in=bodies, monday=week.monday, handed_in_at__isnull=False)
    return set(plans.values_list("organization", flat=True))


def _excused(meters: Iterable[list[Meter]], week: Week) -> set[int]:
    accounts = [meter.account for row in meters for meter in row]
    return set().union(*(excuse(accounts, week) for excuse in EXCUSES)) if accounts else set()


# --- the steps ------------------------------------------------------------------------------------


@transaction.atomic
def _climb(late: Late) -> list[ReminderStep]:
    """Makes the body's steps; what another worker has made is left out."""
    if _handed_in(late.week, [late.organization]):
        return []  # this very moment
    taken = [step for step in late.steps if _take(late, step)]
    writers = list(User.objects.of(late.organization, Permission.WRITE_PLAN))
    authors = _authors(late, writers)
    people = {
        ReminderStep.AUTHOR: authors,
        ReminderStep.DEPUTY: _deputies(writers, authors),
        ReminderStep.HEAD: list(User.objects.heads_of(late.organization)),
    }
    for step in taken:
        if step in people:
            words = Words(_TITLES[step]() % _place(late), _plan_url(late), late.facts)
            telling.tell(DUE, people[step], words, key=f"{_key(late.organization, late.week)}:{step}")
    return taken


def _take(late: Late, step: ReminderStep) -> bool:
    row = PlanReminder.objects.get_or_create(organization=late.organization, monday=late.week.monday, step=step)
    return row[1]


def _authors(late: Late, writers: list[User]) -> list[User]:
    """Those who began the plan; while nobody has, all who write for the body."""
    posts = PlannedPost.objects.filter(plan__organization=late.organization, plan__monday=late.week.monday)
    began = set(posts.values_list("created_by", flat=True))
    return [user for user in writers if user.pk in began] or writers


def _deputies(writers: list[User], authors: list[User]) -> list[User]:
    """The colleagues who write for the body too, and whoever the authors named as deputies the last time."""
    named = Absence.objects.filter(user__in=authors).order_by("user", "-ends_on", "-pk").select_related("deputy")
    last: dict[int, User] = {}
    for absence in named:
        last.setdefault(absence.user_id, absence.deputy)
    others = {user.pk: user for user in [*writers, *last.values()]}
    return [user for pk, user in others.items() if pk not in {author.pk for author in authors}]


def _tell_department(lates: list[Late]) -> None:
    """One sentence about all bodies of a person, not one for each."""
    theirs: dict[tuple[User, Week], list[Late]] = defaultdict(list)
    for late in lates:
        for user in User.objects.who_may(Permission.DECIDE_PLAN, late.organization):
            theirs[user, late.week].append(late)
    for (user, week), rows in theirs.items():
        title = ngettext(
            "%(n)d plan for %(week)s is not handed in", "%(n)d plans for %(week)s are not handed in", len(rows)
        ) % {"n": len(rows), "week": week.title}
        words = Words(title, reverse("contentplan:plan_matrix"), "\n".join(f"– {late.organization}" for late in rows))
        telling.tell(DUE_DEPARTMENT, [user], words, key=_key(rows[0].organization, week))


_TITLES: dict[ReminderStep, Callable[[], str]] = {
    ReminderStep.AUTHOR: lambda: _("The plan for %(week)s is not handed in yet"),
    ReminderStep.DEPUTY: lambda: _("Please help: the plan for %(week)s is not handed in yet"),
    ReminderStep.HEAD: lambda: _("%(body)s: the plan for %(week)s is not handed in"),
}


def _place(late: Late) -> dict[str, str]:
    return {"body": late.organization.short_name, "week": late.week.title}


def _key(organization: Organization, week: Week) -> str:
    return f"{organization.pk}:{week}"


def _plan_url(late: Late) -> str:
    return reverse("contentplan:plan_detail", args=[late.organization.slug, late.week])
