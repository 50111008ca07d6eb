"""Names that look like the name of a registered page: one letter changed, twins of other alphabets, affixes.

Every account stands in `NameKey` under its skeleton and under the skeleton without each one of its letters; a name with
one letter changed, added, dropped or two swapped shares at least one of these keys. So a look-up is one query by index,
however many accounts there are, and only the few it finds are compared letter by letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from registry.models import Account, AccountStatus, FormerName, NameKey

MOST = 5  # lookalikes in one answer
SHORTEST = 4  # a shorter skeleton has too many neighbours to warn of
LONGEST = 60

# Letters that are read as Latin ones: Cyrillic by shape and by sound, Greek, digits.
_TWINS = str.maketrans("авекмнорстухіјѕԁѵьгιοαρτνκ013456789$", "abekmhopctyxijsdvbrioaptvkoieasbtbgs")
_SOUNDS = dict(zip("абвгдежзийклмнопрстуфхцыэ", "abvgdejziiklmnoprstufhcye", strict=True)) | {
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ю": "yu",
    "я": "ya",
    "ё": "e",
    "ъ": "",
    "ь": "",
}
# What fakes are dressed in; as whole words of a name, or stuck to its ends.
AFFIXES = ("official", "oficial", "offical", "ofitsialno", "admin", "adm", "news", "novosti", "info", "online")
_SHORT_AFFIXES = ("of", "ru", "rf", "70", "gov", "real", "the", "group", "club", "public")


class Why(StrEnum):
    """In what a name resembles the real one."""

    SAME_NAME = "same_name"
    TWIN_LETTERS = "twin_letters"
    SIGNS = "signs"
    AFFIX = "affix"
    ONE_LETTER = "one_letter"


@dataclass(frozen=True)
class Lookalike:
    """A real page that the checked name resembles, and why."""

    account: Account
    why: Why


def skeleton(name: str) -> str:
    """The letters a person sees: one alphabet, no signs, no case."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).translate(_TWINS)
    return re.sub(r"[^a-z]", "", plain.replace("l", "i").replace("vv", "w").replace("rn", "m"))[:LONGEST]


def bare(name: str) -> str:
    """The skeleton without what fakes are dressed in; as it is when nothing else would be left."""
    words = [word for word in re.split(r"[_.\-\s]+", name.casefold()) if word]
    kept = [word for word in words if word not in AFFIXES and word not in _SHORT_AFFIXES] or words
    letters = skeleton("".join(kept))
    for affix in map(skeleton, AFFIXES):
        for cut in (letters.removeprefix(affix), letters.removesuffix(affix)):
            if len(cut) >= SHORTEST:
                letters = cut
    return letters


def keys_of(name: str) -> set[str]:
    """Everything under which a name is found. A bare number has no likeness: the next number is another page."""
    if re.fullmatch(r"\D{0,8}\d+", name):
        return set()
    found: set[str] = set()
    for spelling in _spellings(name):
        for letters in {skeleton(spelling), bare(spelling)}:
            if len(letters) >= SHORTEST:
                found.update(_neighbours(letters))
    return found


def _spellings(name: str) -> set[str]:
    """The name as it is, and a Cyrillic one also as it sounds."""
    return {name, "".join(_SOUNDS.get(char, char) for char in name.casefold())}


def _neighbours(letters: str) -> Iterator[str]:
    yield letters
    for at in range(len(letters)):
        yield letters[:at] + letters[at + 1 :]


def similar(name: str, url: str = "") -> list[Lookalike]:
    """Official pages that the name resembles, the most alike first; never the page itself."""
    rows = (
        Account.objects.public()
        .filter(status=AccountStatus.ACTIVE, name_keys__key__in=keys_of(name))
        .exclude(url=url or "-")
        .distinct()
        .with_relations()
        .prefetch_related("former_names")
    )
    found = [Lookalike(account, why) for account in rows[:200] if (why := _why(name, account))]
    order = list(Why)
    return sorted(found, key=lambda one: (order.index(one.why), one.account.pk))[:MOST]


def _why(name: str, account: Account) -> Why | None:
    """By the likest of the name's spellings and of the names the page bears or bore."""
    borne = [account.handle, *(former.handle for former in account.former_names.all())]
    found = [why for spelling in _spellings(name) for real in borne if (why := _likeness(spelling, real))]
    return min(found, key=list(Why).index, default=None)


def _likeness(name: str, real: str) -> Why | None:
    if name.casefold() == real.casefold():
        return Why.SAME_NAME
    if _signless(name) == _signless(real):
        return Why.SIGNS
    if skeleton(name) == skeleton(real):
        return Why.TWIN_LETTERS
    if bare(name) == bare(real):
        return Why.AFFIX
    if within_one(skeleton(name), skeleton(real)) or within_one(bare(name), bare(real)):
        return Why.ONE_LETTER
    return None


def _signless(name: str) -> str:
    return re.sub(r"[_.\-]", "", name.casefold())


def within_one(first: str, second: str) -> bool:
    """One letter changed, added, dropped, or two neighbours swapped."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1 or min(len(first), len(second)) < SHORTEST:
        return False
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    if len(first) < len(second):
        return first[at:] == second[at + 1 :]
    swapped = first[:at] + first[at : at + 2][::-1] + first[at + 2 :]
    return first[at + 1 :] == second[at + 1 :] or swapped == second


@transaction.atomic
def index(accounts: Iterable[Account]) -> int:
    """Writes the keys of these accounts anew; returns how many keys stand now."""
    rows = list(accounts)
    NameKey.objects.filter(account__in=rows).delete()
    borne = {account.pk: keys_of(account.handle) for account in rows}
    for pk, handle in FormerName.objects.filter(account__in=rows).values_list("account", "handle"):
        borne[pk] |= keys_of(handle)
    keys = [NameKey(account_id=pk, key=key) for pk, found in borne.items() for key in sorted(found)]
    NameKey.objects.bulk_create(keys, batch_size=2000)
    return len(keys)


def index_all() -> int:
    """Writes the keys of every account anew, in portions."""
    total, last = 0, 0
    while portion := list(Account.objects.filter(pk__gt=last).exclude(handle="").order_by("pk")[:2000]):
        total += index(portion)
        last = portion[-1].pk
    return total
