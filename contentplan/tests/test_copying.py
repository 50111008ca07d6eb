"""Last week once more: times, rubrics and accounts, no words, no doubles, no days off."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from contentplan import actions
from contentplan.models import PlannedPost, Rubric, WeeklyPlan
from contentplan.views.board import Board
from people.models import Organization, SpecialDay, User
from registry.models import Account, AccountStatus

from .conftest import TOMSK, WEEK, MakeContent

COPY = "/plans/urtam/2026-W49/copy/"


@pytest.fixture
def last_week(urtam: Organization, norm: object, content: MakeContent, editor: User, now: object) -> WeeklyPlan:
    """Monday 10:00, Wednesday 12:00 and Saturday 16:00, with rubrics."""
    plan = actions.open_plan(urtam, WEEK.previous, by=editor)
    for day, hour, rubric in ((-7, 10, "Афиша"), (-5, 12, "ЖКХ"), (-2, 16, "")):
        kept = Rubric.objects.get_or_create(name=rubric)[0] if rubric else None
        actions.add_post(plan, content(day, hour, rubric=kept, topic=f"Прошлое {day}"), by=editor)
    return plan


def copy(body: Organization, by: User) -> list[tuple[str, str, str]]:
    made = actions.copy_last_week(body, WEEK, by=by).made
    return [(f"{post.planned_at.astimezone(TOMSK):%a %H:%M}", post.topic, post.text) for post in made]


def test_times_and_rubrics_come_over_and_texts_do_not(last_week: WeeklyPlan, editor: User) -> None:
    made = copy(last_week.organization, editor)

    assert made == [("Mon 10:00", "Афиша", ""), ("Wed 12:00", "ЖКХ", ""), ("Sat 16:00", "Без темы", "")]


def test_accounts_come_over_without_those_that_were_closed(
    last_week: WeeklyPlan, content: MakeContent, urtam_vk: Account, urtam_ok: Account, editor: User
) -> None:
    both = content(-6, placements={urtam_vk.pk: "своё", urtam_ok.pk: ""})
    actions.add_post(last_week, both, by=editor)
    Account.objects.filter(pk=urtam_ok.pk).update(status=AccountStatus.SUSPENDED)

    actions.copy_last_week(last_week.organization, WEEK, by=editor)

    tuesday = PlannedPost.objects.get(planned_at=datetime(2026, 12, 1, 10, tzinfo=TOMSK))
    assert [(row.account, row.text) for row in tuesday.placements.all()] == [(urtam_vk, "")]


def test_pressed_again_it_makes_no_doubles(last_week: WeeklyPlan, editor: User) -> None:
    copy(last_week.organization, editor)

    assert copy(last_week.organization, editor) == []


def test_a_copy_that_was_filled_in_and_moved_is_still_the_copy(last_week: WeeklyPlan, editor: User) -> None:
    first = actions.copy_last_week(last_week.organization, WEEK, by=editor).made[0]
    actions.move_to(first, first.planned_at + timedelta(days=1, hours=3), revision=1, by=editor)

    assert copy(last_week.organization, editor) == []


def test_what_was_written_already_is_not_written_over(
    last_week: WeeklyPlan, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    actions.add_post(plan, content(2, 12), by=editor)

    made = copy(last_week.organization, editor)

    assert [when for when, _topic, _text in made] == ["Mon 10:00", "Sat 16:00"]


def test_a_day_off_is_stepped_around_and_a_usual_saturday_is_not(last_week: WeeklyPlan, editor: User) -> None:
    SpecialDay.objects.create(organization=last_week.organization, day=date(2026, 12, 2), title="День села")

    copied = actions.copy_last_week(last_week.organization, WEEK, by=editor)

    days = [post.planned_at.astimezone(TOMSK).date().isoweekday() for post in copied.made]
    assert (days, len(copied.moved)) == ([1, 4, 6], 1)


def test_in_a_running_week_past_times_are_left_out(
    last_week: WeeklyPlan, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to(datetime(2026, 12, 2, 13, tzinfo=TOMSK))

    copied = actions.copy_last_week(last_week.organization, WEEK, by=editor)

    assert (len(copied.made), copied.passed) == (1, 2)


def test_the_button_stands_there_until_the_week_is_as_full(last_week: WeeklyPlan, editor: User) -> None:
    before = Board(editor, last_week.organization, WEEK).can_copy
    copy(last_week.organization, editor)

    assert (before, Board(editor, last_week.organization, WEEK).can_copy) == (True, False)


def test_the_person_hears_what_was_done(client: Client, last_week: WeeklyPlan, editor: User) -> None:
    client.force_login(editor)

    html = client.post(COPY, follow=True).content.decode()
    again = client.post(COPY, follow=True).content.decode()

    assert "С прошлой недели взяты 3 черновика. Дни и часы расставлены: впишите темы и тексты." in html
    assert "Брать нечего: всё с прошлой недели уже стоит в плане." in again


def test_filling_in_goes_from_one_draft_to_the_next(client: Client, last_week: WeeklyPlan, editor: User) -> None:
    first, second, _third = actions.copy_last_week(last_week.organization, WEEK, by=editor).made
    client.force_login(editor)
    form = client.get(f"/plans/urtam/2026-W49/?post={first.pk}").context["form"]
    fields = {name: form[name].value() for name in ("day", "time", "format", "accounts", "revision", "seen")}

    response = client.post(
        f"/posts/{first.pk}/edit/", {**fields, "topic": "Афиша", "text": "Концерт в субботу.", "next": "1"}
    )

    assert response["Location"] == f"/plans/urtam/2026-W49/?post={second.pk}#form"


def test_a_missing_topic_is_not_offered_as_one(client: Client, last_week: WeeklyPlan, editor: User) -> None:
    bare = actions.copy_last_week(last_week.organization, WEEK, by=editor).made[-1]
    client.force_login(editor)

    form = client.get(f"/plans/urtam/2026-W49/?post={bare.pk}").context["form"]

    assert (bare.topic, form["topic"].value()) == ("Без темы", "")
