"""Which column of a plan means what, by the words of its header or by what stands in it."""

import pytest

from contentplan.imports.columns import find_columns
from people.tables import Rows

HEADER = ["Дата", "Тема", "Текст"]
ROW = ["30.11", "Ремонт моста", "Мост, который ждали"]


@pytest.mark.parametrize(
    ("rows", "head", "columns"),
    [
        ([HEADER, ROW], 1, ["when", "topic", "text"]),
        ([["План на неделю", "", ""], HEADER, ROW], 2, ["when", "topic", "text"]),
        ([["№", "День", "Время", "Соцсеть", "Мероприятие"]], 1, [None, "when", "hour", "accounts", "topic"]),
        (
            [["Дата выхода", "Время выхода", "Название", "Инфоповод", "Ответственный исполнитель", "Статус"]],
            1,
            ["when", "hour", "topic", "occasion", "responsible", None],
        ),
        (
            [["30.11", "10:00", "ВК", "Ремонт моста", "Откроют в пятницу"]],
            0,
            ["when", "hour", "accounts", "topic", "text"],
        ),
        ([["Понедельник", "Ремонт моста"], ["Во вторник", "Сход"]], 0, ["when", "topic"]),
        ([["1", "пн", "Ремонт моста"], ["2", "вт", "Сход"]], 0, [None, "when", "topic"]),
    ],
)
def test_columns_are_recognised(rows: Rows, head: int, columns: list[str | None]) -> None:
    assert find_columns(rows) == (head, columns)


def test_a_post_about_a_day_is_no_header() -> None:
    rows = [["30.11", "ВК группа", "День матери"], ["1.12", "ВК группа", "Сход"]]

    assert find_columns(rows) == (0, ["when", "accounts", "topic"])


def test_the_columns_of_an_exported_plan_are_recognised() -> None:
    header = [
        "№ п/п",
        "Дата и время выхода",
        "Аккаунт (сеть, орган)",
        "Информационный повод / мероприятие",
        "Содержание",
        "Формат",
        "Ответственный (должность)",
        "Замечания координатора",
        "Согласовано (кто, когда)",
        "Статус",
        "Ссылка на публикацию (факт)",
    ]

    _head, columns = find_columns([header])

    assert columns == [None, "when", "accounts", "topic", "text", "format", "responsible", None, None, None, None]
