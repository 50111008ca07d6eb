"""A citizen with a telephone asks whether a page is real, and reports one that is not; no account, no names."""

from collections.abc import Callable
from typing import Any

from person import Person
from playwright.sync_api import expect

Come = Callable[..., Person]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
QUICKEST = 4_000  # milliseconds: quicker than that only robots fill the form


def ask(citizen: Person, text: str) -> None:
    citizen.go("/check/")
    citizen.page.get_by_label("Ссылка или имя страницы").fill(text)
    citizen.press("Проверить")
    wide = citizen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"the answer to {text} is {wide} px wide"


def test_a_citizen_checks_real_alike_and_closed_links_on_a_phone(person: Come) -> None:
    citizen = person(**PHONE)

    ask(citizen, "Смотрите: https://m.vk.com/glashatay_demo_urtam?w=wall-1_2 это вы?")
    citizen.sees("Да, это страница органа")
    citizen.press("Карточка страницы в реестре")
    expect(citizen.page.locator("h1")).to_have_text("Уртам официальный (демо)")

    ask(citizen, "vk.com/glashatay_demo_urtarn")  # rn, that looks like m
    citizen.sees("Этой страницы нет в реестре")
    citizen.sees("Похожа на настоящую страницу")
    real = citizen.page.locator("main .account").filter(has_text="Уртам официальный")
    expect(real.locator("a.address")).to_have_attribute("href", "https://vk.com/glashatay_demo_urtam")
    citizen.press(real.get_by_role("link").first)
    expect(citizen.page.locator("h1")).to_have_text("Уртам официальный (демо)")

    ask(citizen, "t.me/glashatay_demo_kozhevnikovo")
    citizen.sees("Была официальной до 1 июня 2025")
    assert citizen.page.locator("main a[href^='https://t.me']").count() == 0
    citizen.press("Где этот орган пишет сейчас")
    citizen.sees("Село Кожевниково (демо)")


def test_a_citizen_reports_a_fake_without_an_account_and_others_are_warned(person: Come) -> None:
    citizen, coordinator = person(**PHONE), person("coordinator")
    ask(citizen, "vk.com/glashatay_demo_uurtam")
    citizen.press("Называет себя официальной? Сообщите")
    citizen.page.wait_for_timeout(QUICKEST)
    citizen.page.get_by_label("За кого она себя выдаёт").fill("Просит деньги от имени администрации")
    citizen.press("Отправить")
    citizen.sees("Отдел по связям с общественностью")

    coordinator.go("/registry/reports/")
    row = coordinator.page.locator(".fake").filter(has_text="glashatay_demo_uurtam")
    coordinator.press(row.get_by_role("link", name="Это подделка"))
    coordinator.page.fill("[name=seen_on]", "2026-11-25")  # the database goes by the clock of its machine
    coordinator.press("Это подделка")
    coordinator.sees("в список известных подделок")

    ask(citizen, "vk.com/glashatay_demo_uurtam")
    citizen.sees("Это подделка")
    citizen.sees("Уртам официальный (демо)")
    citizen.go("/fakes/")
    citizen.sees("glashatay_demo_uurtam")
