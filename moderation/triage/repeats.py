"""The same text under several posts: what advertisers and bots do, and a resident does not."""

from collections import OrderedDict
from hashlib import blake2b

from django.utils.translation import gettext as _

from moderation.triage.fold import fold
from moderation.triage.reading import TOKEN
from moderation.triage.rule import SPAM
from moderation.triage.sorter import Flag

POSTS = 3  # under so many posts a text is no longer an answer to any of them
WORDS = 5  # «спасибо большое» is written everywhere
REMEMBERED = 20_000  # texts


def fingerprint(text: str) -> str:
    """The same for texts that differ in case, signs and spaces only; empty for a text too short to tell."""
    words = TOKEN.findall(fold(text).text)
    return blake2b(" ".join(words).encode(), digest_size=12).hexdigest() if len(words) >= WORDS else ""


class Repeats:
    """Remembers fingerprints, no texts: where each was seen, the longest unseen forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, set[str]] = OrderedDict()

    def flags(self, text: str, post: str) -> list[Flag]:
        """A hint on the whole text once it stands under several posts."""
        key = fingerprint(text)
        if not key:
            return []
        posts = self._seen.setdefault(key, set())
        posts.add(post)
        self._seen.move_to_end(key)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        if len(posts) < POSTS:
            return []
        reason = _("Looks like advertising: the same text stands under several posts.")
        return [Flag(SPAM, 0, len(text), reason)]
