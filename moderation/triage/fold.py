"""The text as the rules read it: one case, ё as е, no invisible characters; and the way back to the text as given."""

import re
import unicodedata
from dataclasses import dataclass

# Characters nobody sees: soft hyphen, zero-width spaces and joiners, marks of direction, variation selectors.
_HIDDEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_DROPPED = re.compile(f"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff{_HIDDEN}]")
_BREVE = "\u0306"  # и with it is й
# Letters of other alphabets, small capitals and the like that are drawn as a Cyrillic or Latin letter.
_DRAWN_ALIKE = {
    **dict(zip("αβεηικμνοπρτυχ", "abenikmvoпptux", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprtuvwyz", strict=True)),
    **dict(zip("іїєґўјѕһԁԛԝ", "ииегуjshdqw", strict=True)),
    "ᴧ": "л",
    "ᴨ": "п",
    "ᴩ": "р",
    "ᴦ": "г",
    "ᴫ": "л",
    "ł": "l",
    "ø": "o",
}


class _Table(dict[int, str]):
    """Character → the character the rules know; each is worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    @staticmethod
    def _fold(character: str) -> str:
        plain = unicodedata.normalize("NFKC", character).casefold()
        if len(plain) != 1:
            plain = character.lower()
        if plain not in "йї":
            plain = unicodedata.normalize("NFD", plain)[0]
        plain = _DRAWN_ALIKE.get(plain, plain)
        return plain if len(plain) == 1 else character


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `origin[i]` is the place of its i-th character in the given one; None: the same places."""

    text: str
    origin: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A piece of the folded text → the piece of the given one."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """One character stays one character; those that are dropped leave a map behind."""
    if not _DROPPED.search(text):
        return Folded(text.translate(_TABLE))
    kept: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        if not _DROPPED.match(character):
            kept.append(character)
            origin.append(place)
        elif character == _BREVE and kept and kept[-1] in "иИ":
            kept[-1] = "й"
    return Folded("".join(kept).translate(_TABLE), origin)
