"""A document of a post says nothing of whoever wrote it; signed ones stay as they came."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from docx import Document
from fpdf import FPDF
from openpyxl import Workbook, load_workbook
from PIL import Image
from pypdf import PdfWriter

from contentplan import actions
from contentplan.media import preparing
from contentplan.media.documents import PDF, Stays, clean
from contentplan.media.reading import read
from contentplan.models import Media
from people.models import Organization, User
from people.tests.office import said_by

AUTHOR = "Кедрова Мария Ивановна"


def pdf() -> bytes:
    paper = FPDF()
    paper.set_author(AUTHOR)
    paper.set_creator("Office 2016")
    paper.add_page()
    paper.set_font("helvetica")
    paper.cell(text="Plan of the week")
    return bytes(paper.output())


def docx() -> bytes:
    paper, out = Document(), io.BytesIO()
    paper.core_properties.author = paper.core_properties.last_modified_by = AUTHOR
    paper.core_properties.title = "План"
    paper.add_paragraph("Ремонт моста")
    paper.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    book.active["A1"] = "Ремонт моста"  # type: ignore[index]
    book.save(out)
    return out.getvalue()


def cleaned(content: bytes, mime: str = "") -> bytes:
    made = clean(io.BytesIO(content), mime)
    assert made is not None
    return made


def test_a_word_file_loses_its_authors_and_keeps_its_words() -> None:
    paper = Document(io.BytesIO(cleaned(docx())))

    told = paper.core_properties
    assert (told.author, told.last_modified_by, told.title) == ("", "", "План")
    assert [paragraph.text for paragraph in paper.paragraphs] == ["Ремонт моста"]


def test_an_excel_file_loses_its_authors_and_keeps_its_cells() -> None:
    book = load_workbook(io.BytesIO(cleaned(xlsx())))

    assert (book.properties.creator, book.properties.lastModifiedBy) == (None, None)
    assert book.active["A1"].value == "Ремонт моста"  # type: ignore[index]


def test_comments_and_changes_lose_their_authors_and_photos_their_place() -> None:
    exif, photo = Image.Exif(), io.BytesIO()
    exif[0x010F] = "Canon"
    Image.new("RGB", (40, 30), "green").save(photo, "JPEG", exif=exif)
    remark = f'<w:ins w:id="1" w:author="{AUTHOR}" w:initials="К"><w:r><w:t>Мост</w:t></w:r></w:ins>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", remark)
        archive.writestr("xl/comments1.xml", f"<authors><author>{AUTHOR}</author></authors>")
        archive.writestr("ppt/commentAuthors.xml", f'<p:cmAuthor id="0" name="{AUTHOR}" initials="К"/>')
        archive.writestr("word/media/image1.jpeg", photo.getvalue())

    with zipfile.ZipFile(io.BytesIO(cleaned(out.getvalue()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    words = parts["word/document.xml"].decode()
    assert words == '<w:ins w:id="1" w:author="" w:initials=""><w:r><w:t>Мост</w:t></w:r></w:ins>'
    assert parts["xl/comments1.xml"] == b"<authors><author></author></authors>"
    assert parts["ppt/commentAuthors.xml"] == b'<p:cmAuthor id="0" name="" initials=""/>'
    with Image.open(io.BytesIO(parts["word/media/image1.jpeg"])) as image:
        assert (image.size, dict(image.getexif())) == ((40, 30), {})
        image.load()


def test_a_pdf_loses_its_author_and_keeps_its_page(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(cleaned(pdf(), PDF))

    told, words = said_by("pdfinfo", file), said_by("pdftotext", file, "-")

    assert ("Author:" in told, "Creator:" in told, "Pages:           1" in told) == (False, False, True)
    assert words.strip() == "Plan of the week"


def test_what_is_signed_stays_as_it_came() -> None:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")

    form = b"/Type /Catalog /AcroForm << /SigFlags %d /Fields [] >>"
    signed, plain = (io.BytesIO(pdf().replace(b"/Type /Catalog", form % flags)) for flags in (3, 0))

    for file, mime in ((out, ""), (signed, PDF)):
        with pytest.raises(Stays, match="signed"):
            clean(file, mime)
    assert clean(plain, PDF)


def test_what_is_locked_stays_as_it_came() -> None:
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf())), io.BytesIO()
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(out)

    with pytest.raises(Stays, match="locked"):
        clean(out, PDF)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\nnothing", pdf()[:300]])
def test_what_cannot_be_read_stays_as_it_came(content: bytes) -> None:
    with pytest.raises(Stays, match="unread"):
        clean(io.BytesIO(content), PDF)


def test_the_file_of_a_post_is_the_cleaned_one(
    urtam: Organization, editor: User, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    media = actions.add_media(urtam, read(ContentFile(docx(), "план.docx")), by=editor)

    preparing.prepare(media.pk)

    media = Media.objects.get()
    with media.file.open("rb") as file:
        content = file.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert AUTHOR not in archive.read("docProps/core.xml").decode()
    assert media.size == len(content)
