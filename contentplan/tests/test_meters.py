"""The norm meter: its numbers, its colour, its words."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from contentplan import actions
from contentplan.models import Norm, PlannedPost, Publication, WeeklyPlan
from contentplan.norm import Meter, meters, sentence
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account, AccountStatus, SocialNetwork

from .conftest import TOMSK, WEEK, MakeContent


def came_out(account: Account, moment: str, **fields: object) -> Publication:
    return Publication.objects.create(
        account=account, published_at=datetime.fromisoformat(moment).replace(tzinfo=TOMSK), **fields
    )


def the_meter(organization: Organization, week: Week = WEEK) -> Meter:
    [meter] = meters([organization], week)[organization.pk]
    return meter


@pytest.mark.parametrize(
    ("out", "in_plan", "closed", "running", "has_plan", "tone", "pips"),
    [
        (5, 0, False, True, True, "good", "OOOOO"),
        (7, 1, False, True, True, "good", "OOOOO"),
        (3, 2, False, True, True, "", "OOOPP"),
        (3, 4, False, True, True, "", "OOOPP"),
        (3, 1, False, True, True, "wait", "OOOP-"),
        (0, 0, False, True, False, "bad", "-----"),
        (0, 0, False, False, False, "wait", "-----"),
        (0, 5, False, False, True, "", "PPPPP"),
        (4, 0, True, False, True, "bad", "OOOO-"),
        (5, 0, True, False, False, "good", "OOOOO"),
    ],
)
def test_tone_and_pips(
    out: int, in_plan: int, closed: bool, running: bool, has_plan: bool, tone: str, pips: str
) -> None:
    meter = Meter(Account(), out, in_plan, 5, closed, has_plan, running=running)

    assert meter.tone == tone
    assert "".join({"out": "O", "plan": "P", "none": "-"}[pip] for pip in meter.pips) == pips


def test_words_of_a_meter() -> None:
    account = Account(name="Уртам")
    with translation.override(None):
        running = Meter(account, 3, 2, 5, closed=False, has_plan=True, name="VK")
        over = Meter(account, 3, 0, 5, closed=True, has_plan=True, name="VK")
        free = Meter(account, 1, 0, 0, closed=False, has_plan=True, name="VK")

        assert [(meter.label, meter.text) for meter in (running, over, free)] == [
            ("3 + 2 of 5", "VK: 3 out, 2 in the plan of 5"),
            ("3 of 5", "VK: 3 out of 5 came out"),
            ("1", "VK: 1 out, 0 in the plan, no norm"),
        ]
        assert (free.tone, free.pips, free.kept) == ("", [], True)


def test_planned_and_published_are_counted_apart(
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    urtam: Organization,
    urtam_vk: Account,
    now: time_machine.Traveller,
) -> None:
    posts = [actions.add_post(plan, content(day), by=editor) for day in range(3)]
    actions.submit(posts[0], revision=1, by=editor)
    actions.approve(posts[0], revision=1, by=coordinator)
    actions.add_post(plan, content(3, about_work=False), by=editor)
    came_out(urtam_vk, "2026-11-30T10:00", placement=posts[1].placements.get())
    came_out(urtam_vk, "2026-11-30T11:00", counts=False)

    meter = the_meter(urtam)

    assert (meter.published, meter.planned, meter.approved, meter.required) == (1, 2, 1, 5)
    assert (meter.closed, meter.running, meter.has_plan) == (False, False, True)


def test_a_planned_post_stays_in_the_plan_until_the_week_is_over(
    post: PlannedPost, urtam: Organization, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-06T23:30:00+07:00")
    evening = the_meter(urtam)
    now.move_to("2026-12-07T00:30:00+07:00")
    night = the_meter(urtam)

    assert (evening.planned, evening.closed, evening.tone) == (1, False, "wait")
    assert (night.planned, night.closed, night.tone) == (0, True, "bad")


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-11-29T23:30", "2026-W48"),
        ("2026-11-30T00:00", "2026-W49"),
        ("2026-11-30T00:30", "2026-W49"),
        ("2026-12-06T23:59", "2026-W49"),
        ("2026-12-07T00:00", "2026-W50"),
        # The year 2026 has a week 53, and it holds the New Year.
        ("2026-12-31T23:59", "2026-W53"),
        ("2027-01-01T00:00", "2026-W53"),
        ("2027-01-03T23:30", "2026-W53"),
        ("2027-01-04T00:30", "2027-W01"),
    ],
)
def test_a_publication_counts_in_the_week_of_the_place(
    moment: str, week: str, urtam: Organization, urtam_vk: Account, norm: Norm
) -> None:
    came_out(urtam_vk, moment)
    counted = Week.parse(week)

    found = {each: the_meter(urtam, each).published for each in (counted.previous, counted, counted.next)}

    assert found == {counted.previous: 0, counted: 1, counted.next: 0}


def test_each_body_lives_in_its_own_zone(
    urtam: Organization, chilino: Organization, urtam_vk: Account, chilino_vk: Account, norm: Norm
) -> None:
    chilino.timezone = "Europe/Moscow"
    chilino.save()
    for account in (urtam_vk, chilino_vk):
        came_out(account, "2026-11-30T01:00")  # still Sunday evening in Moscow

    found = meters([urtam, chilino], WEEK)

    assert (found[urtam.pk][0].published, found[chilino.pk][0].published) == (1, 0)


def test_an_archived_account_keeps_the_weeks_it_was_planned_in(
    plan: WeeklyPlan, urtam: Organization, urtam_vk: Account
) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(status=AccountStatus.ARCHIVED)

    assert [meter.account for meter in meters([urtam], WEEK)[urtam.pk]] == [urtam_vk]
    assert meters([urtam], WEEK.next)[urtam.pk] == []


def test_an_account_owes_nothing_before_it_was_opened(urtam: Organization, urtam_vk: Account, norm: Norm) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(opened_on=date(2026, 12, 6))

    assert meters([urtam], WEEK.previous)[urtam.pk] == []
    assert len(meters([urtam], WEEK)[urtam.pk]) == 1


def test_two_pages_in_one_network_are_told_apart(
    urtam: Organization, urtam_vk: Account, vk: SocialNetwork, norm: Norm
) -> None:
    Account.objects.create(organization=urtam, network=vk, name="Клуб", url="https://vk.com/klub", status="active")

    assert sorted(meter.name for meter in meters([urtam], WEEK)[urtam.pk]) == [
        "ВКонтакте, Urtam официально",
        "ВКонтакте, Клуб",
    ]


def test_the_sentence_names_what_is_missing_and_the_emptiest_day(
    plan: WeeklyPlan, content: MakeContent, editor: User, urtam: Organization, urtam_ok: Account
) -> None:
    for day in (0, 1, 2, 4):
        actions.add_post(plan, content(day), by=editor)

    with translation.override(None):
        found = sentence(meters([urtam], WEEK)[urtam.pk])

    assert found == (
        "ВКонтакте: 1 publication is missing, on Thursday suits best. "
        "Одноклассники: 5 publications are missing, on Monday suits best."
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-03T12:00:00+07:00", "today"),
        ("2026-12-05T12:00:00+07:00", "today"),
        ("2026-11-29T12:00:00+07:00", "tomorrow"),
    ],
)
def test_the_best_day_has_not_passed(
    moment: str, day: str, plan: WeeklyPlan, urtam: Organization, now: time_machine.Traveller
) -> None:
    now.move_to(moment)

    with translation.override(None):
        found = sentence(meters([urtam], WEEK)[urtam.pk])

    assert found == f"ВКонтакте: 5 publications are missing, {day} suits best."


def test_sentences_where_nothing_is_missing() -> None:
    def meter(out: int, plan: int, required: int = 5, *, closed: bool = False) -> Meter:
        return Meter(Account(), out, plan, required, closed, has_plan=True, name="VK")

    with translation.override(None):
        assert sentence([]) == "No norm is set."
        assert sentence([meter(1, 0, 0)]) == "No norm is set."
        assert sentence([meter(5, 0)]) == "The norm is kept."
        assert sentence([meter(3, 2), meter(5, 0)]) == "The plan suffices for the norm."
        assert sentence([meter(3, 0, closed=True), meter(5, 0, closed=True)]) == "VK: 2 publications were missing."


def test_meters_of_any_number_of_bodies_take_the_same_queries(
    plan: WeeklyPlan,
    post: PlannedPost,
    urtam: Organization,
    chilino: Organization,
    district: Organization,
    urtam_vk: Account,
    urtam_ok: Account,
    chilino_vk: Account,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(8):
        meters([urtam], WEEK)
    with django_assert_num_queries(8):
        found = meters([urtam, chilino, district], WEEK)

    assert [len(found[body.pk]) for body in (urtam, chilino, district)] == [2, 1, 0]
