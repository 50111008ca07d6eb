"""The department brings the registry it has kept in Excel, mends what is wrong, and has it in the portal."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from person import Person

Come = Callable[..., Person]


def messy(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Реестр официальных аккаунтов"],
        [],
        ["№ п/п", "Наименование органа", "Официальные страницы", ""],
        ["", "", "ВКонтакте", "Одноклассники"],
        [1, 2, 3, 4],
        ["1", "Администрация Уртамского сельского поселения", "Уртам", "https://ok.ru/urtam.iz.tablicy"],
        ["2", "Чилинское сельсое поселение", "https://vk.com/chilino_iz_tablicy", "нет"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C3:D3")
    sheet["C6"].hyperlink = "https://vk.com/urtam_iz_tablicy"
    path = folder / "Реестр.xlsx"
    book.save(path)
    return path


def test_the_coordinator_takes_a_messy_workbook_to_the_end(person: Come, tmp_path: Path) -> None:
    coordinator = person("coordinator")
    coordinator.go("/registry/import/")
    coordinator.page.set_input_files("[name=file]", messy(tmp_path))
    coordinator.press("Посмотреть строки")
    coordinator.look("registry-import")

    wrong = coordinator.page.locator(".import-row").filter(has_text="Исправить")
    while wrong.count():
        wrong.first.locator("[name=body]").fill("Чилинское поселение")
        coordinator.press(wrong.first.get_by_role("button", name="Исправлено, проверить"))
    coordinator.press("Взять 3 строки")
    coordinator.waits_for("Взята")
    coordinator.go("/registry/?q=tablicy")

    for name in ("urtam_iz_tablicy", "urtam.iz.tablicy", "chilino_iz_tablicy"):
        coordinator.sees(name)
    coordinator.sees_not("tablicy_net")
