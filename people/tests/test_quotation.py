"""Quotes within quotes, as Russian writes them."""

import pytest
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from people.models import Notice, User
from people.quotation import nested
from people.telling import Event, Words, tell


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Сохранено: «Сход».", "Сохранено: «Сход»."),
        ("Сохранено: «Акция «Лёд»».", "Сохранено: «Акция „Лёд“»."),
        ("«Лёд» и «Акция «Лёд» в «Заре»»", "«Лёд» и «Акция „Лёд“ в „Заре“»"),
        ("Сохранено: «Акция „Лёд“».", "Сохранено: «Акция „Лёд“»."),
        ("Сохранено: «Акция «Лёд».", "Сохранено: «Акция «Лёд»."),
        ("Сохранено: «Лёд»».", "Сохранено: «Лёд»»."),
    ],
)
def test_quotes_within_quotes_are_of_the_other_kind_where_they_pair(typed: str, written: str) -> None:
    assert nested(typed) == written


def test_a_message_quotes_a_title_that_has_quotes_of_its_own() -> None:
    page = render_to_string("_messages.html", {"messages": [Message(SUCCESS, "Сохранено: «Акция «<Лёд>»».")]})

    assert "Сохранено: «Акция „&lt;Лёд&gt;“»." in page


def test_a_notice_quotes_a_title_that_has_quotes_of_its_own(editor: User) -> None:
    tell(Event("approved"), [editor], Words("Согласовано: «Акция «Лёд»»", "/"), key="1")

    assert Notice.objects.get().title == "Согласовано: «Акция „Лёд“»"
