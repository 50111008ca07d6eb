"""In which letters a text file was written: UTF-8, UTF-16 with a mark, or one of the old Russian tables.

The old tables hold the same letters in other places, and every byte means something in each of them: which one it was
shows only in whether the words are Russian.
"""

import re

_OLD = ("cp1251", "koi8-r", "cp866")
# The pairs of letters that Russian has most; in a wrong table they come out as pairs it hardly has.
_PAIRS = re.compile(
    "(?=ст|но|ен|то|на|ов|ни|ра|во|ко|ро|ре|ос|по|ор|ан|ал|не|ли|пр|та|ер|го|ка|ел|ва|ть|ет|де|ла|ом|ас|ат)"
)
_FIRST = 20_000  # bytes that are enough to tell


def decoded(content: bytes) -> str | None:
    """The text; None when it is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _read(content, "utf-16")
    if b"\0" in content:
        return None
    text = _read(content, "utf-8-sig")
    return text if text is not None else _of_old_table(content)


def _of_old_table(content: bytes) -> str | None:
    texts = {name: text for name in _OLD if (text := _read(content, name)) is not None}
    heads = {name: content[:_FIRST].decode(name, "replace") for name in texts}
    # Of equals the first: a word of three letters tells nothing, and Windows is what people have.
    best = max(texts, key=lambda name: _russian(heads[name]), default=None)
    return texts[best] if best else None


def _russian(text: str) -> int:
    return len(_PAIRS.findall(text.casefold()))


def _read(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
