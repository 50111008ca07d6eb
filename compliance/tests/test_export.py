"""The workbook of a week: what the page shows, opened again by another program; nothing in it runs."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from compliance.check import check_week
from compliance.export import workbook
from compliance.models import CircumstanceKind, Finding
from compliance.tests.conftest import TOMSK, WEEK, Explain, publish
from conftest import make_account
from people.models import Organization, User
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")
ADDRESS = f"/weeks/{WEEK}/export.xlsx"


def sheet_of(client: Client, user: User, query: str = "") -> Worksheet:
    client.force_login(user)
    response = client.get(ADDRESS + query)
    assert (response.status_code, response["Content-Disposition"]) == (
        200,
        'attachment; filename="glashatay-2026-W47.xlsx"',
    )
    sheet = load_workbook(BytesIO(response.content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_a_row_says_what_the_page_says(client: Client, coordinator: User, urtam_vk: Account) -> None:
    publish(urtam_vk, 3)
    check_week(WEEK, TOMSK)

    row = rows(sheet_of(client, coordinator))[0]

    assert row[:10] == (
        datetime(2026, 11, 16),
        datetime(2026, 11, 22),
        "Urtam",
        "ВКонтакте",
        "Urtam официально",
        "https://vk.com/urtam_demo",
        3,
        5,
        2,
        "не выполнена",
    )


def test_the_hour_of_the_check_is_the_hour_of_the_body(client: Client, coordinator: User, urtam_vk: Account) -> None:
    check_week(WEEK, TOMSK)

    assert rows(sheet_of(client, coordinator))[0][11] == datetime(2026, 11, 23, 7, 0)


def test_filters_hold_for_the_workbook_too(
    client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account
) -> None:
    check_week(WEEK, TOMSK)

    assert [row[2] for row in rows(sheet_of(client, coordinator, "?body=chilino"))] == ["Chilino"]


def test_an_editor_gets_the_own_rows_only(client: Client, editor: User, urtam_vk: Account, chilino_vk: Account) -> None:
    check_week(WEEK, TOMSK)

    assert [row[2] for row in rows(sheet_of(client, editor))] == ["Urtam"]


@pytest.mark.parametrize("name", ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_runs(client: Client, coordinator: User, urtam_vk: Account, name: str) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(name=name)
    check_week(WEEK, TOMSK)

    cell = sheet_of(client, coordinator)["E2"]

    assert cell.data_type == "s"
    assert str(cell.value)[0] not in "=+-@\t\r"


def test_characters_a_workbook_refuses_are_left_out(client: Client, coordinator: User, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(name="Урта\x0bм \x1fофициально")
    check_week(WEEK, TOMSK)

    assert sheet_of(client, coordinator)["E2"].value == "Уртам официально"


def test_a_formula_behind_a_refused_character_does_not_run_either(
    client: Client, coordinator: User, urtam_vk: Account
) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(name="\x01=1+1")
    check_week(WEEK, TOMSK)

    cell = sheet_of(client, coordinator)["E2"]

    assert (cell.data_type, cell.value) == ("s", "'=1+1")


def test_a_reason_that_is_a_formula_is_text(
    client: Client, coordinator: User, urtam_vk: Account, explain: Explain
) -> None:
    explain(urtam_vk, CircumstanceKind.EXEMPT, reason="=HYPERLINK(A1)")
    check_week(WEEK, TOMSK)

    cell = sheet_of(client, coordinator)["K2"]

    assert (cell.data_type, cell.value) == ("s", "'=HYPERLINK(A1)")


def test_why_an_account_is_not_judged_stands_beside_the_result(
    client: Client, coordinator: User, urtam_vk: Account, explain: Explain
) -> None:
    explain(urtam_vk, CircumstanceKind.UNVERIFIABLE, reason="нет доступа")
    check_week(WEEK, TOMSK)

    assert rows(sheet_of(client, coordinator))[0][6:11] == (0, 5, 0, "не проверено", "нет доступа")


def test_the_head_names_every_column_and_filters_all_rows(
    client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account
) -> None:
    check_week(WEEK, TOMSK)

    sheet = sheet_of(client, coordinator)

    assert [cell.value for cell in sheet[1]] == [
        "Неделя с",
        "Неделя по",
        "Орган",
        "Сеть",
        "Аккаунт",
        "Ссылка",
        "Вышло",
        "Норма",
        "Не хватает",
        "Результат",
        "Причина",
        "Проверено",
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("2026-W47", "A2", "A1:L3")


@pytest.mark.parametrize("accounts", [1, 3])
def test_three_rows_take_no_more_queries_than_one(
    urtam: Organization, vk: SocialNetwork, accounts: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for n in range(accounts):
        make_account(urtam, vk, f"page{n}")
    check_week(WEEK, TOMSK)

    with django_assert_num_queries(2):
        content = workbook(Finding.objects.for_listing(), WEEK, TOMSK)

    assert len(rows(load_workbook(BytesIO(content)).worksheets[0])) == accounts


def test_a_week_without_results_is_a_workbook_with_a_head(client: Client, coordinator: User) -> None:
    sheet = sheet_of(client, coordinator)

    assert (rows(sheet), sheet["A1"].value) == ([], "Неделя с")
