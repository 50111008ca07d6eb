"""The draft of an own act as a Word document: clauses of the order, blanks where a fact or a case is not known."""

from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from people.models import Organization
from registry.models import Account, SocialNetwork

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
CENTRED = "= "  # a line of the text that begins so stands in the middle


def make(organization: Organization) -> bytes:
    """The file; a person edits it before anybody signs it."""
    document: Any = Document()
    _set_up(document, organization)
    text = render_to_string("registry/own_act_draft.txt", {"body": organization})
    for line in filter(None, map(str.strip, text.splitlines())):
        _paragraph(document, line)
    annex = _paragraph(document, CENTRED + _("Annex: pages of the body in social networks"))
    annex.paragraph_format.page_break_before = True
    _annex(document, organization)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, organization: Organization) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.author, properties.comments, properties.language = organization.name[:255], "", "ru-RU"


def _paragraph(document: Any, line: str) -> Any:
    centred = line.startswith(CENTRED)
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.removeprefix(CENTRED))
    run.bold = centred
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    return paragraph


def _annex(document: Any, organization: Organization) -> None:
    """Active pages; never one of a prohibited network."""
    allowed = SocialNetwork.objects.allowed().values("pk")
    accounts = Account.objects.active().filter(organization=organization, network__in=allowed)
    rows = [(str(one.network), one.name, one.url) for one in accounts.select_related("network").order_by("pk")]
    if not rows:
        document.add_paragraph("________________")
        return
    grid = document.add_table(rows=1, cols=3)
    grid.style = "Table Grid"
    for cells in [(_("Network"), _("Name"), _("Address")), *rows]:
        row = grid.rows[0] if cells[2] == _("Address") else grid.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = str(text)
