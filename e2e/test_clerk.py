"""A settlement's clerk: a week in five minutes on a phone over a slow line, and the keys that do what a drag does."""

import re
import time
from collections.abc import Callable
from typing import Any

from person import NARROW, Person
from playwright.sync_api import Locator, expect

Come = Callable[..., Person]

PLAN = "/plans/urtamskoe/2026-W50/"
PHONE: dict[str, Any] = {"viewport": {"width": NARROW, "height": 844}, "has_touch": True, "is_mobile": True}
KILOBIT = 1000 / 8
POSTS = [
    ("Вывоз мусора: новый график", "Машина приходит по понедельникам и четвергам до десяти утра."),
    ("Глава отвечает на вопросы", "Собрали пять вопросов недели: дорога, свет, школьный автобус."),
    ("Запись к врачу без очереди", "Фельдшер принимает в среду. Запишитесь по телефону администрации."),
    ("Осторожно: тонкий лёд", "На реке лёд держит только у берега. Не отпускайте детей одних."),
    ("Афиша выходных", "В субботу в Доме культуры концерт, в воскресенье лыжная прогулка."),
]


def slow_down(person: Person) -> None:
    """A phone at the edge of the village: 400 kbit/s, 400 ms."""
    line = person.context.new_cdp_session(person.page)
    speed = 400 * KILOBIT
    line.send("Network.enable")
    values = {"offline": False, "latency": 400, "downloadThroughput": speed, "uploadThroughput": speed}
    line.send("Network.emulateNetworkConditions", values)


def test_a_week_is_finished_in_five_minutes_on_a_slow_phone(person: Come) -> None:
    clerk = person("urtam", **PHONE)
    slow_down(clerk)
    began = time.monotonic()

    clerk.go(PLAN)
    clerk.press("Взять прошлую неделю")
    clerk.sees("С прошлой недели взято 5 черновиков.")
    clerk.press(clerk.page.get_by_role("link", name=re.compile("^Заполнить: пн, 7 декабря")))
    for topic, text in POSTS[:-1]:
        fill_in(clerk.page.locator("#post-form"), topic, text)
        clerk.press("Сохранить и заполнить следующий")
    fill_in(clerk.page.locator("#post-form"), *POSTS[-1])
    clerk.press(clerk.page.get_by_role("button", name="Сохранить", exact=True))
    clerk.press("Отправить на согласование")

    clerk.sees("5 постов отправлено на согласование.")
    expect(clerk.page.locator(".dock")).to_contain_text("План сдан")
    assert time.monotonic() - began < 40  # what the line takes; the rest of the five minutes is for typing


def fill_in(form: Locator, topic: str, text: str) -> None:
    form.locator("[name=topic]").fill(topic)
    form.locator("[name=text]").fill(text)


def test_keys_move_what_a_drag_moves_and_take_it_back(person: Come) -> None:
    clerk = person("urtam")
    page = clerk.page
    clerk.go("/plans/urtamskoe/2026-W49/?view=columns")
    card = page.locator("#day-2026-12-04 article.post").first
    topic = card.locator("p").inner_text()

    card.drag_to(page.locator("#day-2026-12-05 h2"))
    expect(page.locator("#day-2026-12-05 article.post")).to_contain_text(topic)
    page.get_by_role("button", name="Отменить").press("Enter")
    expect(page.locator("#day-2026-12-04 article.post")).to_contain_text(topic)

    page.locator("#day-2026-12-04 a.move").press("Enter")
    dialog = page.get_by_role("dialog", name="Перенести на…")
    dialog.get_by_role("button", name="вс, 6 декабря").press("Enter")
    expect(page.locator("#day-2026-12-06 article.post")).to_contain_text(topic)
    expect(page.get_by_role("status")).to_contain_text("теперь вс, 6 декабря, 17:00")
    clerk.look("clerk-01-moved")

    page.locator("#day-2026-12-06 a.move").press("Enter")
    dialog.press("Escape")
    expect(dialog).to_be_hidden()
    clerk.go("/plans/urtamskoe/2026-W49/?view=table")
    clerk.look("clerk-02-table")
    clerk.go("/plans/urtamskoe/2026-W49/?view=month")
    clerk.look("clerk-03-month")


def test_habits_fill_the_weeks_to_come(person: Come) -> None:
    clerk = person("urtam")
    page = clerk.page
    clerk.go("/plans/urtamskoe/times/")
    clerk.look("clerk-04-times")
    clerk.press(clerk.control("Сделать привычными"))
    clerk.go("/plans/urtamskoe/2026-W51/?view=columns")
    expect(page.locator("#day-2026-12-15 a.slot")).to_contain_text("ВК, ОК, 12:00")

    page.locator("#ideas summary").click()
    page.locator("#ideas [name=topic]").fill("Рассказать о новой котельной")
    clerk.press("Записать")
    clerk.press(page.locator("#ideas").get_by_role("button", name="Удалить"))
    clerk.press(page.get_by_role("button", name="Отменить"))
    page.locator("#ideas summary").click()
    page.locator("#ideas li").drag_to(page.locator("#day-2026-12-16 h2"))
    expect(page.locator("#day-2026-12-16 article.post")).to_contain_text("Рассказать о новой котельной")

    clerk.press(page.locator("#day-2026-12-16 a.open"))
    clerk.press(page.get_by_role("link", name="Повторять…"))
    clerk.look("clerk-05-repeat")
    clerk.press("Повторять")
    clerk.look("clerk-06-repeating")
    clerk.go("/plans/urtamskoe/templates/")
    clerk.look("clerk-07-templates")
