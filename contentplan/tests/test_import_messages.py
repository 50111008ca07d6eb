"""A plan pasted from a messenger: lines instead of a table, or a table whose columns became spaces and signs."""

import pytest

from contentplan.imports.columns import find_columns
from contentplan.imports.reading import read_text

HEADER = ["День", "Время", "Аккаунты", "Тема", "Текст"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "30 ноября в 10:00 — Ремонт моста (ВК)\n1 декабря в 12:00 — Сход граждан (ВК, ОК)",
            [
                ["30 ноября", "в 10:00", "ВК", "Ремонт моста", ""],
                ["1 декабря", "в 12:00", "ВК, ОК", "Сход граждан", ""],
            ],
        ),
        ("1. 30.11 10:00 ВК Ремонт моста", [["30.11", "10:00", "ВК", "Ремонт моста", ""]]),
        ("Пн 30.11 10:00 Ёлка, хоровод, чай", [["Пн 30.11", "10:00", "", "Ёлка, хоровод, чай", ""]]),
        (
            "[26.11.2026 10:15] Мария: 30.11 10:00 Ремонт моста",
            [["30.11", "10:00", "", "Ремонт моста", ""]],
        ),
        (
            "Мария Иванова, [26.11.2026 10:15]\n30.11 10:00 Ремонт моста\nМост откроют.\nЖдём всех",
            [["30.11", "10:00", "", "Ремонт моста", "Мост откроют.\nЖдём всех"]],
        ),
        (
            "*Понедельник 30.11*\n• 10:00 ВК – Ремонт моста\n• 25:00 ОК и ТГ – Сход",
            [
                ["Понедельник 30.11", "10:00", "ВК", "Ремонт моста", ""],
                ["Понедельник 30.11", "25:00", "ОК, ТГ", "Сход", ""],
            ],
        ),
        ("30.11 10:00 vk.com/urtam", [["30.11", "10:00", "", "vk.com/urtam", ""]]),
    ],
)
def test_the_lines_of_a_message_become_rows(text: str, rows: list[list[str]]) -> None:
    assert read_text(text) == [HEADER, *rows]


@pytest.mark.parametrize(
    "text",
    [
        "Дата   Время   Тема\n30.11   10:00   Ремонт моста",
        "Дата | Время | Тема\n---|---|---\n30.11 | 10:00 | Ремонт моста",
        "Дата,Время,Тема\n30.11,10:00,Ремонт моста",
    ],
)
def test_a_table_of_spaces_or_signs_is_a_table(text: str) -> None:
    assert read_text(text) == [["Дата", "Время", "Тема"], ["30.11", "10:00", "Ремонт моста"]]


@pytest.mark.parametrize("text", ["30.11,10:00,ВК,Ремонт моста\n1.12,12:00,ОК,Сход", "30.11;10:00;ВК;Ремонт моста"])
def test_a_table_without_a_header_stays_a_table(text: str) -> None:
    assert read_text(text)[0] == ["30.11", "10:00", "ВК", "Ремонт моста"]


def test_the_rows_of_a_message_have_their_columns() -> None:
    assert find_columns(read_text("30.11 10:00 ВК Ремонт моста")) == (1, ["when", "hour", "accounts", "topic", "text"])


def test_what_names_no_day_is_no_plan() -> None:
    assert read_text("Добрый день! План пришлю завтра.") == [["Добрый день! План пришлю завтра."]]
