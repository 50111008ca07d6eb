"""Personal data in a text (152-ФЗ): numbers of cards, insurance, passports, phones.

Numbers with a check digit are believed only when it is right: a date or a sum is not taken for a card.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CARD = "card", _("the number of a bank card")
    SNILS = "snils", _("an insurance number (SNILS)")
    PASSPORT = "passport", _("the number of a passport")
    PHONE = "phone", _("a mobile phone number")


@dataclass(frozen=True)
class Found:
    kind: Kind
    text: str


_CARD = re.compile(r"(?<!\d)(?<!\d[ -])(?:\d[ -]?){15,18}\d(?![ -]?\d)")
_SNILS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d{2}(?!\d)")
_SNILS_SHAPE = re.compile(r"\d{3}-\d{3}-\d{3}[ -]?\d{2}")
_PASSPORT = re.compile(r"(?<!\d)\d{2} ?\d{2} ?(?:№|N)? ?\d{6}(?!\d)")
_PASSPORT_SHAPE = re.compile(r"\d{2} \d{2} (?:№ ?|N ?)?\d{6}|\d{4} (?:№ ?|N ?)\d{6}")
_MOBILE = re.compile(r"(?<!\d)(?:\+7|8|7)[ (-]*9\d{2}[ )-]*\d{3}[ -]*\d{2}[ -]*\d{2}(?!\d)")
# Word and messengers put signs of their own between digits; each stands for one plain sign.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_NEAR = 40  # characters before a number in which its name is looked for


def find(text: str, official: Iterable[str] = ()) -> list[Found]:
    """What is in the text. `official`: phones of the body, which are meant to be known."""
    text = text.translate(_PLAIN)
    known = {_digits(phone)[-10:] for phone in official}
    found, rest = [], text
    for kind, number in [*_cards(text), *_insurance(text), *_passports(text)]:
        if number in rest:
            found.append(Found(kind, number))
            rest = rest.replace(number, " ")
    mobiles = (match[0] for match in _MOBILE.finditer(rest))
    return found + [Found(Kind.PHONE, phone) for phone in mobiles if _digits(phone)[-10:] not in known]


def is_card(number: str) -> bool:
    """The check of Luhn over 16 to 19 digits, of a payment system."""
    digits = _digits(number)
    if not 16 <= len(digits) <= 19 or digits[0] not in "23456":
        return False
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_snils(number: str) -> bool:
    """The control number of the Pension Fund; smaller numbers than 001-001-998 never had one."""
    digits = _digits(number)
    if len(digits) != 11 or int(digits[:9]) <= 1001998:
        return False
    total = sum(int(d) * weight for d, weight in zip(digits[:9], range(9, 0, -1), strict=True)) % 101
    return total % 100 == int(digits[9:])


def _cards(text: str) -> Iterator[tuple[Kind, str]]:
    return ((Kind.CARD, match[0]) for match in _CARD.finditer(text) if is_card(match[0]))


def _insurance(text: str) -> Iterator[tuple[Kind, str]]:
    for match in _SNILS.finditer(text):
        shown = _SNILS_SHAPE.fullmatch(match[0]) or "снилс" in _before(text, match.start())
        if shown and is_snils(match[0]):
            yield Kind.SNILS, match[0]


def _passports(text: str) -> Iterator[tuple[Kind, str]]:
    for match in _PASSPORT.finditer(text):
        before = _before(text, match.start())
        if _PASSPORT_SHAPE.fullmatch(match[0]) or "паспорт" in before or "серия" in before:
            yield Kind.PASSPORT, match[0]


def _before(text: str, at: int) -> str:
    return text[max(0, at - _NEAR) : at].casefold()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
