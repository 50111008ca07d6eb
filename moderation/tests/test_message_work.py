"""Many messages a day: several at once, cases, handing over, personal data, the counter of the menu."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from conftest import make_user
from moderation.inbox import actions
from moderation.inbox.alike import alike
from moderation.inbox.counted import pressing
from moderation.models import Case, Message, State, Unmasking
from moderation.models.steps import UNMASKED_FOR
from moderation.tests.test_message_queue import LONG_AGO, QUEUE, bring, texts
from people.models import Notice, Organization, User
from people.roles import Role
from registry.models import Account

BULK = f"{QUEUE}bulk/"
PHONE = "Мой телефон 8 913 555-12-34, перезвоните"


@pytest.fixture
def at_work(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def three(urtam_vk: Account, editor: User) -> list[Message]:
    return [bring(urtam_vk, editor, text) for text in ("Первое", "Второе", "Третье")]


def test_the_writers_own_telephone_is_hidden_in_the_list(at_work: Client, urtam_vk: Account, editor: User) -> None:
    bring(urtam_vk, editor, PHONE)

    assert texts(at_work) == ["Мой телефон • ••• •••-••-••, перезвоните"]


def test_and_in_what_a_search_finds(at_work: Client, urtam_vk: Account, editor: User) -> None:
    bring(urtam_vk, editor, PHONE)

    assert texts(at_work, "?q=перезвоните") == ["Мой телефон • ••• •••-••-••, перезвоните"]


def test_personal_data_is_shown_to_whoever_says_why(at_work: Client, urtam_vk: Account, editor: User) -> None:
    message = bring(urtam_vk, editor, PHONE)
    page = f"{QUEUE}{message.pk}/"
    before = "555-12-34" in at_work.get(page).content.decode()

    at_work.post(f"{page}look/", {"look_reason": "Перезвонить"})
    after = at_work.get(page).content.decode()

    assert (before, "555-12-34" in after, "Перезвонить" in after) == (False, True, True)
    assert Unmasking.objects.values_list("made_by", "reason").get() == (editor.pk, "Перезвонить")


def test_without_a_reason_nothing_is_shown(at_work: Client, urtam_vk: Account, editor: User) -> None:
    message = bring(urtam_vk, editor, PHONE)

    page = at_work.post(f"{QUEUE}{message.pk}/look/", {"look_reason": " "})

    assert (Unmasking.objects.count(), "555-12-34" in page.content.decode()) == (0, False)


def test_a_look_holds_half_an_hour_and_for_one_person(
    client: Client, urtam: Organization, urtam_vk: Account, editor: User, time_machine: Any
) -> None:
    message = bring(urtam_vk, editor, PHONE)
    other = make_user("second", Role.EDITOR, urtam)
    page = f"{QUEUE}{message.pk}/"
    now = timezone.now()
    Unmasking.objects.create(message=message, made_by=editor, reason="Перезвонить", made_at=now)

    def sees(user: User) -> bool:
        client.force_login(user)
        return "555-12-34" in client.get(page).content.decode()

    at_once = (sees(editor), sees(other))
    time_machine.move_to(now + UNMASKED_FOR + timedelta(seconds=1))

    assert (at_once, sees(editor)) == ((True, False), False)


def test_looks_are_only_added_to(urtam_vk: Account, editor: User) -> None:
    row = Unmasking.objects.create(message=bring(urtam_vk, editor, PHONE), made_by=editor, reason="Перезвонить")

    with pytest.raises(DatabaseError), transaction.atomic():
        Unmasking.objects.filter(pk=row.pk).update(reason="Другое")


def test_several_are_closed_at_once(at_work: Client, three: list[Message]) -> None:
    data = {"do": "close", "reason": "Благодарность", "chosen": [three[0].pk, three[1].pk]}

    response = at_work.post(f"{BULK}?whose=nobody", data)

    assert (texts(at_work), response.headers["Location"]) == (["Третье"], f"{QUEUE}?whose=nobody")


def test_without_a_reason_what_was_ticked_stays_ticked(at_work: Client, three: list[Message]) -> None:
    page = at_work.post(BULK, {"do": "close", "chosen": [three[1].pk]})

    ticked = [message.pk for message, _text, _late, is_ticked in page.context["rows"] if is_ticked]
    assert (ticked, list(page.context["bulk"].errors)) == ([three[1].pk], ["reason"])


def test_several_are_given_to_me_without_choosing_anybody(at_work: Client, three: list[Message], editor: User) -> None:
    at_work.post(BULK, {"do": "assign", "to": "", "chosen": [message.pk for message in three]})

    assert texts(at_work, "?whose=me") == ["Первое", "Второе", "Третье"]


def test_messages_of_another_body_are_not_touched(at_work: Client, chilino_vk: Account, coordinator: User) -> None:
    message = bring(chilino_vk, coordinator, "Чужое")

    at_work.post(BULK, {"do": "close", "reason": "Благодарность", "chosen": [message.pk]})

    assert Message.objects.get().state == State.NEW


def test_a_reply_to_one_of_a_case_answers_all(three: list[Message], editor: User, coordinator: User) -> None:
    actions.merge(three[:2], title="Фонари", by=editor)

    actions.answer(Message.objects.get(pk=three[0].pk), by=coordinator, link="https://vk.com/wall-1_2")

    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["answered", "answered", "new"]


def test_the_page_of_a_case_lists_its_messages(at_work: Client, three: list[Message]) -> None:
    response = at_work.post(BULK, {"do": "merge", "title": "Фонари", "chosen": [three[0].pk, three[2].pk]})

    page = at_work.get(response.headers["Location"])

    assert [text for _message, text, _late in page.context["rows"]] == ["Первое", "Третье"]


def test_nobody_of_another_body_opens_the_case(
    client: Client, three: list[Message], editor: User, outsider: User
) -> None:
    case = actions.merge(three, title="Фонари", by=editor)
    client.force_login(outsider)

    assert client.get(f"{QUEUE}cases/{case.pk}/").status_code in (403, 404)


def test_messages_about_the_same_thing_are_offered(at_work: Client, urtam_vk: Account, editor: User) -> None:
    message = bring(urtam_vk, editor, "Когда починят фонари на Садовой?")
    same = bring(urtam_vk, editor, "На Садовой опять не горят фонари, когда починят")
    bring(urtam_vk, editor, "Где взять справку о составе семьи?")

    offered = at_work.get(f"{QUEUE}{message.pk}/").context["alike"]
    at_work.post(f"{QUEUE}{message.pk}/merge/", {"title": "Фонари на Садовой", "chosen": [same.pk]})

    assert ([row.pk for row, _text in offered], Case.objects.get().messages.count()) == ([same.pk], 2)


def test_short_words_make_nothing_alike(urtam_vk: Account, editor: User) -> None:
    message, other = (bring(urtam_vk, editor, text) for text in ("А где он был?", "А где мы все?"))

    assert alike(message, [other]) == []


def test_a_message_is_handed_over_with_its_term_and_a_note(
    at_work: Client, three: list[Message], editor: User, chilino: Organization
) -> None:
    receiver = make_user("receiver", Role.EDITOR, chilino)
    message = three[0]
    due_at = message.due_at

    at_work.post(f"{QUEUE}{message.pk}/forward/", {"to": chilino.pk, "note": "Это их дорога"})

    message.refresh_from_db()
    step = message.steps.get()
    assert (message.organization, message.due_at, step.body, step.reason) == (chilino, due_at, chilino, "Это их дорога")
    assert at_work.get(f"{QUEUE}{message.pk}/").status_code == 404
    assert list(Notice.objects.values_list("user", flat=True)) == [receiver.pk]


def test_handing_over_needs_a_body_and_a_note(at_work: Client, three: list[Message]) -> None:
    page = at_work.post(f"{QUEUE}{three[0].pk}/forward/", {"to": "", "note": ""})

    assert sorted(page.context["form"].errors) == ["note", "to"]


def test_the_conversation_stands_on_the_page(at_work: Client, urtam_vk: Account, editor: User) -> None:
    first = bring(urtam_vk, editor, "Вопрос", post="45", thread="60")
    bring(urtam_vk, editor, "Другая беседа", post="45", thread="61")
    second = bring(urtam_vk, editor, f"Ответ. {PHONE}", post="45", thread="60")

    rows = at_work.get(f"{QUEUE}{first.pk}/").context["thread"]

    assert [(row.pk, "555" in text) for row, text in rows] == [(first.pk, False), (second.pk, False)]


def test_next_and_previous_go_through_the_queue(at_work: Client, three: list[Message]) -> None:
    for days, message in enumerate(three):
        Message.objects.filter(pk=message.pk).update(due_at=LONG_AGO + timedelta(days=days) if days else None)

    page = at_work.get(f"{QUEUE}{three[2].pk}/").context

    # Without a term it stands last.
    assert (page["previous"].pk, page["following"].pk) == (three[1].pk, three[0].pk)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=private", ["Личное"]),
        ("?flag=any", ["Идиоты, где фонари"]),
        ("?since=2026-11-20", ["Личное"]),
        ("?until=2026-11-09", ["Идиоты, где фонари"]),
    ],
)
def test_more_filters(at_work: Client, urtam_vk: Account, editor: User, query: str, found: list[str]) -> None:
    bring(urtam_vk, editor, "Идиоты, где фонари")
    bring(urtam_vk, editor, "Личное", kind="private", received_at=LONG_AGO + timedelta(days=14))
    Message.objects.filter(text__startswith="Идиоты").update(hints=" insult ")

    assert texts(at_work, query) == found


def test_the_menu_counts_new_and_overdue(
    urtam_vk: Account, chilino_vk: Account, editor: User, coordinator: User, three: list[Message]
) -> None:
    bring(chilino_vk, coordinator, "Чужое")
    actions.assign(three[0], to=editor, by=editor)
    Message.objects.filter(pk=three[0].pk).update(due_at=timezone.now() + timedelta(days=1))

    found = [pressing(User.objects.get(pk=user.pk)) for user in (editor, coordinator)]

    assert found == ["2", "3"]


def test_the_menu_stops_counting_at_a_hundred(urtam_vk: Account, editor: User, three: list[Message]) -> None:
    first = three[0]
    Message.objects.bulk_create(
        Message(
            organization=first.organization,
            account=first.account,
            external_id=f"many-{number}",
            text="Вопрос",
            received_at=LONG_AGO,
            source=first.source,
            added_by=editor,
        )
        for number in range(120)
    )

    assert pressing(User.objects.get(pk=editor.pk)) == "99+"


def test_what_was_not_taken_is_said_above_the_list_and_its_links_lead_on(at_work: Client, three: list[Message]) -> None:
    page = at_work.post(f"{BULK}?whose=nobody", {"do": "merge", "title": ""}).content.decode()

    said, first = page.index("отметьте их в списке"), page.index('class="plain journal"')
    led = at_work.get(f"{BULK}?due=overdue")
    assert (said < first, led.status_code, led["Location"]) == (True, 302, f"{QUEUE}?due=overdue")


def test_a_reload_of_a_step_that_was_not_taken_leads_to_the_message(at_work: Client, three: list[Message]) -> None:
    address = f"{QUEUE}{three[0].pk}/"

    assert [at_work.get(f"{address}{action}/?template=3")["Location"] for action in ("step", "look", "merge")] == [
        f"{address}?template=3"
    ] * 3


def test_a_state_is_one_press_away_and_keeps_the_other_filters(at_work: Client, three: list[Message]) -> None:
    page = at_work.get(f"{QUEUE}?whose=nobody&state=paused&page=2").content.decode()

    assert f'href="{QUEUE}?whose=nobody&amp;state=answered"' in page
    assert f'href="{QUEUE}?whose=nobody&amp;state=paused" aria-current="true"' in page


@pytest.mark.parametrize(
    ("query", "is_open"), [("", False), ("?state=paused", False), ("?state=any", True), ("?state=x", True)]
)
def test_filters_stand_open_only_where_nothing_else_tells_what_is_shown(
    at_work: Client, query: str, is_open: bool
) -> None:
    assert at_work.get(f"{QUEUE}{query}").context["is_narrowed"] is is_open
