"""The check before sending: what it finds, what it asks for, how many queries it takes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client

from contentplan import actions, checks
from contentplan.checks import Finding
from contentplan.models import (
    Media,
    MediaKind,
    MediaState,
    Occasion,
    OccasionKind,
    PlannedPost,
    Review,
    TextLimit,
    WeeklyPlan,
)
from people.models import Organization, User
from registry.models import Account, SocialNetwork

from .conftest import TOMSK, WEEK, MakeContent

TEXT = "Мост через Уртамку откроют в пятницу, движение пойдёт по обеим полосам, объезд закроют в субботу."
Check = Callable[..., dict[str, Finding]]


@pytest.fixture
def check(plan: WeeklyPlan, content: MakeContent, urtam: Organization) -> Check:
    """Checks a wording and answers with the findings by their code."""

    def run(*args: Any, **fields: Any) -> dict[str, Finding]:
        found = checks.of_content(urtam, content(*args, **fields))
        return {finding.code: finding for finding in found}

    return run


def picture(urtam: Organization, editor: User, name: str = "мост.jpg") -> Media:
    return Media.objects.create(
        organization=urtam,
        name=name,
        kind=MediaKind.IMAGE,
        mime="image/jpeg",
        size=1,
        sha256="0",
        state=MediaState.READY,
        uploaded_by=editor,
    )


def test_a_good_post_has_nothing_to_mend(check: Check) -> None:
    assert check() == {}


def test_a_text_too_long_for_a_network_asks_for_a_reason(vk: SocialNetwork, check: Check, urtam_vk: Account) -> None:
    TextLimit.objects.create(network=vk, text=10, with_media=10)

    found = check(text="Мост откроют в пятницу")

    assert (list(found), found["long"].hard, found["long"].field) == (["long"], True, "text")


def test_the_text_of_the_account_itself_is_measured(vk: SocialNetwork, check: Check, urtam_vk: Account) -> None:
    TextLimit.objects.create(network=vk, text=10)

    assert check(text="Мост откроют в пятницу", placements={urtam_vk.pk: "Коротко"}) == {}
    assert check(placements={urtam_vk.pk: "Слишком длинно"})["long"].field == f"text_{urtam_vk.pk}"


def test_what_fits_alone_may_not_fit_beside_a_picture(
    vk: SocialNetwork, check: Check, urtam_vk: Account, urtam: Organization, editor: User
) -> None:
    TextLimit.objects.create(network=vk, text=100, with_media=5)

    found = check(media=((picture(urtam, editor).pk, "Мост"),))

    assert found["long"].sentence.endswith("Без картинок и файлов вместилось бы 100.")


def test_a_time_that_has_passed_asks_for_a_reason(check: Check, now: time_machine.Traveller) -> None:
    now.move_to("2026-11-30T10:00:00+07:00")

    assert check()["past"].hard
    assert "past" not in check(hour=11)


@pytest.mark.parametrize(("minutes", "told"), [(59, True), (60, False), (-59, True), (-60, False)])
def test_two_posts_within_an_hour_in_one_account_are_told(
    minutes: int, told: bool, post: PlannedPost, check: Check
) -> None:
    hour, minute = divmod(10 * 60 + minutes, 60)
    moment = datetime(2026, 11, 30, hour, minute, tzinfo=TOMSK)

    assert ("close" in check(text=TEXT, planned_at=moment)) == told


def test_nearly_the_same_text_of_the_last_thirty_days_is_told(
    plan: WeeklyPlan, content: MakeContent, check: Check, editor: User
) -> None:
    actions.add_post(plan, content(text=TEXT), by=editor)

    found = check(day=3, text=TEXT.replace("субботу", "воскресенье").upper())

    assert found["same"].sentence == "Почти тот же текст, что в посте «Ремонт моста» (пн, 30 ноября, 10:00)."
    assert not found["same"].hard
    assert "same" not in check(day=3, text="Приём граждан перенесли на среду, записаться можно по телефону приёмной.")


def test_an_older_text_may_come_again(plan: WeeklyPlan, content: MakeContent, check: Check, editor: User) -> None:
    old = actions.add_post(plan, content(text=TEXT), by=editor)
    PlannedPost.objects.filter(pk=old.pk).update(planned_at=datetime(2026, 10, 30, 10, tzinfo=TOMSK))

    assert check(day=1, text=TEXT) == {}


def test_a_post_is_not_like_itself(post: PlannedPost, content: MakeContent, urtam: Organization) -> None:
    assert checks.of(post) == []
    assert checks.of_content(urtam, content(), post) == []


def test_a_picture_without_words_is_told(check: Check, urtam: Organization, editor: User) -> None:
    silent, told = picture(urtam, editor), picture(urtam, editor, "сад.jpg")

    found = check(media=((silent.pk, " "), (told.pk, "Яблони")))

    assert found["alt"].sentence == "1 картинка без описания: мост.jpg."


def test_a_file_that_cannot_be_read_asks_for_a_reason(check: Check, urtam: Organization, editor: User) -> None:
    broken = picture(urtam, editor)
    Media.objects.update(state=MediaState.FAILED, error="Файл повреждён.")

    found = check(media=((broken.pk, "Мост"),))

    assert found["broken"] == Finding(
        "broken", "Файл «мост.jpg» с постом не выйдет.", "Файл повреждён.", field="media", hard=True
    )


def test_what_stays_in_a_file_is_told_before_it_goes_out(check: Check, urtam: Organization, editor: User) -> None:
    signed = picture(urtam, editor)
    Media.objects.update(note="Документ подписан.")

    found = check(media=((signed.pk, "Мост"),))

    assert (found["note"].sentence, found["note"].advice, found["note"].hard) == (
        "О файле «мост.jpg» нужно знать:",
        "Документ подписан.",
        False,
    )


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://example.ru/most", True),
        ("Смотрите: vk.com/wall-1_2", True),
        ("Как проехать к мосту, показали на карте: https://example.ru/most", False),
        ("Мост открыт", False),
    ],
)
def test_a_link_without_words_is_told(text: str, bare: bool, check: Check) -> None:
    assert ("link" in check(text=text)) == bare


def test_personal_data_ask_for_a_reason_and_phones_do_not(check: Check) -> None:
    found = check(text="Переведите на карту 4111 1111 1111 1111, вопросы: +7 913 555-12-34, спросить Ивана.")

    assert (found["personal"].hard, found["phone"].hard) == (True, False)


def test_the_plan_tells_of_missing_posts_and_mandatory_topics(
    post: PlannedPost, urtam: Organization, coordinator: User
) -> None:
    topic = Occasion.objects.create(
        organization=urtam,
        kind=OccasionKind.TOPIC,
        title="Пожарная безопасность",
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 3),
        is_mandatory=True,
    )

    assert [finding.code for finding in checks.of_plan(urtam, WEEK)] == ["few", "topic"]
    PlannedPost.objects.filter(pk=post.pk).update(event=topic)
    assert [finding.code for finding in checks.of_plan(urtam, WEEK)] == ["few"]


@pytest.mark.parametrize("posts", [1, 3])
def test_a_whole_plan_is_checked_in_a_fixed_number_of_queries(
    posts: int,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    urtam: Organization,
    django_assert_num_queries: Any,
) -> None:
    for day in range(posts):
        media = ((picture(urtam, editor, f"{day}.jpg").pk, ""),)
        actions.add_post(plan, content(day, text=f"{TEXT} {day}", media=media), by=editor)
    rows = list(PlannedPost.objects.for_cards().by_time())

    with django_assert_num_queries(6):
        found = checks.of_posts(urtam, rows)

    assert len(found) == posts


# --- when it is sent ----------------------------------------------------------------------------


@pytest.fixture
def card_post(plan: WeeklyPlan, content: MakeContent, editor: User) -> PlannedPost:
    return actions.add_post(plan, content(text="Переведите на карту 4111 1111 1111 1111, спасибо."), by=editor)


def test_what_is_hard_waits_for_a_line_of_why(client: Client, editor: User, card_post: PlannedPost) -> None:
    client.force_login(editor)

    client.post(f"/posts/{card_post.pk}/submit/", {"revision": 1})
    card_post.refresh_from_db()
    assert card_post.is_draft

    client.post(f"/posts/{card_post.pk}/submit/", {"revision": 1, "note": "Карта фонда, согласие есть"})
    card_post.refresh_from_db()
    assert card_post.is_submitted
    assert Review.objects.get(post=card_post).comment == "Карта фонда, согласие есть"


def test_a_plan_with_something_hard_waits_too(client: Client, editor: User, card_post: PlannedPost) -> None:
    client.force_login(editor)
    address = "/plans/urtam/2026-W49/hand-in/"

    page = client.post(address, {"reason": "Отпуск"})
    assert [card.post for card, _found in page.context["held"].rows] == [card_post]
    assert PlannedPost.objects.get().is_draft

    client.post(address, {"reason": "Отпуск", "note": "Карта фонда"})
    assert PlannedPost.objects.get().is_submitted
    assert Review.objects.get().comment == "Карта фонда"


def test_the_check_saves_nothing_and_answers_a_script_with_a_part(
    client: Client, editor: User, plan: WeeklyPlan, content: MakeContent, urtam_vk: Account
) -> None:
    client.force_login(editor)
    fields = {
        "day": "2026-12-01",
        "time": "10:00",
        "topic": "Мост",
        "text": "https://example.ru/most",
        "format": content().format.pk,
        "accounts": [urtam_vk.pk],
    }

    page = client.post("/plans/urtam/2026-W49/posts/check/", fields)
    part = client.post("/plans/urtam/2026-W49/posts/check/", fields, headers={"X-Requested-With": "fetch"})

    assert [finding.code for finding in page.context["checked"].findings] == ["link"]
    assert part.content.decode().strip().startswith('<div class="pre-check')
    assert not PlannedPost.objects.exists()


def test_what_the_check_finds_quotes_topics_that_have_quotes_of_their_own() -> None:
    found = {"sentence": "Почти тот же текст, что в посте «Конкурс «Моя улица»».", "advice": "", "field": "text"}

    page = render_to_string("contentplan/_findings.html", {"findings": [found], "edit": None})

    assert "в посте «Конкурс „Моя улица“»." in page
