"""The week board: what it offers, how it is shown, and that it asks the database no more for a full week."""

import re
from datetime import date, datetime, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contentplan import actions
from contentplan.models import Idea, PlannedPost, Rubric, Slot, WeeklyPlan
from contentplan.views.board import Board
from contentplan.views.month import Month
from people.models import Organization, SpecialDay, User
from people.weeks import Week
from registry.models import Account

from .conftest import TOMSK, WEEK, MakeContent

PLAN = "/plans/urtam/2026-W49/"


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def offers(body: Organization, by: User, week: Week = WEEK) -> list[tuple[str, str]]:
    """«2026-12-01 10:00» with the marks of the accounts it is for."""
    days = Board(by, body, week).days
    return [
        (f"{offer.on} {offer.at:%H:%M}", "".join(account.network.mark for account in offer.accounts if account.network))
        for day in days
        for offer in day.offers
    ]


def days_of(body: Organization, by: User, week: Week = WEEK) -> list[str]:
    return [moment[:10] for moment, _marks in offers(body, by, week)]


# --- what is offered ----------------------------------------------------------------------------


def test_an_empty_week_stands_ready_with_as_many_places_as_the_norm_asks(plan: WeeklyPlan, editor: User) -> None:
    assert offers(plan.organization, editor) == [
        ("2026-11-30 10:00", "ВК"),
        ("2026-12-01 10:00", "ВК"),
        ("2026-12-02 10:00", "ВК"),
        ("2026-12-03 10:00", "ВК"),
        ("2026-12-04 10:00", "ВК"),
    ]


def test_habitual_times_come_first_and_the_norm_fills_up(plan: WeeklyPlan, urtam_vk: Account, editor: User) -> None:
    for weekday, hour in ((2, 14), (6, 11)):
        Slot.objects.create(account=urtam_vk, weekday=weekday, at=time(hour))

    assert [moment for moment, _marks in offers(plan.organization, editor)] == [
        "2026-11-30 10:00",
        "2026-12-01 14:00",
        "2026-12-02 10:00",
        "2026-12-03 10:00",
        "2026-12-05 11:00",
    ]


def test_a_post_fills_the_nearest_habitual_time_of_its_account(
    plan: WeeklyPlan, content: MakeContent, urtam_vk: Account, editor: User
) -> None:
    for hour in (9, 15):
        Slot.objects.create(account=urtam_vk, weekday=1, at=time(hour))
    actions.add_post(plan, content(0, 14), by=editor)

    monday = [moment for moment, _marks in offers(plan.organization, editor) if moment.startswith("2026-11-30")]
    assert monday == ["2026-11-30 09:00"]


def test_a_habitual_time_is_for_its_own_accounts_and_rubric(
    plan: WeeklyPlan, content: MakeContent, urtam_ok: Account, editor: User, signed_in: Client
) -> None:
    rubric = Rubric.objects.create(name="Афиша")
    Slot.objects.create(account=urtam_ok, weekday=6, at=time(12), rubric=rubric)
    for day in range(5):
        actions.add_post(plan, content(day), by=editor)

    html = signed_in.get(PLAN).content.decode()
    address = f"{PLAN}?new=2026-12-05&amp;time=12:00&amp;accounts={urtam_ok.pk}&amp;rubric={rubric.pk}#form"
    form = signed_in.get(address.replace("&amp;", "&")).context["form"]

    assert address in html
    values = [form[name].value() for name in ("accounts", "rubric", "time")]
    assert values == [[urtam_ok.pk], str(rubric.pk), time(12)]


def test_an_account_that_is_short_joins_the_habitual_time_of_another(
    plan: WeeklyPlan, urtam_vk: Account, urtam_ok: Account, editor: User
) -> None:
    Slot.objects.create(account=urtam_ok, weekday=2, at=time(14))

    tuesday = [found for found in offers(plan.organization, editor) if found[0].startswith("2026-12-01")]
    assert tuesday == [("2026-12-01 14:00", "ОКВК")]


def test_the_same_time_of_two_accounts_is_one_place(
    plan: WeeklyPlan, urtam_vk: Account, urtam_ok: Account, editor: User
) -> None:
    for account in (urtam_vk, urtam_ok):
        Slot.objects.create(account=account, weekday=1, at=time(9))

    assert offers(plan.organization, editor)[0] == ("2026-11-30 09:00", "ВКОК")


def test_days_off_are_stepped_around(plan: WeeklyPlan, urtam_vk: Account, editor: User) -> None:
    SpecialDay.objects.create(organization=plan.organization, day=date(2026, 12, 1), title="День села")
    Slot.objects.create(account=urtam_vk, weekday=2, at=time(9))

    days = days_of(plan.organization, editor)

    assert "2026-12-01" not in days
    assert len(days) == 5  # two on the first day that is left


def test_a_holiday_of_the_country_is_stepped_around(
    urtam: Organization, urtam_vk: Account, norm: object, now: object, editor: User
) -> None:
    january = Week.parse("2027-W01")  # 4 to 10 January 2027: the New Year holidays last until the 8th

    assert days_of(urtam, editor, january) == []


def test_in_a_running_week_only_times_ahead_are_offered(plan: WeeklyPlan, urtam_vk: Account, editor: User) -> None:
    Slot.objects.create(account=urtam_vk, weekday=4, at=time(9))  # it is Thursday noon

    found = offers(plan.organization, editor, WEEK.previous)

    assert [moment for moment, _marks in found] == [
        "2026-11-26 16:00",
        "2026-11-26 18:00",
        "2026-11-27 10:00",
        "2026-11-27 12:00",
    ]


def test_a_full_norm_asks_for_nothing(plan: WeeklyPlan, content: MakeContent, editor: User) -> None:
    for day in range(5):
        actions.add_post(plan, content(day), by=editor)

    assert offers(plan.organization, editor) == []


def test_save_and_add_another_leads_to_the_next_place(plan: WeeklyPlan, content: MakeContent, editor: User) -> None:
    actions.add_post(plan, content(0), by=editor)

    offer = Board(editor, plan.organization, WEEK).next_free

    assert offer
    assert offer.values == {"new": "2026-12-01", "time": "10:00"}


def test_a_post_more_than_the_norm_goes_under_the_emptiest_working_day(
    signed_in: Client, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    for day in (0, 1, 2, 4, 5):
        actions.add_post(plan, content(day), by=editor)

    page = signed_in.get(PLAN).content.decode()
    response = signed_in.get(PLAN, {"new": "free"})

    assert f'href="{PLAN}?new=free#form"' in page
    assert response.headers["Location"] == f"{PLAN}?new=2026-12-03&time=10:00#form"


# --- how it is shown ----------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["columns", "list", "table", "month"])
def test_every_view_holds_every_post(
    signed_in: Client, plan: WeeklyPlan, content: MakeContent, editor: User, view: str
) -> None:
    topics = [f"Тема {day}" for day in range(7)]
    for day, topic in enumerate(topics):
        actions.add_post(plan, content(day, topic=topic), by=editor)

    html = signed_in.get(f"{PLAN}?view={view}").content.decode()

    assert [topic for topic in topics if topic not in html] == []


def test_a_view_is_remembered(signed_in: Client, post: PlannedPost) -> None:
    signed_in.get(f"{PLAN}?view=table")

    assert signed_in.get(PLAN).context["view"] == "table"


def test_an_unknown_view_is_the_week(signed_in: Client, post: PlannedPost) -> None:
    response = signed_in.get(f"{PLAN}?view=<b>")

    assert (response.context["view"], "plan_view" in response.cookies) == ("columns", False)


def test_a_form_opens_on_the_week_of_who_looks_at_the_month(signed_in: Client, post: PlannedPost) -> None:
    signed_in.get(f"{PLAN}?view=month")

    response = signed_in.get(f"{PLAN}?post={post.pk}")

    assert (response.context["view"], response.context["form"]["topic"].value()) == ("columns", "Ремонт моста")


def test_the_table_reads_like_the_paper(signed_in: Client, post: PlannedPost) -> None:
    rubric = Rubric.objects.create(name="ЖКХ")
    PlannedPost.objects.update(rubric=rubric)

    html = signed_in.get(f"{PLAN}?view=table").content.decode()

    row = re.sub(r"<[^>]+>", " ", html[html.index("<tbody>") : html.index("</tbody>")]).split()
    assert " ".join(row).startswith("1 пн, 30 ноября, 10:00 Ремонт моста ЖКХ ВК ВКонтакте Черновик —")


def test_a_month_is_whole_weeks_from_monday_on(plan: WeeklyPlan, editor: User) -> None:
    weeks = Month(Board(editor, plan.organization, WEEK)).weeks

    days = [day.on for _week, row in weeks for day in row]
    assert (days[0], days[-1], len(weeks)) == (date(2026, 11, 30), date(2027, 1, 3), 5)


@pytest.mark.parametrize(("week", "month"), [("2026-W49", 12), ("2026-W53", 12), ("2027-W01", 1), ("2026-W44", 10)])
def test_months_lead_to_each_other(urtam: Organization, editor: User, now: object, week: str, month: int) -> None:
    shown = Month(Board(editor, urtam, Week.parse(week)))

    months = [shown.first_day.month, shown.earlier.days[3].month, shown.later.days[3].month]
    assert months == [month, (month - 2) % 12 + 1, month % 12 + 1]


def test_edges_lose_no_post(
    plan: WeeklyPlan, content: MakeContent, editor: User, urtam: Organization, post: PlannedPost
) -> None:
    """Sunday 23:30, Monday 00:30, and a body that has moved to another zone since."""
    late = actions.add_post(plan, content(0, planned_at=datetime(2026, 12, 6, 23, 30, tzinfo=TOMSK)), by=editor)
    early = actions.add_post(plan, content(0, planned_at=datetime(2026, 11, 30, 0, 30, tzinfo=TOMSK)), by=editor)
    Organization.objects.filter(pk=urtam.pk).update(timezone="Europe/Moscow")
    urtam.refresh_from_db()

    board = Board(editor, urtam, WEEK)
    on_board = {card.post.pk: day.on for day in board.days for card in day.cards}
    in_month = {c.post.pk: day.on for _week, row in Month(board).weeks for day in row for c in day.cards}

    assert on_board == in_month
    assert on_board[late.pk] == date(2026, 12, 6)
    assert on_board[early.pk] == date(2026, 11, 30)


def test_more_than_three_posts_of_a_day_open_in_place(
    signed_in: Client, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    for hour in range(8, 13):
        actions.add_post(plan, content(0, hour, topic=f"В {hour} часов"), by=editor)

    html = signed_in.get(f"{PLAN}?view=month").content.decode()

    more = html[html.index("ещё 2") : html.index("</details>", html.index("ещё 2"))]
    assert [f"В {hour} часов" in more for hour in range(8, 13)] == [False, False, False, True, True]


# --- how much it asks ---------------------------------------------------------------------------


def fill(plan: WeeklyPlan, content: MakeContent, accounts: list[Account], editor: User, n: int) -> None:
    placements = {account.pk: "" for account in accounts}
    for i in range(n):
        made = content(i % 7, 8 + i // 7, topic=f"Тема {i}", placements=placements)
        actions.add_post(plan, made, by=editor)
        Idea.objects.create(organization=plan.organization, topic=f"Идея {i}", created_by=editor)


@pytest.mark.parametrize("posts", [1, 30])
@pytest.mark.parametrize(("view", "queries"), [("columns", 22), ("table", 22), ("month", 19)])
def test_a_full_week_asks_as_much_as_one_post(
    signed_in: Client,
    plan: WeeklyPlan,
    content: MakeContent,
    urtam_vk: Account,
    urtam_ok: Account,
    editor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    posts: int,
    view: str,
    queries: int,
) -> None:
    fill(plan, content, [urtam_vk, urtam_ok], editor, posts)
    Slot.objects.create(account=urtam_vk, weekday=1, at=time(9))
    signed_in.get(f"{PLAN}?view={view}")

    with django_assert_num_queries(queries):
        signed_in.get(PLAN)
