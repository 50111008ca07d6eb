"""The reviewer's conveyor: ten posts cleared by keyboard only; two browsers that meet over one post."""

from collections.abc import Callable

from person import Person
from playwright.sync_api import expect

Come = Callable[..., Person]


def presses(person: Person, key: str) -> str:
    """Presses a key that leads to another page; the topic that stands there then."""
    with person.page.expect_navigation():
        person.page.keyboard.press(key)
    return person.page.get_by_role("heading", level=1).inner_text()


def test_ten_posts_are_cleared_by_keyboard_only(person: Come) -> None:
    coordinator = person("coordinator")
    page = coordinator.page
    coordinator.go("/review/")
    before = page.locator("ol.queue > li").count()
    assert before >= 10
    coordinator.look("conveyor-1-queue")

    first = presses(coordinator, "j")
    assert presses(coordinator, "c") == first
    coordinator.sees("Пост у вас в работе")
    second = presses(coordinator, "a")
    assert first != second
    expect(page.locator(".undo-bar")).to_contain_text(first)
    coordinator.look("conveyor-2-undo")
    assert presses(coordinator, "z") == first
    coordinator.sees(f"Решение отменено: «{first}» снова ждёт согласования.")
    coordinator.sees("В работе у вас с")

    presses(coordinator, "e")
    expect(page.get_by_label("Текст", exact=True)).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Уточнено отделом.")
    coordinator.look("conveyor-3-correction")
    assert presses(coordinator, "Control+Enter") == second
    coordinator.sees(f"Исправлено и согласовано: «{first}»")

    page.keyboard.press("r")
    expect(page.get_by_label("Что изменить")).to_be_focused()
    page.keyboard.type("ajk: клавиши отдыхают, пока печатают.")
    coordinator.look("conveyor-4-return")
    presses(coordinator, "Control+Enter")
    coordinator.sees(f"Возвращено с замечанием: «{second}»")

    for _ in range(8):
        presses(coordinator, "a")
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog")).to_contain_text("Клавиши согласования")
    page.keyboard.press("Escape")

    coordinator.go("/review/")
    expect(page.locator("ol.queue > li")).to_have_count(before - 10)


def test_the_author_answers_what_the_conveyor_said(person: Come) -> None:
    """The first post was corrected, the second returned: both are of bodies of the demonstration."""
    coordinator = person("coordinator")
    coordinator.go("/today/")
    for login in ("voronovo", "yuvala", "urtam", "kozhevnikovo"):
        author = person(login)
        author.go("/today/")
        page = author.page
        see = page.get_by_role("link", name="Посмотреть правку")
        if see.count():
            author.press(see.first)
            expect(page.locator("ins")).to_contain_text(["Уточнено отделом."])
            author.look("conveyor-5-corrected")
            page.get_by_text("Возразить").click()
            page.get_by_label("Что не так с исправлением").fill("Без уточнения было вернее.")
            author.press("Отправить возражение")
            author.sees("Отдел узнает о вашем возражении.")
            coordinator.go("/today/")
            coordinator.sees("Без уточнения было вернее.")
            coordinator.look("conveyor-6-objection")
            return
    raise AssertionError("nobody was told of the correction")


def test_two_browsers_over_one_post(person: Come) -> None:
    """The author edits while a reviewer corrects: the reviewer's words stay, nothing is overwritten silently."""
    coordinator, colleague = person("coordinator"), person("press")
    page = coordinator.page
    coordinator.go("/review/?body=urtamskoe")
    coordinator.press("Начать согласование")
    address = page.url.partition("?")[0]
    topic = page.get_by_role("heading", level=1).inner_text()
    presses(coordinator, "e")
    page.get_by_label("Текст", exact=True).fill("Слова отдела.")

    colleague.go(address)
    colleague.sees("Сейчас смотрит: Ветрова А. С.")
    author = person("urtam")
    author.go(f"{address}edit/")
    author.page.locator("#post-form [name=text]").fill("Слова автора.")
    author.press(author.page.get_by_role("button", name="Сохранить", exact=True))

    coordinator.press("Сохранить и согласовать")
    coordinator.sees("Пост изменили")
    expect(page.get_by_label("Текст", exact=True)).to_have_value("Слова отдела.")
    coordinator.look("conveyor-7-overtaken")
    colleague.press("Согласовать")
    colleague.sees("Пост изменили")
    coordinator.press("Сохранить и согласовать")
    coordinator.sees(f"Исправлено и согласовано: «{topic}»")

    colleague.go(address)
    colleague.sees("Слова отдела.")
    colleague.go(f"{address}history/?from=1&to=3")
    expect(colleague.page.locator(".versus .pair > div").last).to_contain_text("Слова отдела.")
    colleague.look("conveyor-8-history")
