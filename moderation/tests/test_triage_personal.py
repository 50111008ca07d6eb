"""Personal data of third persons: what is quoted, and what is left alone. All numbers here are made up."""

import pytest

from moderation.tests.sorting import classes, quotes
from moderation.triage.rule import Rule
from moderation.triage.sorter import Sorter


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Вот телефон этой соседки: 8-913-000-11-22", "8-913-000-11-22"),
        ("Он живёт на ул. Лесная, д. 5, кв. 12, приходите", "ул. Лесная, д. 5, кв. 12"),
        ("Паспорт у неё 6900 123456", "6900 123456"),
        ("СНИЛС 112-233-445 95 в открытом доступе", "112-233-445 95"),
        ("карта соседа 4000 0000 0000 0002", "4000 0000 0000 0002"),
        ("его почта petya.primer@example.org", "petya.primer@example.org"),
        ("Примеров Пётр Петрович, ул. Лесная 14", "ул. Лесная 14"),
    ],
)
def test_personal_data_of_others_is_quoted(text: str, quote: str) -> None:
    assert quotes(text, "personal_data") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Горячая линия 8-800-100-20-30, скорая 103, единый номер 112.",
        "Приёмная администрации: 8 (3822) 21-00-00.",
        "Мой телефон 8-913-000-11-22, перезвоните.",
        "Проживаю: ул. Лесная, д. 5, кв. 12.",
        "СНИЛС 112-233-445 96 с ошибкой, карта 4000 0000 0000 0003 тоже.",
        "Пишите на priemnaya@admin.example.org",
        "На ул. Лесной, 5 не горит фонарь.",
    ],
)
def test_numbers_of_services_and_the_writers_own_are_not(text: str) -> None:
    assert classes(text) == set()


def test_an_official_phone_of_the_list_is_not_personal() -> None:
    text = "Вот телефон этой соседки: 8-913-000-11-22"

    flags = Sorter([Rule("personal_data", "exception", "89130001122")]).sort(text)

    assert flags == []
