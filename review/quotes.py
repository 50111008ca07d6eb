"""Remarks hold on to the words they quote: found again in the text after every edit, or known to be gone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from review.diff import Chunk
from review.models import AbstractRemark


def find(quote: str, text: str) -> tuple[int, int] | None:
    """Where the words stand, whatever whitespace lies between them; None when they do not."""
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return found.span() if found else None


def marked(chunks: Iterable[Chunk], remarks: Iterable[tuple[int, AbstractRemark]]) -> list[Chunk]:
    """The text with the first place of each quote marked by the number of its remark; removed words bear no mark."""
    chunks = list(chunks)
    text = "".join(chunk.text for chunk in chunks if chunk.kind != "removed")
    spans = sorted((span, number) for number, remark in remarks if (span := find(remark.quote, text)))
    marks = [0] * len(text)
    for (start, end), number in spans:
        marks[start:end] = [mark or number for mark in marks[start:end]]
    return list(_cut(chunks, marks))


def _cut(chunks: list[Chunk], marks: list[int]) -> Iterator[Chunk]:
    at, begun = 0, {0}
    for chunk in chunks:
        if chunk.kind == "removed":
            yield chunk
            continue
        start, end = at, at + len(chunk.text)
        while at < end:
            stop = next((n for n in range(at, end) if marks[n] != marks[at]), end)
            mark = marks[at]
            yield replace(chunk, text=chunk.text[at - start : stop - start], mark=mark, begins=mark not in begun)
            begun.add(mark)
            at = stop
