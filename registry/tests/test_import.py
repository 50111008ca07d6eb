"""Taking the registry that stands in Excel: what each row becomes, what is wrong with it, and never anything twice."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from people.models import Organization, User
from registry import importing
from registry.imports.columns import Meaning
from registry.imports.reading import MAX_ROWS, read_file, read_text
from registry.models import Account, AccountStatus, EntryImport, EntryImportRow, Proposal, SocialNetwork
from registry.tests.conftest import GOOD, HEADER, Bring, sentence, states
from registry.views.imports import RowView

pytestmark = pytest.mark.usefixtures("vk", "ok", "facebook")


# --- what a row becomes ---


def test_a_new_page_is_entered_but_never_as_active(bring: Bring, urtam: Organization, coordinator: User) -> None:
    taken = importing.take_rows(bring(GOOD), by=coordinator)

    account = Account.objects.get()
    assert taken == 1
    assert (account.organization, account.url, account.name, account.work_phone, account.status) == (
        urtam,
        "https://vk.com/urtam_new",
        "Уртам сегодня",
        "8 (38244) 2-11-11",
        AccountStatus.UNCONFIRMED,
    )
    assert not Account.objects.public().exists()


def test_what_would_be_public_waits_for_a_second_person(bring: Bring, coordinator: User) -> None:
    header = HEADER + "\tЗакрыта"
    closed = bring("Urtam\tВК\tСтарая\tvk.com/urtam_old\tзакрыта\t\t01.03.2024", header=header)

    importing.take_rows(closed, by=coordinator)

    assert not Account.objects.exists()
    assert Proposal.objects.get().values["status"] == AccountStatus.ARCHIVED


def test_a_change_waits_and_the_public_entry_stays(bring: Bring, urtam_vk: Account, coordinator: User) -> None:
    changed = bring(f"Urtam\tВК\tДругое имя\t{urtam_vk.url}\tдействует\t")

    importing.take_rows(changed, by=coordinator)

    assert changed.rows.get().changes == [["название страницы", urtam_vk.name, "Другое имя"]]
    assert Account.objects.get().name == urtam_vk.name
    assert Proposal.objects.get().values == {"name": "Другое имя"}


def test_the_same_table_again_makes_nothing(bring: Bring, coordinator: User) -> None:
    importing.take_rows(bring(GOOD), by=coordinator)

    again = bring(GOOD)

    assert states(again) == ["same"]
    assert importing.take_rows(again, by=coordinator) == 0
    assert Account.objects.count() == 1


# --- what is wrong ---


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Urtim\tВК\t\tvk.com/urtam_new", "Возможно: «Urtam»"),
        ("Неведомый\tВК\t\tvk.com/urtam_new", "нет органа «Неведомый»"),
        ("\tВК\t\tvk.com/urtam_new", "Напишите, чья это страница"),
        ("Urtam\tВК\t\tпаблик", "Русские"),
        ("Urtam\tВК\t\t", "Здесь нет ссылки"),
        ("Urtam\tFacebook\t\tfacebook.com/urtam", "запрещена"),
        ("Urtam\t\t\thttps://facebook.com/urtam", "запрещена"),
    ],
)
def test_a_bad_row_says_what_to_do(bring: Bring, row: str, said: str) -> None:
    assert said.lower() in sentence(bring(row)).lower()


def test_a_page_named_twice_is_taken_once(bring: Bring, coordinator: User) -> None:
    entry_import = bring(GOOD, GOOD.replace("vk.com/", "https://m.vk.com/"))

    assert states(entry_import) == ["new", "bad"]
    assert "в строке 2" in sentence(entry_import)


def test_a_page_of_another_body_stays_there_and_its_entry_is_named(bring: Bring, urtam_vk: Account) -> None:
    entry_import = bring(f"Chilino\tВК\t\t{urtam_vk.url}")

    assert "как страница органа «Urtam»" in sentence(entry_import)
    assert entry_import.rows.get().account == urtam_vk


def test_the_heading_of_links_is_taken_for_no_network(bring: Bring) -> None:
    entry_import = bring("Urtim\tvk.com/urtam_new", header="Орган\tСсылка")

    assert set(cells_of(entry_import.rows.get())) == {"body", "link", "name"}


def test_a_mended_row_is_good(bring: Bring, coordinator: User) -> None:
    entry_import = bring(GOOD.replace("Urtam", "Urtim"))
    row = entry_import.rows.get()

    importing.mend_row(row, {Meaning.BODY: "Urtam"}, by=coordinator)

    assert states(entry_import) == ["new"]


def test_a_body_is_named_once_for_all_rows_that_write_it_so(bring: Bring, client: Client, coordinator: User) -> None:
    odd = GOOD.replace("Urtam", "Уртамское")
    entry_import = bring(odd, odd.replace("urtam_new", "urtam_two"), GOOD.replace("Urtam", "Иное"))
    row = entry_import.rows.order_by("number")[0]
    client.force_login(coordinator)

    client.post(f"/registry/imports/rows/{row.pk}/", {**cells_of(row), "body": "Urtam", "everywhere": "1"})

    assert states(entry_import) == ["new", "new", "bad"]


def cells_of(row: EntryImportRow) -> dict[str, str]:
    """What the form of the row sends unchanged."""
    form = RowView(row, row.entry_import).form_of()
    return {name: str(field.initial or "") for name, field in form.fields.items()}


# --- a table as people keep it ---


def messy() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Реестр официальных аккаунтов"],
        ["по состоянию на 01.11.2026", "", "", "", "", ""],
        [],
        ["№", "Наименование органа", "Официальные страницы", "", "Дата создания", "Основание"],
        ["", "", "ВКонтакте", "Одноклассники", "", ""],
        [1, 2, 3, 4, 5, 6],
        ["1", "Администрация urtam", "Уртам", "https://ok.ru/urtam.page", "1 декабря 2022 г.", "б/н"],
        [],
        ["2", "Chilino", "https://vk.com/chilino_page", "нет", "44896", "б/н"],
        ["", "", "https://vk.com/chilino_two", "-", "", ""],
        ["Итого", "3"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("C4:D4")
    sheet.merge_cells("B9:B10")
    sheet["C7"].hyperlink = "https://vk.com/urtam_page"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_messy_workbook_is_read_to_its_last_page(
    district: Organization, urtam: Organization, chilino: Organization, coordinator: User
) -> None:
    table = read_file(ContentFile(messy(), "реестр.xlsx"))
    entry_import = importing.start_import(district, table, by=coordinator)

    importing.take_rows(entry_import, by=coordinator)

    found = Account.objects.order_by("url").values_list("organization__slug", "url", "opened_on__year")
    assert list(found) == [
        ("urtam", "https://ok.ru/urtam.page", 2022),
        ("chilino", "https://vk.com/chilino_page", 2022),
        ("chilino", "https://vk.com/chilino_two", None),
        ("urtam", "https://vk.com/urtam_page", 2022),
    ]


def test_an_export_of_ours_is_read_back_without_a_difference(
    client: Client, district: Organization, urtam_vk: Account, coordinator: User
) -> None:
    content = b"".join(client.get("/accounts.csv").streaming_content)  # type: ignore[attr-defined]

    entry_import = importing.start_import(district, read_file(ContentFile(content, "a.csv")), by=coordinator)

    assert states(entry_import) == ["same"]


def test_more_than_five_thousand_rows_get_a_sentence() -> None:
    with pytest.raises(Exception, match="больше 5000 строк"):
        read_text("\n".join([HEADER, *[GOOD] * (MAX_ROWS + 50)]))


# --- in the browser ---


def test_the_department_takes_a_file_to_the_end(
    client: Client, urtam: Organization, chilino: Organization, coordinator: User, ok: SocialNetwork
) -> None:
    client.force_login(coordinator)
    file = SimpleUploadedFile("реестр.xlsx", messy())

    page = client.post("/registry/import/", {"file": file}, follow=True)
    entry_import = EntryImport.objects.get()
    client.post(f"/registry/imports/{entry_import.pk}/take/")
    importing.take_rows(entry_import, by=coordinator)

    assert "Взять 4 строки" in page.content.decode()
    assert set(states(entry_import)) == {"taken"}
