"""Personal data of third persons: numbers and addresses that lead to somebody who did not put them here.

What a person says of himself («мой телефон», «проживаю по адресу»), the telephones of services and the ones the
administrator listed are not flagged.
"""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from moderation.triage.rule import PERSONAL

Found = tuple[str, int, int, str]
Places = Callable[[int, int], tuple[int, int]]

_WORTH = re.compile(r"\d{2}|@|кв|комн")
_DIGITS = re.compile(r"\D")
_PHONE = re.compile(r"(?<![\d+])(?:\+7|8|7)?[\s\-.(]{0,2}\d{3}[\s\-.)]{0,2}\d{3}[\s\-.]?\d{2}[\s\-.]?\d{2}(?!\d)")
# A telephone at home, with the code of its district: those of offices look the same, so somebody must be named before.
_AT_HOME = re.compile(r"(?<![\d+])(?:\+7|8)[\s\-.(]{1,3}\d{5}[\s\-.)]{1,3}\d[\s\-.]?\d{2}[\s\-.]?\d{2}(?!\d)")
# «обращение № 89130001122» is no telephone.
_NUMBERED = re.compile(
    r"(?:№|обращени[а-я]*|заявк[а-я]*|заявлени[а-я]*|заказ[а-я]*|счет[а-я]*|договор[а-я]*|талон[а-я]*|закупк[а-я]*|инн|огрн)"
    r"(?:\s*номер)?[\s:]{0,3}$"
)
# What cards begin with: Mir, Visa, Mastercard, Maestro, UnionPay; years in a row do not.
_ISSUER = re.compile(r"220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|4|5|6[0-9]|9112")
_PASSPORT = re.compile(r"паспорт[а-я]*[^\d\n]{0,25}(\d{2}\s?\d{2}[\s№nа-я,.:]{0,12}\d{6})(?!\d)")
_SNILS = re.compile(r"(?<!\d)\d{3}[\s-]\d{3}[\s-]\d{3}[\s-]\d{2}(?!\d)|(?<=снилс)[^\d\n]{0,10}(\d{11})(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?(?!\d)")
_EMAIL = re.compile(r"(?<![\w.])[\w.+-]{2,64}@[a-zа-я0-9-]+(?:\.[a-zа-я0-9-]+)*\.[a-zа-я]{2,6}(?!\w)")
_STREET = (
    r"(?:ул(?:ица|ице|ицы|\.)?|пер(?:еулок|еулке|\.)?|пр(?:оспект|оспекте|-т|-кт|\.)|бульвар[еа]?|шоссе"
    r"|мкр\.?|микрорайоне?|проезде?|тракте?)"
)
_BUILDING = r"(?:/\d+)?(?:,?\s*(?:к(?:орпус|орп|\.)|стр\.?)\s*\d+)?"
_HOUSE = rf"(?:,?\s*(?:д(?:ом|оме|\.)?\s*)?№?\s*\d{{1,4}}\s?(?:[а-я](?![а-я]))?{_BUILDING})"
_FLAT = r"(?:,?\s*(?:кв(?:артир[аыеу])?\.?|комн(?:ат[аыеу])?\.?)\s*№?\s*\d{1,4})"
ADDRESS = re.compile(rf"(?<![а-я]){_STREET}\s*[а-я0-9][а-я0-9 .-]{{1,40}}?{_HOUSE}{_FLAT}")
HOME = re.compile(rf"(?<![а-я]){_STREET}\s*[а-я0-9][а-я0-9 .-]{{1,40}}?{_HOUSE}(?:{_FLAT}|(?!\d))")
_CAPITAL = r"[А-ЯЁ][а-яё]+"
# Surname, name, patronymic in any case.
_NAME = re.compile(
    rf"{_CAPITAL}(?:-{_CAPITAL})?\s+{_CAPITAL}\s+{_CAPITAL}"
    r"(?:[ьв]?ич(?:а|у|ем|е)?|(?:вн|ичн)(?:а|ы|е|у|ой))(?![а-яё])"
)
_OWN = re.compile(
    r"(?<![а-я])(?:мо[йяиеёюм]|моего|моей|моем|мне|меня|нам|нас|наш|наш[аеу]|нашего|нашей|нашем|прожива(?:ю|ем)|живу|живем|прописан[аы]?"
    r"|зарегистрирован[аы]?|я|мы|пишите|звоните|обращайтесь|связи|свяжитесь|контактн\w*)(?![а-я])"
)
_OFFICIAL = re.compile(
    r"(?<![а-я])(?:администраци|приемн|диспетчер|еддс|горяч\w+ лини|регистратур|поликлиник|больниц|школ|детск|сад|мфц"
    r"|управляющ|ук|жкх|единый|служб|полици|участков|отдел|департамент|министерств|комитет|доверия|справочн|музе"
    r"|библиотек|дом культуры|пенсионн|центр|социальн|военком|сельсовет|совет|магазин|аптек|банк|такси)"
)
_OFFICIAL_MAIL = re.compile(
    r"@(?:.*\.)?(?:gov\.ru|gosuslugi\.ru|mvd\.ru|rosreestr\.ru|fss\.ru|pfr\.gov\.ru)$|adm|priem|info@"
)
# Somebody else is spoken of, whatever stands beside.
_OTHERS = re.compile(
    r"(?<![а-я])(?:его|ее|ей|ему|она|он|они|их|сосед[а-я]*|муж[а-я]*|жен[аеуы]|сын[а-я]*|доч[а-я]+|мать|отец|отца"
    r"|начальни[а-я]+|продав[а-я]+|хозя[а-я]+|эт(?:от|ого|ой|а|и|их))(?![а-я])"
)
# A point after a long word ends a sentence, after «г.» and «ул.» it does not.
_BEFORE, _SENTENCE = 90, re.compile(r"[!?\n]|(?<=[а-я]{4})\.\s")
_FREE_CALLS = ("800", "804")


def found(original: str, text: str, places: Places, official: set[str]) -> Iterator[Found]:
    """Flags in places of the folded `text`; `places` leads from there to `original`, where capitals still are."""
    if not _WORTH.search(text):
        return
    yield from _numbers(text, official)
    yield from _emails(text)
    yield from _homes(original, text, places)


def _numbers(text: str, official: set[str]) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for found in _documents(text):
        taken.append(found[1:3])
        yield found
    for match in _PHONE.finditer(text):
        free = all(match.end() <= start or end <= match.start() for start, end in taken)
        if free and _is_private(match, text, official):
            start = match.start() + len(match[0]) - len(match[0].lstrip(" -.("))
            yield PERSONAL, start, match.end(), _("Looks like somebody's telephone.")
    for match in _AT_HOME.finditer(text):
        if _OTHERS.search(_before(text, match.start())):
            yield PERSONAL, *match.span(), _("Looks like somebody's telephone.")


def _documents(text: str) -> Iterator[Found]:
    """Cards, SNILS, passports: nobody excuses them."""
    for match in _CARD.finditer(text):
        digits = _DIGITS.sub("", match[0])
        if _ISSUER.match(digits) and _luhn(digits):
            yield PERSONAL, *match.span(), _("Looks like the number of a bank card.")
    for match in _SNILS.finditer(text):
        start, end = match.span(1) if match[1] else match.span()
        if _snils(_DIGITS.sub("", text[start:end])):
            yield PERSONAL, start, end, _("Looks like a pension insurance number (SNILS).")
    for match in _PASSPORT.finditer(text):
        yield PERSONAL, *match.span(1), _("Looks like the series and number of a passport.")


def _is_private(match: re.Match[str], text: str, official: set[str]) -> bool:
    digits = _DIGITS.sub("", match[0])
    number = digits[-10:]
    if len(digits) == 10 and not number.startswith("9"):
        return False  # without 8 or +7 only a mobile number is told from any other figures
    if number in official or number.startswith(_FREE_CALLS):
        return False
    if _NUMBERED.search(text[max(0, match.start() - 30) : match.start()]):
        return False
    return not _excused(text, match.start())


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        if not (_OFFICIAL_MAIL.search(match[0]) or _excused(text, match.start())):
            yield PERSONAL, *match.span(), _("Looks like somebody's e-mail address.")


def _homes(original: str, text: str, places: Places) -> Iterator[Found]:
    """A flat, or a house beside a full name."""
    has_name = bool(_NAME.search(original))
    for match in (HOME if has_name else ADDRESS).finditer(text):
        if _excused(text, match.start()):
            continue
        if has_name and _named(original, places(*match.span())):
            yield PERSONAL, *match.span(), _("Looks like the address of a person who is named beside it.")
        elif ADDRESS.match(text, match.start()):
            yield PERSONAL, *match.span(), _("Looks like the address of somebody's home, with the flat.")


def _named(original: str, place: tuple[int, int]) -> bool:
    return bool(_NAME.search(original, max(0, place[0] - 80), place[1] + 80))


def _excused(text: str, start: int) -> bool:
    """What stands before it in the sentence says: the writer's own, or of an office."""
    before = _before(text, start)
    if _OTHERS.search(before):
        return False
    return bool(_OWN.search(before) or _OFFICIAL.search(before))


def _before(text: str, start: int) -> str:
    """The beginning of the sentence, up to `start`."""
    return _SENTENCE.split(text[max(0, start - _BEFORE) : start])[-1]


def _luhn(digits: str) -> bool:
    """The check digit of cards."""
    total = sum(sum(divmod(int(digit) * (1 + at % 2), 10)) for at, digit in enumerate(reversed(digits)))
    return total % 10 == 0 and len(set(digits)) > 1


def _snils(digits: str) -> bool:
    """The two check digits of SNILS, as the Pension Fund counts them."""
    if len(digits) != 11 or len(set(digits[:9])) == 1:
        return False
    total = sum(int(digit) * (9 - at) for at, digit in enumerate(digits[:9]))
    return int(digits[9:]) == total % 101 % 100
