"""What a person has typed and not sent: kept by itself, offered back, forgotten when sent. Nobody else reads it."""

from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from contentplan.models import SavedDraft
from people.models import User

KEEP = timedelta(days=30)
KEY_LENGTH = 120
MOST_CHARACTERS = 200_000
# What a form carries that nobody typed.
SKIPPED = {"csrfmiddlewaretoken", "key"}
# What a form carries that nobody typed, but which says on top of what it was typed.
GROUND = {"revision", "seen"}

Pairs = list[list[str]]


def pairs_of(data: QueryDict) -> Pairs:
    """What a browser sent, as it is kept: [name, value] in their order."""
    return [[name, value] for name, values in data.lists() if name not in SKIPPED for value in values]


def save(user: User, key: str, pairs: Pairs) -> datetime | None:
    """Keeps what was typed into the form of this key; None when it is more than anybody types."""
    if not 0 < len(key) <= KEY_LENGTH or sum(len(name) + len(value) for name, value in pairs) > MOST_CHARACTERS:
        return None
    pairs = [[name.replace("\0", ""), value.replace("\0", "")] for name, value in pairs]
    now = timezone.now()
    SavedDraft.objects.update_or_create(user=user, key=key.replace("\0", ""), defaults={"data": pairs, "saved_at": now})
    return now


def of(user: User, key: str) -> SavedDraft | None:
    return SavedDraft.objects.filter(user=user, key=key.replace("\0", "")).first()


def forget(user: User, key: str) -> None:
    SavedDraft.objects.filter(user=user, key=key.replace("\0", "")).delete()


def remove_old() -> int:
    """Deletes texts nobody came back for. Answers with how many."""
    return SavedDraft.objects.filter(saved_at__lte=timezone.now() - KEEP).delete()[0]


def typed(pairs: Pairs) -> dict[str, list[str]]:
    """Without what the form itself carries: to tell whether two forms say the same."""
    names: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in GROUND and value.strip():
            names.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return names


def as_post(pairs: Pairs) -> QueryDict:
    """The same as a browser would send it."""
    data: Any = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data
