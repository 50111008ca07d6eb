"""A removal of criticism with a second person; a resident who looks up the number, objects and reads the answer."""

import re
from collections.abc import Callable

from person import Person
from playwright.sync_api import expect

Come = Callable[..., Person]
QUICKEST = 4_000  # milliseconds: quicker than that only robots fill the form


def test_a_removal_of_criticism_counts_when_another_person_has_confirmed_it(person: Come) -> None:
    moderator, coordinator = person("moderator"), person("coordinator")
    moderator.go("/journal/new/")
    moderator.page.get_by_label("Аккаунт").select_option(index=1)
    moderator.page.get_by_label("Что написали").fill("Ни стыда ни совести у этих чинуш из администрации")
    moderator.page.locator("[name=ground]").nth(4).check()
    moderator.page.get_by_label("да, это ещё и критика").check()
    moderator.press("Сохранить")
    moderator.sees("Удаление ждёт другого человека")
    waiting = "article:has-text('Ни стыда ни совести') a:has-text('Посмотреть и решить')"
    moderator.press(moderator.page.locator(waiting))
    moderator.sees("Вы сами предложили удалить")

    coordinator.go("/journal/pending/")
    coordinator.press(coordinator.page.locator(waiting))
    coordinator.page.get_by_label("Подтвердить: пункт 7 явно нарушен").check()
    coordinator.press("Решить")
    coordinator.sees("Подтверждено")
    coordinator.sees("Второй человек")


def test_a_resident_objects_without_an_account_and_another_moderator_decides(person: Come) -> None:
    moderator, coordinator = person("moderator"), person("coordinator")
    resident = person(java_script_enabled=False, viewport={"width": 320, "height": 640})
    moderator.go("/journal/new/")
    moderator.page.get_by_label("Аккаунт").select_option(index=1)
    moderator.page.get_by_label("Что написали").fill("Продаю мёд со своей пасеки, Уртам")
    moderator.page.locator("[name=ground]").nth(3).check()
    moderator.page.get_by_label("нет", exact=True).check()
    moderator.press("Сохранить")
    number = re.findall(r"М-20\d\d-\d{6}", moderator.page.locator("h1").inner_text())[0]

    resident.go("/moderation/")
    resident.page.get_by_label("Номер решения").fill(number.lower().replace("-", " "))
    resident.press("Проверить")
    resident.sees("Спам")
    assert "пасеки" not in resident.page.content()
    resident.press("Возразить")
    resident.page.wait_for_timeout(QUICKEST)
    resident.page.get_by_label("Почему решение неверно").fill("Я ответил на вопрос, где купить мёд")
    resident.press("Отправить")
    code = resident.page.locator("[data-secret]").inner_text()
    expect(resident.page.get_by_text("Скопировать номер и код")).to_be_hidden()  # it would do nothing

    moderator.go("/journal/pending/")
    moderator.press(number)
    moderator.sees("по возражению решит другой модератор")
    moderator.sees_not("Это решение принимали не вы")

    coordinator.go("/journal/pending/")
    coordinator.press(number)
    coordinator.page.get_by_label("Отменить решение").check()
    coordinator.page.get_by_label("Ответ человеку").fill("Вы правы, это ответ соседу, а не реклама.")
    coordinator.press("Решить")
    moderator.page.reload()
    moderator.sees("Вы правы, это ответ соседу")

    resident.press("Я возразил(а): какой ответ?")
    resident.page.get_by_label("Секретный код").fill(code)
    resident.press("Показать ответ")
    resident.sees("Возражение удовлетворено")
    resident.sees("Вы правы, это ответ соседу")
    resident.go(f"/moderation/check/?number={number}")
    resident.sees("Решение отменено")
