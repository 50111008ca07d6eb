"""Registries as people really keep them, and files that are none: each gets a clear sentence, and nothing is lost."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from people.models import Organization, User
from registry import importing
from registry.imports.reading import read_file
from registry.models import Account, AccountStatus, EntryImport, FormerName, Proposal, SocialNetwork
from registry.tests.conftest import GOOD, HEADER, Bring, sentence, states

pytestmark = pytest.mark.usefixtures("vk", "ok", "facebook", "urtam", "chilino")
CLOSED = HEADER + "\tЗакрыта"


def said(entry_import: EntryImport) -> list[tuple[int, str, str]]:
    """Each row: its number, its state, what is said of it."""
    rows = entry_import.rows.order_by("number", "part")
    return [(row.number, row.state, " ".join(row.findings.values())) for row in rows]


def brought(content: bytes, district: Organization, by: User, name: str = "реестр.xlsx") -> EntryImport:
    return importing.start_import(district, read_file(SimpleUploadedFile(name, content)), by=by)


# --- workbooks ---


def workbook() -> bytes:
    """Two sheets, titles, a body merged over its rows, names with links behind them, phones, what is prohibited."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Титул"
    cover.append(["Реестр официальных страниц"])
    sheet = book.create_sheet("Реестр")
    for row in (
        ["Приложение № 1"],
        ["Реестр официальных страниц органов и учреждений"],
        [],
        ["№", "Орган", "Ссылки", "Рабочий телефон"],
        [1, "Urtam", "Уртам сегодня", 83824421111],
        [2, None, "https://vk.com/urtam_a, https://ok.ru/urtam.b", "8 (38244) 2-11-11"],
        [None, None, None, None],
        [3, None, "https://www.facebook.com/urtam", None],
        [4, "Chilino", "m.facebook.com/chilino", None],
        [5, None, "https://vk.com/nobody_knows", None],
        [6, "Chilino", "https://m.vk.com/urtam_hidden", None],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("B5:B8")
    sheet["C5"].hyperlink = "https://vk.com/urtam_hidden"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_row_of_a_messy_workbook_says_what_becomes_of_it(
    district: Organization, coordinator: User, facebook: SocialNetwork
) -> None:
    prohibited = "Эта сеть запрещена в России, её страницы в реестр не вносят."

    entry_import = brought(workbook(), district, coordinator)

    assert said(entry_import) == [
        (5, "new", ""),
        (6, "new", ""),
        (6, "new", ""),
        (8, "bad", prohibited),
        (9, "bad", prohibited),
        (10, "new", ""),
        (11, "bad", "Та же страница, что в строке 5: она будет взята один раз."),
    ]
    importing.take_rows(entry_import, by=coordinator)
    assert Account.objects.count() == 4
    assert not Account.objects.filter(network=facebook).exists()


def test_a_phone_kept_as_a_number_stays_a_phone(district: Organization, coordinator: User) -> None:
    importing.take_rows(brought(workbook(), district, coordinator), by=coordinator)

    assert Account.objects.get(url="https://vk.com/urtam_hidden").work_phone == "83824421111"


# --- documents of Word ---


def document() -> bytes:
    """Two tables, the second goes on with the first; a body merged downwards; a name with a link behind it."""
    made = Document()
    for rows in (
        [("Орган", "Страница", "Ссылка"), ("Urtam", "Первая", "ВК"), ("", "Вторая", "https://vk.com/urtam_b")],
        [("Chilino", "Третья", "https://ok.ru/chilino.c"), ("Chilino", "Четвёртая", "https://t.me/")],
    ):
        table = made.add_table(rows=len(rows), cols=3)
        for row, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
        made.add_paragraph("Продолжение")
    first = made.tables[0]
    first.cell(1, 0).merge(first.cell(2, 0))
    hide(first.cell(1, 2).paragraphs[0], "https://vk.com/urtam_a")
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def hide(paragraph: Any, address: str) -> None:
    """Puts a link behind the words of a paragraph."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    for run in list(paragraph.runs):
        link.append(run._r)
    paragraph._p.append(link)


def test_two_tables_of_word_are_read_as_one(district: Organization, coordinator: User) -> None:
    entry_import = brought(document(), district, coordinator, "реестр.docx")

    importing.take_rows(entry_import, by=coordinator)

    assert list(Account.objects.order_by("url").values_list("organization__slug", "url")) == [
        ("chilino", "https://ok.ru/chilino.c"),
        ("urtam", "https://vk.com/urtam_a"),
        ("urtam", "https://vk.com/urtam_b"),
    ]
    assert states(entry_import)[-1] == "bad"


def test_a_table_of_an_old_windows_is_read(district: Organization, coordinator: User) -> None:
    text = "Орган;Соцсеть;Название страницы;Ссылка\r\nUrtam;ВКонтакте;Уртам сегодня;vk.com/urtam_new\r\n"

    importing.take_rows(brought(text.encode("cp1251"), district, coordinator, "a.csv"), by=coordinator)

    assert Account.objects.get().name == "Уртам сегодня"


# --- files that are none ---


def bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    return file.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "Файл пуст", id="nothing"),
        pytest.param(OLD, "без пароля", id="old or with a password"),
        pytest.param(bomb(), "слишком велик", id="bomb"),
        pytest.param(workbook()[:900], "повреждён", id="torn"),
        pytest.param(b"%PDF-1.7\n" + b"x" * 500, "PDF", id="pdf"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_what_was_pasted_stays(
    client: Client, coordinator: User, content: bytes, told: str
) -> None:
    client.force_login(coordinator)
    pasted = f"{HEADER}\n{GOOD}"

    page = client.post("/registry/import/", {"file": SimpleUploadedFile("реестр.xlsx", content), "table": pasted})

    assert page.status_code == 200
    assert told in page.content.decode()
    assert "vk.com/urtam_new" in page.content.decode()
    assert not EntryImport.objects.exists()


# --- what is said before anything is taken ---


@pytest.mark.parametrize("status", ["active", "suspended"])
def test_a_table_closes_no_page_and_says_so_before(
    bring: Bring, client: Client, urtam_vk: Account, coordinator: User, status: str
) -> None:
    Account.objects.update(status=status)
    client.force_login(coordinator)

    entry_import = bring(f"Urtam\tВК\t\t{urtam_vk.url}\tзакрыта\t\t01.03.2024", header=CLOSED)

    assert "Таблица её не закрывает" in sentence(entry_import)
    page = client.get(f"/registry/imports/{entry_import.pk}/").content.decode()
    assert f'href="/accounts/{urtam_vk.pk}/"' in page


def test_a_day_of_closing_without_a_status_closes(bring: Bring) -> None:
    entry_import = bring("Urtam\tВК\t\tvk.com/urtam_old\t\t\t01.03.2024", header=CLOSED)

    assert said(entry_import) == [(2, "new", "Запись станет видна всем: она будет ждать второго человека.")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Urtam\tВК\t\tvk.com/urtam_old\tдействует\t\t01.03.2024\t", "Уберите день или исправьте статус"),
        ("Urtam\tВК\t\tvk.com/urtam_old\tзакрыта\t\t01.03.2024\t02.03.2024", "раньше, чем открылась"),
    ],
)
def test_days_that_contradict_each_other_are_told_of(bring: Bring, row: str, told: str) -> None:
    entry_import = bring(row, header=CLOSED + "\tДата создания")

    assert told in sentence(entry_import)


def test_a_state_that_a_table_does_not_change_is_told_of(bring: Bring, urtam_vk: Account) -> None:
    Account.objects.update(status=AccountStatus.ARCHIVED, closed_on=timezone.localdate())

    entry_import = bring(f"Urtam\tВК\tИное имя\t{urtam_vk.url}\tдействует\t")

    told = "В реестре эта страница «закрыта (архив)». Таблица этого не меняет."
    assert said(entry_import) == [(2, "changed", told)]


def test_a_change_of_an_entry_that_waits_already_is_refused_before(
    bring: Bring, urtam_vk: Account, coordinator: User
) -> None:
    row = f"Urtam\tВК\tИное имя\t{urtam_vk.url}\t\t"
    importing.take_rows(bring(row), by=coordinator)

    again = bring(row)

    assert "уже ждёт решения" in sentence(again)
    assert Proposal.objects.count() == 1


def test_a_page_that_is_proposed_already_is_not_entered_beside(bring: Bring, coordinator: User) -> None:
    row = "Urtam\tВК\t\tvk.com/urtam_old\tзакрыта\t\t01.03.2024"
    importing.take_rows(bring(row, header=CLOSED), by=coordinator)

    again = bring("Urtam\tВК\t\tvk.com/urtam_old\t\t\t", header=CLOSED)

    assert "уже предложена и ждёт решения" in sentence(again)


def test_a_former_address_makes_no_second_entry(bring: Bring, urtam_vk: Account, vk: SocialNetwork) -> None:
    FormerName.objects.create(
        account=urtam_vk, network=vk, url="https://vk.com/urtam_once", handle="urtam_once", until=timezone.now()
    )

    entry_import = bring("Urtam\tВК\t\thttps://m.vk.com/urtam_once\t\t")

    assert f"теперь её адрес {urtam_vk.address}" in sentence(entry_import)


def test_a_body_may_keep_no_page_in_two_networks(bring: Bring, coordinator: User) -> None:
    rows = [f"Urtam\t{network}\t\t\tне ведётся\t\tРаспоряжение 1" for network in ("ВК", "ОК")]

    assert states(bring(*rows, header=HEADER + "\tПравовой акт")) == ["new", "new"]
