"""Which body and which network a cell means; of an unknown body, which ones it may mean."""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from people.models import Organization, User
from people.roles import Permission
from people.search import fold
from registry.models import SocialNetwork

_COMMON = re.compile(
    r"\b(администраци\w*|адм|сельск\w+|поселени\w*|с/п|сп|муниципальн\w+|образовани\w*|района|кожевниковского)\b\.?"
)
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
# How people call the networks, beside the name, the code and the letter mark of each.
_NICKNAMES = {
    "vk": ("вк", "вконтакте", "в контакте"),
    "ok": ("ок", "одноклассники"),
    "telegram": ("тг", "телеграм", "телеграмм"),
    "max": ("макс",),
    "facebook": ("фейсбук", "fb"),
    "instagram": ("инстаграм", "инстаграмм"),
}


def core(name: str) -> str:
    """What tells a body from the others of its kind: «Администрация Уртамского сельского поселения» is «уртамского»."""
    folded = re.sub(r"[«»\"'.,()]", " ", fold(name))
    return " ".join(_COMMON.sub(" ", folded).split())


class Bodies:
    """The bodies a person keeps the registry of; one query for any number of rows."""

    def __init__(self, user: User) -> None:
        self._known: dict[str, Organization] = {}
        self._by_core: dict[str, set[int]] = defaultdict(set)
        self._parts: dict[str, set[int]] = defaultdict(set)
        self._rows = {row.pk: row for row in Organization.objects.where_may(user, Permission.EDIT_REGISTRY)}
        for row in self._rows.values():
            for name in filter(None, (row.name, row.short_name, row.slug)):
                self._known.setdefault(fold(name), row)
                if key := core(name):
                    self._by_core[key].add(row.pk)
                for part in _trigrams(core(name) or fold(name)):
                    self._parts[part].add(row.pk)

    def find(self, words: str) -> Organization | None:
        """By its full or short name, or by what tells it from all others."""
        found = self._known.get(fold(words))
        near = self._by_core.get(core(words), set())
        return found or (self._rows[next(iter(near))] if len(near) == 1 else None)

    def nearest(self, words: str, most: int = 3) -> list[Organization]:
        """Those whose names have most in common with the words."""
        parts = _trigrams(core(words) or fold(words))
        shared = Counter(pk for part in parts for pk in self._parts.get(part, ()))
        return [self._rows[pk] for pk, count in shared.most_common(most) if count * 4 >= len(parts)]


def _trigrams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def network_names(networks: list[SocialNetwork]) -> dict[str, SocialNetwork]:
    """Every folded name of each network."""
    found = {}
    for network in networks:
        for name in (network.name, network.slug, network.mark, *_NICKNAMES.get(network.slug, ())):
            if name:
                found[fold(name)] = network
    return found


def read_day(words: str) -> date | None:
    """«01.12.2022», «1 декабря 2022 г.», ISO, the number a sheet keeps a day as. Raises ValueError for no day."""
    text = fold(words).removesuffix("г.").removesuffix("года").strip(" .")
    if not text:
        return None
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.split(" ")[0], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if re.fullmatch(r"\d{5}", text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    if said := re.fullmatch(r"(\d{1,2}) ([а-я]+)\.? (\d{4})", text):
        month = next((n for n, name in enumerate(_MONTHS, 1) if said[2].startswith(name)), 0)
        return date(int(said[3]), month, int(said[1]))
    raise ValueError(words)
