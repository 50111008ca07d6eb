"""Messages come in once, are sorted as they come, and keep their authors sealed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from moderation.inbox import authors
from moderation.inbox.intake import Arrival, receive
from moderation.inbox.masking import masked
from moderation.models import Message, Source, State
from people.models import User
from registry.models import Account

# A Friday, 15:30 in Tomsk; the body works until 17:00.
FRIDAY = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)


@pytest.fixture
def arrival(urtam_vk: Account) -> Callable[..., Arrival]:
    def make(**fields: Any) -> Arrival:
        values: dict[str, Any] = {
            "account": urtam_vk,
            "text": "Когда починят дорогу на Центральной?",
            "received_at": datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
            "external_id": "501",
            "post": "77",
        }
        return Arrival(**{**values, **fields})

    return make


Make = Callable[..., Arrival]


def test_a_message_comes_in_once_however_often_it_is_brought(arrival: Make, editor: User) -> None:
    first = receive([arrival()], by=editor, source=Source.API)
    again = receive([arrival(text="Изменённый текст"), arrival(external_id="502")], by=editor, source=Source.API)

    assert [new for _message, new in first + again] == [True, False, True]
    assert again[0][0].text == "Когда починят дорогу на Центральной?"
    assert Message.objects.count() == 2


def test_one_number_twice_in_a_batch_is_one_message(arrival: Make, editor: User) -> None:
    result = receive([arrival(), arrival()], by=editor, source=Source.API)

    assert [new for _message, new in result] == [True, False]
    assert Message.objects.count() == 1


def test_the_same_number_under_another_post_is_another_message(arrival: Make, editor: User) -> None:
    receive([arrival(), arrival(post="78")], by=editor, source=Source.API)

    assert Message.objects.count() == 2


def test_a_row_without_a_number_brought_again_is_the_same_message(arrival: Make, editor: User) -> None:
    receive([arrival(external_id="")], by=editor, source=Source.FILE)
    receive([arrival(external_id=""), arrival(external_id="", text="Другой вопрос")], by=editor, source=Source.FILE)

    assert Message.objects.count() == 2


def test_the_number_of_such_a_row_tells_nobody_who_wrote_it(arrival: Make, settings: Any) -> None:
    row = arrival(external_id="", author_name="Анна Петрова")
    number = row.number
    settings.SECRET_KEY = "another long and secret key of the portal, new"

    assert row.number != number  # nobody without the key of the portal can try names on it


def test_thirty_messages_ask_as_many_queries_as_one(
    arrival: Make, editor: User, django_assert_num_queries: Any
) -> None:
    receive([arrival(external_id="warm-up")], by=editor, source=Source.API)

    with django_assert_num_queries(10):
        receive([arrival(external_id="1")], by=editor, source=Source.API)
    with django_assert_num_queries(10):
        receive([arrival(external_id=str(n)) for n in range(100, 130)], by=editor, source=Source.API)


def test_each_text_is_sorted_and_the_hint_quotes_its_words(arrival: Make, editor: User) -> None:
    [(message, _new)] = receive([arrival(text="Позвоните Ивановой: 8 913 555-12-34")], by=editor, source=Source.FORM)

    [flag] = message.flags
    assert (message.classes, message.text[flag["start"] : flag["end"]]) == (["personal_data"], "8 913 555-12-34")
    assert masked(message) == "Позвоните Ивановой: • ••• •••-••-••"


def test_the_term_runs_in_working_hours_over_the_weekend(arrival: Make, editor: User) -> None:
    rows = [arrival(received_at=FRIDAY), arrival(received_at=FRIDAY, is_urgent=True, external_id="2")]

    [(ordinary, _), (urgent, _)] = receive(rows, by=editor, source=Source.FORM)

    # An hour and a half is left of Friday; Monday has lunch from 13 to 14.
    assert timezone.localtime(ordinary.due_at).strftime("%d %H:%M") == "30 16:30"
    assert timezone.localtime(urgent.due_at).strftime("%d %H:%M") == "30 11:30"


def test_the_author_is_sealed_in_the_database_and_shown_to_those_who_answer(arrival: Make, editor: User) -> None:
    receive([arrival(author_name="Анна Петрова", author_id="id12345")], by=editor, source=Source.API)

    stored = str(Message.objects.values().get())
    assert ("Петрова" in stored, "12345" in stored) == (False, False)
    assert authors.name_of(Message.objects.get()) == "Анна Петрова"


def test_a_forgotten_author_can_still_prove_authorship(arrival: Make, editor: User, settings: Any) -> None:
    receive([arrival(author_name="Анна Петрова", author_id="id12345")], by=editor, source=Source.API)
    long_ago = timezone.now() - timedelta(days=settings.AUTHOR_KEPT_DAYS + 1)
    Message.objects.update(state=State.CLOSED, done_at=long_ago)

    forgotten = [authors.forget(), authors.forget()]

    message = Message.objects.get()
    assert (forgotten, message.author, authors.name_of(message)) == ([1, 0], "", "")
    assert (authors.is_author(message, "id12345"), authors.is_author(message, "id54321")) == (True, False)


def test_the_author_of_an_open_message_is_not_forgotten(arrival: Make, editor: User) -> None:
    receive([arrival(author_name="Анна Петрова")], by=editor, source=Source.API)

    assert authors.forget(timezone.now() + timedelta(days=5000)) == 0


def test_after_a_change_of_the_secret_key_authors_are_still_known(arrival: Make, editor: User, settings: Any) -> None:
    receive([arrival(author_name="Анна Петрова", author_id="id12345")], by=editor, source=Source.API)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another long and secret key of the portal, new"

    message = Message.objects.get()
    assert (authors.name_of(message), authors.is_author(message, "id12345")) == ("", False)

    settings.SECRET_KEY_FALLBACKS = [old]
    assert (authors.name_of(message), authors.is_author(message, "id12345")) == ("Анна Петрова", True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "а" * 20_001}, "text"),
        ({"kind": "letter"}, "kind"),
        ({"received_at": datetime(2100, 1, 1, tzinfo=UTC)}, "received_at"),
        ({"external_id": "1" * 101}, "external_id"),
        ({"author_name": "я" * 201}, "author_name"),
        ({"link": "https://ok.ru/group/1"}, "link"),
    ],
)
def test_what_is_wrong_with_a_message_is_said_of_its_field(arrival: Make, fields: dict[str, Any], field: str) -> None:
    assert list(arrival(**fields).problems()) == [field]
