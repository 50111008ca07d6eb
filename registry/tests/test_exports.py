"""Files of the registry, opened again by the programs people open them with."""

import csv
import gzip
import io
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_account, make_organization
from people.models import Organization
from registry import actions
from registry.exports import COLUMNS
from registry.models import Account, EntryChange, LegalAct, SocialNetwork
from registry.tests.conftest import enter

pytestmark = pytest.mark.django_db

FILES = ["/accounts.csv", "/accounts.xlsx", "/accounts.json", "/accounts.ndjson"]


def content(client: Client, address: str, **query: Any) -> bytes:
    response = client.get(address, query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined] # a streamed answer


def names(client: Client, address: str, **query: Any) -> list[str]:
    """Names of the pages in a file of any kind, read by a program of that kind."""
    body = content(client, address, **query)
    if address.endswith("xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
        return [str(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    if address.endswith("csv"):
        return [row[3] for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))][1:]
    if address.endswith("ndjson"):
        return [json.loads(line)["name"] for line in body.splitlines()]
    return [entry["name"] for entry in json.loads(body)["accounts"]]


@pytest.mark.parametrize("address", FILES)
def test_every_file_obeys_the_filter(
    client: Client, urtam: Organization, vk: SocialNetwork, ok: SocialNetwork, address: str
) -> None:
    enter(urtam, vk, "urtam", name="Уртам ВК")
    enter(urtam, ok, "urtam", name="Уртам ОК")

    assert names(client, address) == ["Уртам ВК", "Уртам ОК"]
    assert names(client, address, network="ok", q="уртам") == ["Уртам ОК"]
    assert client.get(address, {"network": "nowhere"}).status_code == 400


@pytest.mark.parametrize("address", FILES)
def test_no_file_tells_of_a_prohibited_network(
    client: Client, urtam: Organization, vk: SocialNetwork, facebook: SocialNetwork, address: str
) -> None:
    make_account(urtam, vk, "urtam", name="Уртам ВК")
    make_account(urtam, facebook, "urtam", name="Запрещённая", status="archived")

    assert names(client, address) == ["Уртам ВК"]


@pytest.mark.parametrize("address", FILES)
def test_an_empty_registry_is_a_whole_file(client: Client, address: str) -> None:
    assert names(client, address) == []


@pytest.mark.parametrize("address", FILES)
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(
    client: Client,
    district: Organization,
    vk: SocialNetwork,
    rows: int,
    address: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_account(make_organization(district, f"body{number}"), vk, f"body{number}")

    with django_assert_num_queries(2):
        assert len(names(client, address)) == rows


def test_a_workbook_has_days_numbers_and_text_that_cannot_run(
    client: Client, urtam: Organization, vk: SocialNetwork, the_order: LegalAct
) -> None:
    make_account(
        urtam,
        vk,
        "urtam",
        name="=HYPERLINK(1)",
        description="<b>&\x0b\n  конец",
        opened_on=date(2023, 3, 1),
        subscribers=1200,
        subscribers_on=date(2026, 11, 1),
        has_state_mark=True,
    )

    sheet = openpyxl.load_workbook(io.BytesIO(content(client, "/accounts.xlsx"))).worksheets[0]
    row = dict(zip([column.code for column in COLUMNS], sheet[2], strict=True))

    assert (row["name"].value, row["name"].data_type) == ("=HYPERLINK(1)", "s")
    assert row["description"].value == "<b>&\n  конец"
    assert (str(row["opened_on"].value), row["opened_on"].number_format) == ("2023-03-01 00:00:00", "dd\\.mm\\.yyyy")
    assert (row["subscribers"].value, row["has_state_mark"].value) == (1200, "да")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:AD2")


def test_json_tells_what_its_columns_are_and_keeps_the_kinds_of_values(
    client: Client, urtam: Organization, vk: SocialNetwork
) -> None:
    account = make_account(urtam, vk, "urtam", opened_on=date(2023, 3, 1), comments_open=False)

    answer = json.loads(content(client, "/accounts.json"))

    assert [column["code"] for column in answer["meta"]["columns"]] == [column.code for column in COLUMNS]
    entry = answer["accounts"][0]
    assert list(entry) == [column.code for column in COLUMNS]
    told = [entry[name] for name in ("id", "opened_on", "comments_open", "has_state_mark", "legal_act")]
    assert told == [account.pk, "2023-03-01", False, None, None]


def test_a_column_reads_an_entry_as_the_files_do(client: Client, urtam: Organization, vk: SocialNetwork) -> None:
    account = make_account(urtam, vk, "urtam", opened_on=date(2023, 3, 1))

    entry = json.loads(content(client, "/accounts.ndjson"))

    read = {column.code: column.value(account) for column in COLUMNS}
    assert json.loads(json.dumps(read, default=date.isoformat)) == entry


@pytest.mark.parametrize(("separator", "sign"), [("comma", ","), ("semicolon", ";"), ("tab", "\t")])
def test_the_separator_is_chosen(client: Client, urtam_vk: Account, separator: str, sign: str) -> None:
    text = content(client, "/accounts.csv", separator=separator).decode()

    assert text.startswith(f"\ufeffНомер записи{sign}Орган{sign}Сеть{sign}")


def test_another_separator_is_refused_with_a_sentence(client: Client) -> None:
    response = client.get("/accounts.csv?separator=:")

    assert (response.status_code, response.content.decode()) == (
        400,
        "Разделитель: comma (запятая), semicolon (точка с запятой) или tab.",
    )


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_dated_by_the_last_public_change(client: Client, urtam_vk: Account, address: str) -> None:
    actions.refresh_search([urtam_vk])
    change = EntryChange.objects.create(account=urtam_vk, kind="edited", is_public=True)
    change.refresh_from_db()

    headers = client.get(address).headers

    assert headers["Last-Modified"] == f"{change.made_at:%a, %d %b %Y %H:%M:%S GMT}"
    assert headers["Cache-Control"] == "no-cache"


def test_a_file_comes_packed_to_those_who_can_unpack_it(client: Client, urtam_vk: Account) -> None:
    response = client.get("/accounts.json", headers={"accept-encoding": "gzip"})

    packed = b"".join(response.streaming_content)  # type: ignore[attr-defined] # a streamed answer
    assert json.loads(gzip.decompress(packed))["accounts"][0]["name"] == urtam_vk.name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_libreoffice_opens_the_workbook(client: Client, urtam_vk: Account, tmp_path: Path) -> None:
    (tmp_path / "file.xlsx").write_bytes(content(client, "/accounts.xlsx"))

    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "file.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    rows = list(csv.reader((tmp_path / "file.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0][:3] == ["Номер записи", "Орган", "Сеть"]
    assert rows[1][:5] == [str(urtam_vk.pk), "Администрация urtam", "ВКонтакте", urtam_vk.name, urtam_vk.url]
