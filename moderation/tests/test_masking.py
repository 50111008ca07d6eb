"""What a list never shows of a message: numbers and addresses that lead to a person."""

import pytest

from moderation.inbox.masking import mask

HIDDEN = [
    "Мой телефон 8 913 000-00-00, позвоните",
    "Звоните +7 (913) 555 12 34",
    "89135551234",
    "8.913.555.12.34",
    "8—913—555—12—34",
    "8 9 1 3 5 5 5 1 2 3 4",
    "8-9I3-55О-12-З4",
    "тел. 2-13-07",
    "8 (38244) 2-13-07",
    "номер: 213 07",
    "Пишите на ivanova.anna@mail.ru",
    "ivanova(собака)mail.ru",
    "карта 2200 1234 5678 9010",
    "2200123456789010",
    "паспорт 6905 123456",
    "6905 № 123456",
    "СНИЛС 112-233-445 95",
    "Живу по адресу: ул. Ленина, 5, кв. 3",
    "проживаю ул. Садовая, д. 12",
    "пер. Школьный, д. 4, кв. 17 — опять шумят",
]
SHOWN = [
    "Встреча 10.11.2026 в 14:30, приём до 12.12.2026",
    "Потратили 1 250 000 000 рублей на дорогу",
    "Яма у дома 5 по улице Ленина",
    "Постановление № 123 от 2026-11-09",
    "Автобус 112 не пришёл в 7.40 и в 8.15",
    "Спасибо за площадку! Ждём ещё 3-4 таких.",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_what_leads_to_a_person_is_hidden(text: str) -> None:
    shown = mask(text)

    assert (len(shown), "•" in shown, sum(sign.isdigit() for sign in shown) > 1) == (len(text), True, False)


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert mask(text) == text


def test_a_letter_that_grows_when_small_moves_nothing() -> None:
    assert mask("İ ул. Ленина, 5, кв. 3") == "İ ••. ••••••, •, ••. •"
