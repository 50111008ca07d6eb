"""What people bring and what they mend: the shared forms, with the words of this room."""

from typing import Any

from moderation.inbox.imports.columns import MEANING_NAMES, Columns, Meaning
from moderation.inbox.imports.table import Table, Values, read_file, read_text
from moderation.inbox.intake import MAX_TEXT
from people.tables import pages

NEEDED = (Meaning.TEXT, Meaning.PAGE, Meaning.WHEN)
_LONG = {Meaning.TEXT: MAX_TEXT}


class ImportForm(pages.TableForm):
    """A file or a pasted table."""

    read_file = staticmethod(read_file)
    read_text = staticmethod(read_text)
    read: Table


def column_choices() -> list[tuple[str, str]]:
    """What a column may mean, to be chosen from."""
    return pages.column_choices(MEANING_NAMES)


def read_columns(data: Any, width: int) -> Columns:
    """The chosen meanings of all columns; what is no meaning is not taken."""
    return pages.read_columns(data, width, list(Meaning))


def mend_form(data: Any = None, *, values: Values, wrong: Any, auto_id: str) -> pages.MendForm:
    """The cells of one row, to be typed over."""
    return pages.MendForm(
        data, names=MEANING_NAMES, values=values, wrong=wrong, needed=NEEDED, long=_LONG, auto_id=auto_id
    )
