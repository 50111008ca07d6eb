"""Personal data in a text: what is taken for it, and what is not."""

import pytest

from contentplan import personal
from contentplan.personal import Kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Звоните +7 913 555-12-34", [Kind.PHONE]),
        ("Звоните 8(913)5551234", [Kind.PHONE]),
        ("Звоните +7\u00a0913\u00a0555‑12–34, как пишет Word", [Kind.PHONE]),
        ("Карта 4111\u00a01111\u00a01111\u00a01111", [Kind.CARD]),
        ("СНИЛС 112–233–445\u00a095", [Kind.SNILS]),
        ("Администрация: 8 (38244) 2-15-40", []),
        ("СНИЛС 112-233-445 95", [Kind.SNILS]),
        ("СНИЛС 11223344595", [Kind.SNILS]),
        ("СНИЛС 112-233-445 96", []),
        ("Карта 4276 1600 0000 0000 для сбора", []),
        ("Карта 4111 1111 1111 1111 для сбора", [Kind.CARD]),
        ("Карта 2200000000000005", []),
        ("паспорт серия 69 05 номер 123456", []),
        ("паспорт 6905 123456", [Kind.PASSPORT]),
        ("69 05 123456", [Kind.PASSPORT]),
        ("ИНН 7017123456", []),
        ("Расчётный счёт 40817810099910004312", []),
        ("2 декабря 2026 года, 10:00", []),
    ],
)
def test_what_is_found(text: str, kinds: list[Kind]) -> None:
    assert [found.kind for found in personal.find(text)] == kinds


def test_a_phone_of_the_body_is_meant_to_be_known() -> None:
    found = personal.find("Дежурный: +7 913 555-12-34, Иван: 8 923 111-22-33", ["8-913-555-12-34"])

    assert [one.text for one in found] == ["8 923 111-22-33"]


def test_each_number_is_told_once_as_what_it_is() -> None:
    found = personal.find("Карта 4111-1111-1111-1111 и СНИЛС 112-233-445 95")

    assert [one.kind for one in found] == [Kind.CARD, Kind.SNILS]
