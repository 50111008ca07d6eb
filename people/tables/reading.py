"""From a pasted text or a file to lines of plain cells. What a file is, its bytes tell; its name counts for nothing.

XLSX and DOCX are archives of XML: too large ones, and those that would swell when opened, are refused unopened.
Macros are never looked at.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import islice

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from people.tables.documents import docx_lines
from people.tables.encodings import decoded
from people.tables.lines import MAX_HEAD, Line, Wanted
from people.tables.workbooks import xlsx_lines

MAX_COLUMNS = 30
MAX_CELL = 20_000  # characters
MAX_UNPACKED = 40 * 1024 * 1024
MAX_PART = 20 * 1024 * 1024
MAX_PARTS = 3_000
EMPTY_IN_A_ROW = 300  # a sheet formatted down to its millionth row ends here


def read_text(text: str, wanted: Wanted) -> list[Line]:
    """A pasted table: Excel and browsers put tabs between cells, people also `;` and `|`."""
    return _kept(_separated(text, wanted), wanted)


def read_file(file: "File[bytes]", wanted: Wanted) -> list[Line]:
    """XLSX, DOCX or CSV. Raises ValidationError with a sentence for everything else."""
    if file.size > settings.MAX_UPLOAD_BYTES:
        limit = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise ValidationError(_("The file is too large: at most %(limit)s."), params={"limit": limit})
    file.seek(0)
    content = file.read()
    if not content.strip():
        raise ValidationError(_("The file is empty."))
    if content.startswith(b"PK"):
        return _kept(_of_archive(content, wanted), wanted)
    if (kind := _kind(content)) in _REFUSED:
        raise ValidationError(_refusals()[_REFUSED[kind]])
    return _kept(_separated(_decoded(content), wanted), wanted)


_REFUSED = {
    ".doc": "old", ".xls": "old", ".ppt": "old", ".msi": "old", ".pdf": "pdf", ".rtf": "other",
    ".png": "picture", ".jpg": "picture", ".jpeg": "picture", ".webp": "picture", ".heic": "picture", ".gif": "picture",
}  # fmt: skip


def _refusals() -> dict[str, str]:
    return {
        "old": _(
            "This is an old or a protected file of Word or Excel. Open it, save it as DOCX or XLSX without a password."
        ),
        "pdf": _(
            "A table cannot be read from a PDF. Take the Word or Excel file it was made from, or paste the table."
        ),
        "picture": _("This is a picture. Take the Word or Excel file, or paste the table as text."),
        "other": _("Only XLSX, DOCX and CSV can be read. Save the table as one of them, or paste it as text."),
    }


def _kind(content: bytes) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the container of old Office files, and of those with a password
        return ".doc"
    try:
        return str(puremagic.from_string(content[:4096]))
    except (puremagic.PureError, ValueError):
        return ""


def _of_archive(content: bytes, wanted: Wanted) -> Iterable[Line]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = _checked_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValidationError(_damaged()) from error
    if "xl/workbook.xml" in names:
        read = xlsx_lines
    elif "word/document.xml" in names:
        read = docx_lines
    else:
        raise ValidationError(_refusals()["other"])
    try:
        # Lazily read rows break while they are taken: that is why they are taken here.
        return list(_until_empty(read(content, wanted), wanted.most_rows + MAX_HEAD))
    except ValidationError:
        raise
    except Exception as error:  # the libraries answer a broken file with anything
        raise ValidationError(_damaged()) from error


def _checked_parts(archive: zipfile.ZipFile) -> set[str]:
    """The names of the parts of an archive that is safe to open."""
    parts = archive.infolist()
    sizes = [part.file_size for part in parts]
    if len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_PART:
        raise ValidationError(_("Unpacked, this file is far too large. Save only the table in a new file."))
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationError(_refusals()["old"])
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened:
                head = opened.read(65_536).replace(b"\0", b"")  # UTF-16 as well
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise ValidationError(_damaged())
    return {part.filename for part in parts}


def _damaged() -> str:
    return _("The file is damaged or not made by Word or Excel. Open it, save it anew, and try again.")


def _until_empty(lines: Iterable[Line], most: int) -> Iterator[Line]:
    """The lines that hold something, up to one more than there may be."""
    empty = taken = 0
    for line in lines:
        if not any(cell.strip() for cell in line.cells):
            empty += 1
            if empty >= EMPTY_IN_A_ROW:
                return
            continue
        empty, taken = 0, taken + 1
        yield line
        if taken > most:
            return


def _decoded(content: bytes) -> str:
    text = decoded(content)
    if text is None:
        raise ValidationError(_refusals()["other"])
    return text


def _separated(text: str, wanted: Wanted) -> Iterator[Line]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n\ufeff ")
    text, delimiter = _delimiter(text)
    rows = islice(csv.reader(StringIO(text), delimiter=delimiter), wanted.most_rows * 4)
    try:
        yield from (Line(number, row) for number, row in enumerate(rows, 1))
    except csv.Error as error:
        raise ValidationError(_("One of the cells is far too long, or a quotation mark is never closed.")) from error


def _delimiter(text: str) -> tuple[str, str]:
    """The text, with the mark `sep=;` of Excel taken off, and what stands between its cells."""
    if told := re.match(r"sep=(.)\n", text):
        return text[told.end() :], told[1]
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    if any("\t" in line for line in lines):
        return text, "\t"
    best = max(";|,", key=lambda sign: sum(line.count(sign) > 1 for line in lines))
    return text, best if any(best in line for line in lines) else "\t"


def _kept(lines: Iterable[Line], wanted: Wanted) -> list[Line]:
    """The lines that hold something; raises ValidationError when there are none or too many."""
    kept = [Line(line.number, [_cell(cell) for cell in line.cells[:MAX_COLUMNS]]) for line in lines]
    kept = [line for line in kept if any(line.cells)]
    if not kept:
        raise ValidationError(_("There is no table here. Copy the table together with its header."))
    if len(kept) > wanted.most_rows + MAX_HEAD:
        raise ValidationError(
            _("There are more than %(n)d rows here. Bring the table in parts."), params={"n": wanted.most_rows}
        )
    # Workbooks pad their rows with empty cells, people leave them out: the widest row that says something counts.
    width = max(max(n for n, cell in enumerate(line.cells, 1) if cell) for line in kept)
    return [Line(line.number, (line.cells + [""] * width)[:width]) for line in kept]


def _cell(text: str) -> str:
    """One cell: no control characters, no spaces around, no more than a text could ever need."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text.replace("\r\n", "\n").replace("\u00a0", " "))
    return "\n".join(line.strip() for line in text.strip().split("\n"))[:MAX_CELL]
