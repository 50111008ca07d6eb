"""A video without what the phone wrote: place, device, names.

Nothing is encoded anew. Boxes of an MP4 or MOV that hold such words, and the tags of a WebM, become empty space of the
same length, so that every offset in the file stays true.
"""

from typing import IO

HOLDERS = {b"moov", b"trak", b"moof", b"traf", b"mdia"}  # boxes that hold boxes
TELLING = {b"udta", b"meta", b"uuid", b"XMP_", b"loci"}
# ISO 14496-12: a box begins with its length and type; 1 is "the length follows in eight bytes", 0 "to the end".
HEAD, LONG_HEAD = 8, 16
MOST_BOXES, DEEPEST = 100_000, 6

SEGMENT, TAGS, VOID = 0x18538067, 0x1254C367, 0xEC


def clean(file: IO[bytes], mime: str) -> None:
    """Empties what tells of the person, in place. Raises ValueError when the file is not built as it should be."""
    end = file.seek(0, 2)
    if mime == "video/webm":
        _clean_elements(file, 0, end)
    elif not _clean_boxes(file, 0, end, [MOST_BOXES]):
        raise ValueError("no moov box")


def _clean_boxes(file: IO[bytes], start: int, end: int, left: list[int], depth: int = 0) -> bool:
    """Walks the boxes between two offsets; whether there was a box that describes the film."""
    found = False
    while start + HEAD <= end:
        left[0] -= 1
        kind, head, size = _box(file, start, end)
        if size < head or start + size > end or left[0] < 0 or depth > DEEPEST:
            raise ValueError("a box reaches beyond its holder")
        if kind in TELLING:
            _empty(file, start, head, size)
        elif kind in HOLDERS:
            found |= kind == b"moov"
            _clean_boxes(file, start + head, start + size, left, depth + 1)
        start += size
    return found


def _box(file: IO[bytes], start: int, end: int) -> tuple[bytes, int, int]:
    """Type, length of the head, length of the whole."""
    file.seek(start)
    size, kind = int.from_bytes(file.read(4), "big"), file.read(4)
    if size == 1:
        return kind, LONG_HEAD, int.from_bytes(file.read(8), "big")
    return kind, HEAD, size or end - start


def _empty(file: IO[bytes], start: int, head: int, size: int) -> None:
    file.seek(start + 4)
    file.write(b"free")
    _fill(file, start + head, size - head)


def _fill(file: IO[bytes], start: int, length: int) -> None:
    file.seek(start)
    for at in range(0, length, 1 << 16):
        file.write(bytes(min(1 << 16, length - at)))


def _clean_elements(file: IO[bytes], start: int, end: int, *, inside: bool = False) -> None:
    """Matroska: the same for the tags, one level below the segment."""
    while start < end:
        name, at = _number(file, start, keep_marker=True)
        length, body = _number(file, at, keep_marker=False)
        if body + length > end or length == _unknown(body - at):
            # A recording of unknown length goes to the end of the file.
            length = end - body
        if name == SEGMENT and not inside:
            _clean_elements(file, body, body + length, inside=True)
        elif name == TAGS:
            _void(file, start, body + length - start)
        start = body + length


def _void(file: IO[bytes], start: int, size: int) -> None:
    """An element that says nothing: its name, its length in eight bytes, zeros."""
    if size < 9:
        return  # too short to hold a word
    file.seek(start)
    file.write(bytes([VOID]) + (0x01 << 56 | size - 9).to_bytes(8, "big"))
    _fill(file, start + 9, size - 9)


def _number(file: IO[bytes], at: int, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length (EBML, RFC 8794) and where what follows begins."""
    file.seek(at)
    first = file.read(1)
    if not first or first == b"\0":
        raise ValueError("no element where one should begin")
    length = 9 - first[0].bit_length()
    value = int.from_bytes(first + file.read(length - 1), "big")
    return (value if keep_marker else value ^ (1 << 7 * length)), at + length


def _unknown(length: int) -> int:
    return (1 << 7 * length) - 1
