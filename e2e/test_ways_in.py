"""Other ways in: without scripts, without a mouse, with weak sight, after a crash of the browser."""

from collections.abc import Callable

from person import Person
from playwright.sync_api import expect
from portal import PASSWORD

Come = Callable[..., Person]

PLAN = "/plans/urtamskoe/2026-W49/"
TOPIC = "Ёлка на площади: когда привезут"


def test_a_post_is_written_and_decided_without_scripts(person: Come) -> None:
    editor = person("urtam", java_script_enabled=False)
    page = editor.page
    editor.go(PLAN)
    editor.press(page.locator("#day-2026-12-05 a.slot"))
    page.fill("[name=topic]", TOPIC)
    page.fill("[name=text]", "Ёлку привезут в субботу к полудню.")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.press(page.get_by_role("link", name=TOPIC).first)
    editor.press("История и согласование")
    editor.press("Отправить на согласование")
    address = page.url
    editor.sees(f"Отправлено на согласование: «{TOPIC}»")

    coordinator = person("coordinator", java_script_enabled=False)
    page = coordinator.page
    coordinator.go(address)
    page.locator("summary", has_text="Вернуть с замечанием").click()
    page.get_by_label("Что изменить").fill("Назовите час.")
    coordinator.press(page.get_by_role("button", name="Вернуть", exact=True))
    coordinator.sees(f"Возвращено с замечанием: «{TOPIC}»")

    editor.go(PLAN)
    editor.sees("Назовите час.")
    editor.press(editor.page.get_by_role("link", name=f"Исправить «{TOPIC}»"))
    editor.page.fill("[name=text]", "Ёлку привезут в субботу в 12:00.")
    editor.page.get_by_label("Сделано", exact=True).check()
    editor.press("Сохранить и отправить снова")
    coordinator.go(address)
    coordinator.press("Согласовать")
    coordinator.sees(f"Согласовано: «{TOPIC}»")


def test_a_post_is_written_without_a_mouse(person: Come) -> None:
    editor = person()
    page, keys = editor.page, editor.page.keyboard
    editor.go("/me/login/")
    keys.press("Tab")
    expect(page.get_by_role("link", name="К содержанию")).to_be_focused()
    keys.press("Enter")
    editor.tab_to(page.locator("[name=login]"))
    keys.type("malinovka")
    keys.press("Tab")
    keys.type(PASSWORD)
    with page.expect_navigation():
        keys.press("Enter")
    editor.tab_to(page.get_by_role("navigation", name="Основные разделы").get_by_role("link", name="Контент-план"))
    with page.expect_navigation():
        keys.press("Enter")
    editor.tab_to(page.locator("a.slot").first)
    with page.expect_navigation():
        keys.press("Enter")
    editor.tab_to(page.locator("[name=topic]"))
    keys.type("Расписание автобуса")
    editor.tab_to(page.locator("[name=text]"))
    keys.type("С понедельника автобус ходит в 7:10.")
    editor.tab_to(page.get_by_role("button", name="Сохранить", exact=True))
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("article.post")).to_contain_text("Расписание автобуса")


def test_the_look_for_weak_sight_is_remembered(person: Come) -> None:
    reader = person()
    page = reader.page
    reader.go("/")
    reader.press(page.get_by_role("banner").get_by_role("link", name="Версия для слабовидящих"))
    page.get_by_role("radio", name="200 %").check()
    page.get_by_role("radio", name="белым по чёрному").check()
    page.get_by_role("radio", name="самый широкий").or_(page.locator("[name=spacing][value=widest]")).first.check()
    reader.press(page.locator("main").get_by_role("button", name="Применить"))
    root = page.locator("html")
    expect(root).to_have_attribute("data-size", "200")
    expect(root).to_have_attribute("data-contrast", "white-on-black")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    reader.look("ways-weak-sight-registry")
    reader.sign_in("urtam")
    expect(root).to_have_attribute("data-size", "200")
    reader.look("ways-weak-sight-today")
    reader.go(PLAN)
    reader.look("ways-weak-sight-plan")
    reader.go("/display/")
    reader.press("Обычный вид")
    expect(root).not_to_have_attribute("data-size", "200")


def test_what_was_typed_survives_a_reload_until_it_is_saved(person: Come) -> None:
    editor = person("urtam")
    page = editor.page
    offer = page.locator("[data-draft-offer]")
    form = f"{PLAN}?new=2026-12-06#form"
    editor.go(form)
    expect(offer).to_be_hidden()
    page.fill("[name=topic]", "Набрано и не сохранено")
    page.fill("[name=text]", "Свет погас посреди слова.")
    page.reload()
    expect(page.locator("[name=topic]")).to_have_value("")
    expect(offer).to_be_visible()
    editor.look("ways-kept-draft")
    page.get_by_role("link", name="Вернуть", exact=True).click()
    expect(page.locator("[name=topic]")).to_have_value("Набрано и не сохранено")
    expect(page.locator("[name=text]")).to_have_value("Свет погас посреди слова.")
    editor.press(page.get_by_role("button", name="Сохранить", exact=True))
    editor.sees("Набрано и не сохранено")
    editor.go(form)
    expect(page.locator("[name=topic]")).to_be_visible()
    expect(offer).to_be_hidden()
