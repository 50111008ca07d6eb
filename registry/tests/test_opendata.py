"""Open data: what a program that knows the rules reads, and what it may rely on for years."""

import csv
import hashlib
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from conftest import make_account
from people.models import Organization, User
from registry import opendata
from registry.exports import COLUMNS
from registry.models import Account, DataSet, DataVersion, NetworkStatus, SocialNetwork, StructureVersion

pytestmark = pytest.mark.django_db

FIRST, SECOND = "2026-11-26T01:40+07:00", "2026-11-27T02:40+07:00"
TITLES = [
    "Идентификационный номер",
    "Наименование набора данных",
    "Описание набора данных",
    "Владелец набора данных",
    "Ответственное лицо",
    "Телефон ответственного лица",
    "Адрес электронной почты ответственного лица",
    "Гиперссылка (URL) на набор",
    "Формат данных",
    "Описание структуры набора данных",
    "Дата первой публикации набора данных",
    "Дата последнего внесения изменений",
    "Содержание последнего изменения",
    "Периодичность актуализации, дата актуальности",
    "Ключевые слова",
    "Гиперссылки на версии набора данных",
    "Гиперссылки на версии структуры набора данных",
]


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def publish(moment: str = FIRST) -> DataVersion | None:
    with time_machine.travel(moment, tick=False):
        return opendata.publish()


def read(client: Client, name: str, identifier: str = "accounts") -> bytes:
    response = client.get(f"/opendata/{identifier}/{name}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined] # a streamed answer


def table(client: Client, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(read(client, name).decode("utf-8"), newline="")))


def test_files_are_named_by_the_minute_of_the_district(urtam_vk: Account) -> None:
    version = publish()

    assert str(version) == "data-20261126T0140-structure-20261126T0140.csv"


def test_the_structure_describes_the_columns_of_the_data(client: Client, urtam_vk: Account) -> None:
    publish()

    structure = table(client, "structure-20261126T0140.csv")
    data = table(client, "data-20261126T0140-structure-20261126T0140.csv")

    assert structure[0] == ["field name", "english description", "russian description", "format"]
    assert [row[0] for row in structure[1:]] == data[0] == [column.code for column in COLUMNS]
    assert structure[2] == ["organization", "Body", "Орган", "string"]
    assert data[1][:5] == [str(urtam_vk.pk), "Администрация urtam", "ВКонтакте", urtam_vk.name, urtam_vk.url]


def test_nothing_new_makes_no_version_but_is_noted(urtam_vk: Account) -> None:
    publish()

    assert publish(SECOND) is None
    assert DataVersion.objects.get().checked_at == datetime(2026, 11, 26, 19, 40, tzinfo=UTC)
    assert StructureVersion.objects.count() == 1


def test_a_change_makes_a_version_of_the_same_structure_and_the_old_one_stays(
    client: Client, urtam: Organization, vk: SocialNetwork, urtam_vk: Account, chilino_vk: Account
) -> None:
    publish()
    before = read(client, "data-20261126T0140-structure-20261126T0140.csv")
    Account.objects.filter(pk=urtam_vk.pk).update(name="Новое имя")
    Account.objects.filter(pk=chilino_vk.pk).update(status="planned")
    make_account(urtam, vk, "duma")

    version = publish(SECOND)

    assert version
    assert str(version) == "data-20261127T0240-structure-20261126T0140.csv"
    assert version.what_changed == "добавлена 1 запись, изменена 1 запись, исключена 1 запись"
    assert read(client, "data-20261126T0140-structure-20261126T0140.csv") == before


def test_other_columns_make_a_new_structure(urtam_vk: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    for module in ("registry.exports.columns", "registry.opendata.publishing"):
        monkeypatch.setattr(f"{module}.COLUMNS", COLUMNS[:-1])

    version = publish(SECOND)

    assert str(version) == "data-20261127T0240-structure-20261127T0240.csv"


def test_a_checksum_stands_beside_every_file(client: Client, urtam_vk: Account) -> None:
    publish()

    for name in ("data-20261126T0140-structure-20261126T0140.csv", "structure-20261126T0140.csv", "meta.csv"):
        told = hashlib.sha256(read(client, name)).hexdigest()
        assert read(client, f"{name}.sha256").decode() == f"{told}  {name}\n"


def test_the_passport_has_its_17_lines(client: Client, urtam_vk: Account) -> None:
    publish()

    lines = client.get("/opendata/accounts/").context["lines"]

    assert [line.title for line in lines] == TITLES


def test_meta_csv_is_the_passport_filled_in(client: Client, district: Organization, urtam_vk: Account) -> None:
    DataSet.objects.update_or_create(
        pk=1,
        defaults={
            "inn": "7000000000",
            "responsible_post": "начальник отдела",
            "responsible_phone": "8 38244 1",
            "responsible_email": "pr@example.org",
        },
    )
    publish()

    meta = dict(table(client, "meta.csv"))

    base = f"{settings.SITE_URL}/opendata/7000000000-accounts/"
    data = "data-20261126T0140-structure-20261126T0140"
    assert meta["identifier"] == "7000000000-accounts"
    assert (meta["creator"], meta["publishername"]) == (district.name, "начальник отдела")
    assert (meta["publisherphone"], meta["publishermbox"]) == ("8 38244 1", "pr@example.org")
    assert (meta["created"], meta["modified"], meta["valid"]) == ("20261126",) * 3
    assert meta[data] == f"{base}{data}.csv"
    assert meta["structure-20261126T0140"] == f"{base}structure-20261126T0140.csv"


def test_what_is_not_filled_in_is_not_invented(client: Client, administrator: User, urtam_vk: Account) -> None:
    publish()

    assert "publishername" not in dict(table(client, "meta.csv"))
    assert client.get("/opendata/accounts/").content.decode().count("не указано") == 3
    assert client.get("/opendata/accounts/").context["edit_url"] == ""
    client.force_login(administrator)
    assert client.get("/opendata/accounts/").context["edit_url"] == "/admin/registry/dataset/"


def test_addresses_given_out_before_the_inn_was_entered_stay_good(client: Client, urtam_vk: Account) -> None:
    publish()
    DataSet.objects.update_or_create(pk=1, defaults={"inn": "7000000000"})

    assert read(client, "meta.csv") == read(client, "meta.csv", "7000000000-accounts")
    assert client.get("/opendata/1111111111-accounts/").status_code == 404


def test_rdfa_says_the_passport_to_programs(client: Client, urtam_vk: Account) -> None:
    publish()

    page = client.get("/opendata/accounts/").content.decode()

    assert 'about="/opendata/accounts" typeof="foaf:Document"' in page
    assert 'property="dc:conformsTo" href="http://opendata.gosmonitor.ru/standard/3.0"' in page
    assert set(re.findall(r'property="((?:dc|foaf):\w+)"', page)) == {
        "dc:conformsTo",
        "dc:identifier",
        "dc:title",
        "dc:description",
        "dc:creator",
        "dc:format",
        "dc:created",
        "dc:modified",
        "dc:provenance",
        "dc:valid",
        "dc:subject",
    }


def test_the_register_leads_to_the_passport(client: Client) -> None:
    response = client.get("/opendata/list.csv")

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))  # type: ignore[attr-defined] # streamed
    assert rows[0] == ["property", "title", "value", "format"]
    assert (rows[2][0], rows[2][2], rows[2][3]) == (
        "accounts",
        f"{settings.SITE_URL}/opendata/accounts/meta.csv",
        "csv",
    )


def test_a_version_with_a_network_prohibited_since_is_withdrawn(
    client: Client, urtam_vk: Account, urtam_ok: Account, ok: SocialNetwork, past_the_database: None
) -> None:
    publish()
    name = "data-20261126T0140-structure-20261126T0140.csv"
    NetworkStatus.objects.filter(network=ok).update(status="prohibited")

    assert client.get(f"/opendata/accounts/{name}").status_code == 404
    assert client.get(f"/opendata/accounts/{name}.sha256").status_code == 404
    assert name.removesuffix(".csv") not in dict(table(client, "meta.csv"))
    assert client.get("/opendata/accounts/").context["withdrawn"] == 1


def test_no_cell_can_run_as_a_formula(client: Client, urtam: Organization, vk: SocialNetwork) -> None:
    make_account(urtam, vk, "urtam", name="=HYPERLINK(1)")
    publish()

    assert table(client, "data-20261126T0140-structure-20261126T0140.csv")[1][3] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("name", ["nothing.csv", "../meta.csv", "data-.csv", "meta.csv.sha256.sha256.txt"])
def test_another_name_is_no_file(client: Client, name: str) -> None:
    assert client.get(f"/opendata/accounts/{name}").status_code == 404


@pytest.mark.parametrize("page", ["/opendata/", "/opendata/terms/", "/opendata/accounts/"])
def test_pages_stand_before_the_first_version_too(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200
