"""A body proposes a page, the department verifies it, everybody sees it at once; so with a closed and a lost one."""

from collections.abc import Callable
from pathlib import Path

from docx import Document
from person import Person
from playwright.sync_api import expect

Come = Callable[..., Person]
OPEN_LIST = "/?organization=urtamskoe"
NAME = "Уртам: новая страница (демо)"


def test_a_proposed_page_is_public_as_soon_as_it_is_verified(person: Come) -> None:
    citizen, editor, coordinator = person(), person("urtam"), person("coordinator")
    _read_before(citizen)

    editor.go("/accounts/new/")
    editor.page.fill("[name=url]", "https://vk.com/glashatay_demo_urtam_new?from=search")
    editor.page.fill("[name=name]", NAME)
    editor.page.select_option("[name=organization]", label="Уртамское поселение")
    editor.page.fill("[name=responsible_post]", "управляющий делами")
    editor.page.fill("[name=reason]", "Завели в ноябре")
    editor.press("Предложить запись")
    editor.sees("ждёт решения")
    editor.look("proposal-of-a-body")
    _read_before(citizen)  # what waits is nobody's but the portal's

    coordinator.go("/proposals/")
    coordinator.press(f"Новая запись: {NAME}")
    coordinator.look("proposal-to-decide")
    coordinator.press("Принять")  # unanswered: comes back with a sentence
    coordinator.errors = [error for error in coordinator.errors if "status of 400" not in error]
    coordinator.sees("Ответьте и на этот вопрос")
    for yes in coordinator.page.locator(".check input[value=yes]").all():
        yes.check()
    coordinator.press("Принять")
    coordinator.sees("Принято")

    citizen.go(OPEN_LIST)
    citizen.sees(NAME)
    citizen.go("/check/?url=m.vk.com/glashatay_demo_urtam_new")
    citizen.sees("Да, это страница органа")
    editor.go("/notices/")
    editor.sees("Принято в реестр")


def _read_before(citizen: Person) -> None:
    """The open pages as they are kept ready: the new name is not there."""
    citizen.go(OPEN_LIST)
    citizen.sees("Уртам официальный")
    citizen.sees_not(NAME)
    citizen.go("/check/?url=m.vk.com/glashatay_demo_urtam_new")
    citizen.sees_not("Да, это страница органа")


def test_a_page_is_closed_and_its_name_stays_under_watch(person: Come) -> None:
    editor, coordinator, citizen = person("chilino"), person("coordinator"), person()
    editor.go("/registry/?q=chilino&network=vk")
    editor.press("Чилино сегодня")
    editor.press("Закрыть страницу…")
    editor.page.get_by_label("страницы больше нет").check()
    editor.page.fill("[name=closed_on]", "2026-11-20")
    editor.page.fill("[name=reason]", "Удалили, пишем в MAX")
    editor.press(editor.page.locator("main form button[type=submit]").first)

    coordinator.go("/proposals/")
    coordinator.press("Закрыть: Чилино сегодня")
    coordinator.page.get_by_label("Я открыл(а) этот адрес").check()
    coordinator.press("Принять")
    citizen.go("/check/?url=vk.com/glashatay_demo_chilino")
    citizen.sees("Была официальной до")

    coordinator.go("/registry/closed/?q=chilino")
    row = coordinator.page.locator(".closed-name").filter(has_text="glashatay_demo_chilino")
    row.get_by_text("Отметить, что там сейчас").click()
    coordinator.look("closed-names")
    row.get_by_label("Заметка").fill("Просит перевести деньги")
    coordinator.press(row.get_by_role("button", name="выдаёт себя за орган").last)
    expect(coordinator.page.locator("h1")).to_have_text("В список подделок")
    coordinator.page.fill("[name=seen_on]", "2026-11-25")  # the database goes by the clock of its machine
    coordinator.press("Это подделка")
    coordinator.sees("в список известных подделок")
    citizen.go("/check/?url=vk.com/glashatay_demo_chilino")
    citizen.sees("Это подделка")


def test_lost_access_takes_the_page_off_at_once_and_rights_go_over_by_an_act(person: Come, tmp_path: Path) -> None:
    editor, citizen = person("urtam"), person()
    editor.go("/registry/security/")
    editor.press("Уртамское поселение")
    secured = editor.page.url
    editor.press("Передать…")
    editor.page.fill("[name=name]", "Новикова Анна Петровна")
    editor.press("Составить акт")
    with editor.page.expect_download() as download:
        editor.control("Акт (Word)").click()
    act = tmp_path / "act.docx"
    download.value.save_as(act)
    words = "\n".join(cell.text for table in Document(str(act)).tables for row in table.rows for cell in row.cells)
    assert "ok.ru/glashatay.demo.urtam" in words

    editor.go(secured)
    editor.press("Доступ потерян")
    editor.page.fill("[name=note]", "Не можем войти с утра")
    editor.press("Приостановить сейчас")
    editor.sees("В первые минуты")
    citizen.go("/check/?url=ok.ru/glashatay.demo.urtam")
    citizen.sees("Страница приостановлена")
