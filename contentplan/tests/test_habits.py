"""Habitual times, repeating posts, templates, ideas: what fills a week before anybody has written a word."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contentplan import actions, habits
from contentplan.actions.ideas import Place
from contentplan.actions.repeating import RepeatedContent, coming_days, day_in, make_draft
from contentplan.actions.templates import TemplateContent
from contentplan.habits import Habit
from contentplan.models import Idea, PlannedPost, PostFormat, PostTemplate, Repetition, Slot, Status, WeeklyPlan
from people.models import Organization, User
from registry.models import Account, AccountStatus

from .conftest import TOMSK, WEEK, MakeContent

PLAN = "/plans/urtam/2026-W49/"


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


# --- habitual times -----------------------------------------------------------------------------


def test_one_form_adds_a_time_on_several_days_for_several_accounts(
    signed_in: Client, urtam_vk: Account, urtam_ok: Account
) -> None:
    form = {"weekdays": ["2", "4"], "at": "14:00", "accounts": [urtam_vk.pk, urtam_ok.pk], "rubric": ""}

    signed_in.post("/plans/urtam/times/", form)
    signed_in.post("/plans/urtam/times/", form)

    rows = Slot.objects.order_by("account", "weekday").values_list("account", "weekday", "at")
    assert list(rows) == [(a.pk, day, time(14)) for a in (urtam_vk, urtam_ok) for day in (2, 4)]


def test_what_the_last_weeks_did_is_suggested(
    urtam: Organization, urtam_vk: Account, content: MakeContent, norm: object, editor: User, now: object
) -> None:
    for weeks in (1, 2, 3):
        plan = actions.open_plan(urtam, WEEK + -weeks, by=editor)
        actions.add_post(plan, content(-7 * weeks, 11, topic=f"{weeks}"), by=editor)
    chance = actions.open_plan(urtam, WEEK + -2, by=editor)
    actions.add_post(chance, content(-12, 20), by=editor)

    assert habits.suggestions(urtam) == {urtam_vk.pk: [Habit(1, time(11))]}
    assert actions.take_suggestion(urtam_vk, by=editor) == 1
    assert habits.suggestions(urtam) == {}


def test_a_time_can_be_removed(signed_in: Client, urtam_vk: Account) -> None:
    slot = Slot.objects.create(account=urtam_vk, weekday=1, at=time(9))

    signed_in.post(f"/times/{slot.pk}/delete/")

    assert not Slot.objects.exists()


@pytest.mark.parametrize("slots", [1, 3])
def test_the_page_of_times_asks_a_fixed_number(
    signed_in: Client,
    urtam_vk: Account,
    urtam_ok: Account,
    now: object,
    django_assert_num_queries: DjangoAssertNumQueries,
    slots: int,
) -> None:
    for weekday in range(1, slots + 1):
        Slot.objects.create(account=urtam_vk, weekday=weekday, at=time(9))
    signed_in.get("/plans/urtam/times/")

    with django_assert_num_queries(11):
        signed_in.get("/plans/urtam/times/")


# --- repeating posts ----------------------------------------------------------------------------


@pytest.fixture
def repeated(text_format: PostFormat, urtam_vk: Account, norm: object, now: object) -> RepeatedContent:
    """Every Tuesday at 14:00, from the week of the plan on."""
    return RepeatedContent(
        topic="Приём граждан",
        text="Глава принимает с 14 до 16.",
        format=text_format,
        accounts=(urtam_vk,),
        weekday=2,
        at=time(14),
        starts_on=date(2026, 11, 26),
    )


@pytest.fixture
def repetition(urtam: Organization, repeated: RepeatedContent, editor: User) -> Repetition:
    return actions.repeat(urtam, repeated, by=editor)


def made() -> list[str]:
    return [f"{post.planned_at.astimezone(TOMSK):%d.%m %H:%M}" for post in PlannedPost.objects.by_time()]


def test_drafts_of_this_and_the_next_week_stand_at_once(repetition: Repetition) -> None:
    post = PlannedPost.objects.get()

    assert (made(), post.status, post.repeats_on) == (["01.12 14:00"], Status.DRAFT, date(2026, 12, 1))


def test_made_again_nothing_is_doubled(repetition: Repetition) -> None:
    assert actions.make_drafts() == 0


def test_each_week_brings_the_next_draft(repetition: Repetition, now: time_machine.Traveller) -> None:
    now.shift(timedelta(weeks=1))

    call_command("make_repeats")

    assert made() == ["01.12 14:00", "08.12 14:00"]


def test_every_second_week_is_counted_from_the_first(
    urtam: Organization, repeated: RepeatedContent, editor: User
) -> None:
    second = RepeatedContent(**{**vars(repeated), "every_weeks": 2, "starts_on": date(2026, 12, 1)})
    repetition = actions.repeat(urtam, second, by=editor)

    days = [day_in(repetition, WEEK + n) for n in range(4)]

    assert days == [date(2026, 12, 1), None, date(2026, 12, 15), None]


def test_a_moved_draft_is_not_made_again(repetition: Repetition, editor: User) -> None:
    post = PlannedPost.objects.get()
    actions.move_to(post, post.planned_at + timedelta(days=2), revision=1, by=editor)

    assert actions.make_drafts() == 0


def test_a_deleted_draft_leaves_its_day_out(repetition: Repetition, editor: User) -> None:
    actions.delete_draft(PlannedPost.objects.get(), by=editor)

    repetition.refresh_from_db()
    assert (actions.make_drafts(), repetition.skipped) == (0, ["2026-12-01"])


def test_a_day_left_out_takes_its_draft_with_it(signed_in: Client, repetition: Repetition) -> None:
    signed_in.post(f"/repeating/{repetition.pk}/skip/", {"on": "2026-12-01"})

    assert (made(), actions.make_drafts()) == ([], 0)


def test_a_sent_draft_stays_when_its_day_is_left_out(repetition: Repetition, editor: User) -> None:
    actions.submit(PlannedPost.objects.get(), revision=1, by=editor)

    actions.skip(repetition, date(2026, 12, 1), by=editor)

    assert made() == ["01.12 14:00"]


def test_only_its_own_days_can_be_left_out(repetition: Repetition, editor: User) -> None:
    with pytest.raises(ValidationError):
        actions.skip(repetition, date(2026, 12, 2), by=editor)


def test_the_end_takes_untouched_drafts_along(repetition: Repetition, editor: User) -> None:
    assert (actions.end(repetition, by=editor), made(), coming_days(repetition)) == (1, [], [])


def test_a_closed_account_gets_no_drafts(
    repetition: Repetition, urtam_vk: Account, now: time_machine.Traveller
) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(status=AccountStatus.SUSPENDED)
    now.shift(timedelta(weeks=1))

    assert make_draft(repetition, WEEK.next) is None


def test_it_begins_from_a_post(signed_in: Client, post: PlannedPost) -> None:
    address = f"/plans/urtam/repeating/new/?post={post.pk}"
    form = signed_in.get(address).context["form"]
    fields = {name: form[name].value() for name in ("topic", "text", "weekday", "accounts", "format")}

    signed_in.post(address, {**fields, "at": "10:00", "every_weeks": "1", "starts_on": "2026-11-30"})

    post.refresh_from_db()
    assert (post.repetition, post.repeats_on, made()) == (Repetition.objects.get(), date(2026, 11, 30), ["30.11 10:00"])


def test_the_list_says_when_it_comes(signed_in: Client, repetition: Repetition) -> None:
    html = signed_in.get("/plans/urtam/repeating/").content.decode()

    assert "Каждую неделю, по вторникам в 14:00" in html
    assert [day in html for day in ("вт, 1 декабря", "вт, 8 декабря", "вт, 15 декабря")] == [True] * 3


# --- templates ----------------------------------------------------------------------------------


def test_a_post_begins_with_a_template_of_the_district(
    signed_in: Client, plan: WeeklyPlan, district: Organization, coordinator: User
) -> None:
    template = actions.add_template(
        district, TemplateContent("Мороз", topic="Берегите себя", text="Ночью –35."), by=coordinator
    )

    page = signed_in.get(f"{PLAN}?new=2026-12-02&time=16:00&template={template.pk}")

    form = page.context["form"]
    assert [form[name].value() for name in ("topic", "text", "day")] == ["Берегите себя", "Ночью –35.", "2026-12-02"]


def test_a_template_of_a_neighbour_is_not_offered(
    signed_in: Client, plan: WeeklyPlan, chilino: Organization, chilino_editor: User
) -> None:
    actions.add_template(chilino, TemplateContent("Чужой"), by=chilino_editor)

    html = signed_in.get(f"{PLAN}?new=2026-12-02").content.decode()

    assert "Чужой" not in html


def test_a_post_is_kept_as_a_template(signed_in: Client, post: PlannedPost) -> None:
    address = f"/plans/urtam/templates/new/?post={post.pk}"
    form = signed_in.get(address).context["form"]

    signed_in.post(address, {name: form[name].value() or "" for name in ("name", "topic", "text")})

    template = PostTemplate.objects.get()
    assert (template.name, template.text) == ("Ремонт моста", post.text)


def test_two_templates_of_one_name_are_told_apart(signed_in: Client, urtam: Organization, editor: User) -> None:
    actions.add_template(urtam, TemplateContent("Мороз"), by=editor)

    html = signed_in.post("/plans/urtam/templates/new/", {"name": "Мороз", "topic": "Иней"}).content.decode()

    assert "Шаблон с таким названием уже есть: дайте другое." in html
    assert 'value="Иней"' in html


def test_the_district_s_template_is_not_the_settlement_s_to_change(
    signed_in: Client, district: Organization, coordinator: User
) -> None:
    template = actions.add_template(district, TemplateContent("Мороз"), by=coordinator)

    assert signed_in.post(f"/templates/{template.pk}/delete/").status_code == 404


# --- ideas --------------------------------------------------------------------------------------


@pytest.fixture
def idea(urtam: Organization, editor: User, text_format: PostFormat) -> Idea:
    return actions.add_idea(urtam, "Рассказать о библиотеке", by=editor)


def test_an_idea_is_one_line_and_pressed_twice_one_idea(signed_in: Client, urtam: Organization, now: object) -> None:
    for _press in range(2):
        signed_in.post("/plans/urtam/ideas/new/", {"topic": "Рассказать о библиотеке"})

    assert Idea.objects.get().topic == "Рассказать о библиотеке"


def test_an_idea_becomes_a_post_at_the_time_that_is_offered(
    signed_in: Client, plan: WeeklyPlan, urtam_vk: Account, idea: Idea
) -> None:
    Slot.objects.create(account=urtam_vk, weekday=3, at=time(11, 30))

    signed_in.post(f"/ideas/{idea.pk}/plan/", {"to": "2026-12-02", "from": "2026-W49"})

    post = PlannedPost.objects.get()
    assert (post.topic, post.planned_at) == (idea.topic, datetime(2026, 12, 2, 11, 30, tzinfo=TOMSK))
    assert not Idea.objects.exists()


def test_an_idea_that_a_colleague_took_is_said_to_be_gone(
    plan: WeeklyPlan, urtam_vk: Account, editor: User, idea: Idea
) -> None:
    place = Place(datetime(2026, 12, 2, 10, tzinfo=TOMSK), (urtam_vk,))
    actions.plan_idea(idea, place, by=editor)

    with pytest.raises(Exception, match="уже нет"):
        actions.plan_idea(Idea(pk=idea.pk or 1, organization=plan.organization), place, by=editor)


def test_a_deleted_idea_can_be_taken_back(signed_in: Client, idea: Idea, now: object) -> None:
    page: Any = signed_in.post(f"/ideas/{idea.pk}/delete/", {"from": "2026-W49"}, follow=True)
    gone = not Idea.objects.exists()

    signed_in.post("/plans/undo/")

    assert ("Идея «Рассказать о библиотеке» удалена." in page.content.decode(), gone) == (True, True)
    assert Idea.objects.get().topic == idea.topic
