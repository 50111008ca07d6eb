"""What a person has typed and not sent: kept by itself, offered back, forgotten when sent. Nobody else reads it."""

from datetime import time, timedelta

from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone

from contentplan import attachments
from contentplan.models import SavedDraft
from people.models import User

KEEP = timedelta(days=30)
KEY_LENGTH = 120
MOST_CHARACTERS = 200_000
# What a form carries that nobody typed.
SKIPPED = {"csrfmiddlewaretoken", "key", "submit", "another", "check"}

# Of the form of a post: what is read together with its files, and what only leads it to its place.
_FILE_NAMES = ("alt_", "place_", "remove_", "media")
_CARRIED = {"post", "body", "week"}

Pairs = list[list[str]]


def pairs_of(data: QueryDict) -> Pairs:
    """What a browser sent, as it is kept: [name, value] in their order."""
    return worth_keeping([[name, value] for name, values in data.lists() for value in values])


def worth_keeping(pairs: Pairs) -> Pairs:
    return [[name, value] for name, value in pairs if name not in SKIPPED]


def save(user: User, key: str, pairs: Pairs) -> SavedDraft | None:
    """Keeps what was typed into the form of this key; None when it is more than anybody types."""
    if not 0 < len(key) <= KEY_LENGTH or sum(len(name) + len(value) for name, value in pairs) > MOST_CHARACTERS:
        return None
    pairs = [[name.replace("\0", ""), value.replace("\0", "")] for name, value in pairs]
    values = {"data": pairs, "saved_at": timezone.now()}
    return SavedDraft.objects.update_or_create(user=user, key=key.replace("\0", ""), defaults=values)[0]


def of(user: User, key: str) -> SavedDraft | None:
    return SavedDraft.objects.filter(user=user, key=key.replace("\0", "")).first()


def forget(user: User, key: str) -> None:
    SavedDraft.objects.filter(user=user, key=key.replace("\0", "")).delete()


def remove_old() -> int:
    """Deletes texts nobody came back for. Answers with how many."""
    return SavedDraft.objects.filter(saved_at__lte=timezone.now() - KEEP).delete()[0]


def as_post(pairs: Pairs) -> QueryDict:
    """The same as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def as_initial(data: QueryDict) -> dict[str, object]:
    """First values of a post's form that say what was typed, on top of the wording it was typed on."""
    values: dict[str, object] = {name: data.get(name) for name in data if not name.startswith(_FILE_NAMES)}
    values |= {
        "accounts": [int(text) for text in data.getlist("accounts") if text.isdecimal()],
        "about_work": "about_work" in data,
        "media": attachments.typed(data),
        "rubric": data.get("rubric") if data.get("rubric", "").isdecimal() else None,
    }
    return {name: value for name, value in values.items() if name not in _CARRIED}


def plain(value: object) -> object:
    """For telling whether two values of a form say the same."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, (list, tuple)):
        return sorted(str(one) for one in value)
    return str("" if value is None else value).replace("\r\n", "\n").strip()
