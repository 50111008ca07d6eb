"""A topic of the region: the department drafts a post once, a settlement takes it by phone, the department sees it."""

from collections.abc import Callable

from person import Person
from playwright.sync_api import expect

Come = Callable[..., Person]

TOPIC, PACK = "День открытых дверей", "Приходите на день открытых дверей"
WEEK = "/plans/chilinskoe/2026-W49/"
TABLE = "Дата\tСобытие\tМесто\n32.12.2026\tЁлка\tКлуб\n03.12.2026\tСход граждан\tКлуб"


def test_a_topic_from_the_department_to_a_settlement_and_back(person: Come) -> None:
    coordinator = person("coordinator")
    sets_a_topic(coordinator)
    sends_a_pack(coordinator)

    phone = person("chilino", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    takes_the_pack(phone)
    brings_a_table(phone)

    sees_who_took_it(coordinator)


def sets_a_topic(coordinator: Person) -> None:
    page = coordinator.page
    coordinator.go("/plans/")
    coordinator.press("Поводы")
    coordinator.look("topics-01-occasions")
    coordinator.press("Темы по органам")
    coordinator.press("Добавить тему")
    page.get_by_label("Что происходит").fill(TOPIC)
    page.locator("[name=starts_on]").fill("2026-12-02")
    expect(page.get_by_label("Об этом должен написать каждый орган")).to_be_checked()
    coordinator.press("Сохранить")
    coordinator.sees(f"Сохранено: «{TOPIC}».")


def sends_a_pack(coordinator: Person) -> None:
    page = coordinator.page
    coordinator.go("/occasions/topics/?from=2026-12-01")
    coordinator.look("topics-02-bodies")
    coordinator.press(page.get_by_role("link", name=f"Подготовить набор «{TOPIC}»"))
    page.locator("[name=topic], [name=title]").first.fill(PACK)
    page.locator("[name=text]").fill("Покажем, как работает администрация.")
    page.locator("[name=advice]").fill("Назовите адрес и часы.")
    coordinator.press("Сохранить и выбрать органы")
    page.get_by_label("администрация поселения").check()
    coordinator.look("topics-03-whom-to-send-it-to")
    coordinator.press(page.get_by_role("region", name="Кому отправить").get_by_role("button", name="Отправить"))
    coordinator.sees("Набор отправлен 8 органам.")


def takes_the_pack(phone: Person) -> None:
    """One press on the week; the draft is open at once."""
    page = phone.page
    phone.go("/today/")
    phone.sees(PACK)
    phone.look("topics-04-today")
    phone.go(WEEK)
    page.get_by_text("Ещё 1 обязательная тема").click()
    topic = page.get_by_role("region", name=TOPIC)
    expect(topic).to_contain_text("поста об этом ещё нет")
    phone.look("topics-05-week")
    phone.press(topic.get_by_role("button", name="Взять готовый пост"))
    expect(page.locator("[name=topic], [name=title]").first).to_have_value(PACK)
    phone.go(WEEK)
    expect(page.get_by_role("region", name=TOPIC)).to_have_count(0)


def brings_a_table(phone: Person) -> None:
    """The good row is taken, the bad one stays to be mended; a post is made of the good one in one step."""
    page = phone.page
    phone.go("/occasions/import/")
    page.get_by_label("или вставьте сюда").fill(TABLE)
    phone.press("Взять поводы")
    phone.sees("Добавлен 1 повод.")
    phone.sees("«32.12.2026»: такого дня в календаре нет.")
    expect(page.get_by_label("или вставьте сюда")).to_have_value("Дата\tСобытие\tМесто\n32.12.2026\tЁлка\tКлуб")
    phone.look("topics-06-import")
    phone.go("/occasions/?from=2026-12-01")
    phone.press(page.get_by_role("link", name="Сделать пост «Сход граждан»"))
    expect(page.locator("[name=topic], [name=title]").first).to_have_value("Сход граждан")


def sees_who_took_it(coordinator: Person) -> None:
    page = coordinator.page
    coordinator.go("/packs/")
    coordinator.press(PACK)
    expect(page.get_by_role("listitem").filter(has_text="Чилинское поселение")).to_contain_text("Черновик")
    coordinator.look("topics-07-who-took-it")
