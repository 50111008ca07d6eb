"""The workbook of a week: what the page shows, opened again by another program; nothing in it runs."""

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from compliance.check import check_week
from compliance.tests.conftest import TOMSK, WEEK, publish
from people.models import User
from registry.models import Account

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


def test_a_week_without_results_is_a_workbook_with_a_head(client: Client, coordinator: User) -> None:
    sheet = sheet_of(client, coordinator)

    assert (rows(sheet), sheet["A1"].value) == ([], "Неделя с")
