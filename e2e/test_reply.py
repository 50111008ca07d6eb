"""A reply goes the whole way with a correction and meets its term over a weekend."""

from collections.abc import Callable

from person import Person
from playwright.sync_api import expect
from portal import Portal

Come = Callable[..., Person]
FRIDAY, MONDAY = "2026-11-27T15:30:00+07:00", "2026-11-30T10:00:00+07:00"
LINK = "https://vk.com/glashatay_demo_urtam?w=wall-900000000_77&reply=3"
ASKED = "Когда откроют мост через Уртамку?"


def test_a_reply_meets_its_term_over_a_weekend(portal: Portal, person: Come) -> None:
    portal.start(FRIDAY)
    editor = person("urtam")
    editor.go("/messages/new/")
    account = editor.page.get_by_label("Аккаунт")
    account.select_option(label=next(one for one in account.locator("option").all_inner_texts() if "ВКонтакте" in one))
    editor.page.get_by_label("Что написали").fill(ASKED)
    editor.press("Поставить в очередь")
    address = editor.page.url.removeprefix(portal.url)
    # Eight working hours: an hour and a half on Friday, six and a half on Monday, the lunch left out.
    editor.sees("пн, 30 ноября, 16:30")

    text = editor.page.get_by_label("Текст ответа")
    text.fill("Здраствуйте! Мост откроют в среду.")
    expect(editor.page.locator("[data-draft-status]")).to_have_text("Черновик сохранён.")
    editor.press("Отправить на согласование")
    editor.sees("Такого слова нет в словаре. Возможно: «здравствуйте».")
    editor.look("reply-1-asked")
    text.fill("Здравствуйте! Мост откроют в среду.")
    editor.press("Отправить на согласование")
    editor.sees("Ответ отправлен на согласование.")
    editor.look("reply-2-sent-for-approval")

    portal.start(MONDAY)
    coordinator = person("coordinator")
    coordinator.go("/replies/")
    coordinator.look("reply-3-queue")
    coordinator.go(address)
    coordinator.press("Посмотреть и решить")
    coordinator.look("reply-4-decision")
    coordinator.page.keyboard.press("e")
    coordinator.page.locator("#correct textarea").fill("Здравствуйте! Мост откроют в среду, 2 декабря.")
    coordinator.press("Сохранить и согласовать")
    coordinator.sees("Исправлено и согласовано")

    author = person("urtam")
    author.go(address)
    expect(author.page.locator("ins").first).to_have_text("добавлено: , 2 декабря")
    author.look("reply-5-approved")
    place = author.page.get_by_label("Ссылка на ответ")
    place.fill("https://vk.com/wall-1_2?reply=3")
    author.press("Ответ размещён")
    expect(author.page.locator("#reply .error").first).to_be_visible()
    author.page.get_by_label("Ссылка на ответ").fill(LINK)
    author.press("Ответ размещён")
    author.sees("Ответ размещён. Спасибо!")
    expect(author.page.locator("#reply")).to_contain_text("В срок.")
    author.look("reply-6-out")

    coordinator.go("/replies/terms/?since=2026-11-30&until=2026-11-30")
    expect(coordinator.page.locator("main table")).to_contain_text("Уртам")
    coordinator.look("reply-7-terms")
