"""A plan as a table, pasted or in a file: rows of plain cells."""

from django.core.files.base import File

from contentplan.imports import messages
from contentplan.imports.columns import looks_like_header
from people import tables
from people.tables import Rows

__all__ = ["MAX_ROWS", "Rows", "read_file", "read_text"]

MAX_ROWS = 500
_WANTED = tables.Wanted(MAX_ROWS, looks_like_header, with_marks=True, with_links=False)


def read_text(text: str) -> Rows:
    """A pasted table, or a plan written line by line in a message."""
    rows = [line.cells for line in tables.read_text(messages.with_tabs(text), _WANTED)]
    if any(map(looks_like_header, rows[:MAX_ROWS])):
        return rows
    return messages.table_of(text) or rows


def read_file(file: "File[bytes]") -> Rows:
    """XLSX, DOCX or CSV. Raises ValidationError with a sentence for everything else."""
    return [line.cells for line in tables.read_file(file, _WANTED)]
