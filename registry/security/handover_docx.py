"""The act of a handover as a Word document: accounts, who hands over, who takes, the day, places for signatures."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registry import word_files
from registry.models import Handover


def make(handover: Handover) -> bytes:
    """The file; it is printed and signed."""
    document = word_files.new(handover.organization.name)
    word_files.write(document, render_to_string("registry/handover_act.txt", {"handover": handover}))
    header = ("№", _("Network"), _("Page"), pgettext("handover", "Rights"), _("Held since"))
    rows = [_cells(number, row) for number, row in enumerate(handover.rows, 1)]
    word_files.table(document, header, rows, (10, 34, 66, 30, 25))
    document.add_paragraph()
    word_files.write(document, render_to_string("registry/handover_act_end.txt", {"handover": handover}))
    return word_files.content(document)


def _cells(number: int, row: dict[str, str]) -> tuple[str, ...]:
    since = date_format(date.fromisoformat(row["since"]), "d.m.Y")
    page = f"{row['name']}\n{row['address']}" if row["address"] else row["name"]
    return (str(number), row["network"], page, row["level"], since)
