"""What a document says of whoever wrote it, taken out before a post carries it on: names, organization, program.

What is signed or locked stays as it came: a changed byte would break the signature. So does what cannot be read.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import IO, Any

from pypdf import PdfReader, PdfWriter

from contentplan.media.apart import WHOLE

PDF = "application/pdf"
# More than this no honest document of the permitted size unpacks to, bytes.
MOST_UNPACKED = 200 * 1024 * 1024
# Parts of an office file that tell of people, and their elements that do (ECMA-376, part 1, 15.2.12; ODF 1.3, 4.3).
_TELLING = re.compile(r"^(docProps/(core|app|custom)\.xml|meta\.xml)$")
# Parts where comments and tracked changes say by whom they are, in elements and in attributes.
_REMARKED = re.compile(
    r"^(word/(document|comments\w*|people|footnotes|endnotes|header\d*|footer\d*)\.xml"
    r"|xl/(comments\d*|persons/\w+|threadedComments/\w+)\.xml|ppt/(commentAuthors|authors)\.xml|content\.xml)$"
)
_ATTRIBUTE = re.compile(rb"""((?:w\d*:author|w:initials|w15:userId|displayName|userId|initials)=")[^"]*""")
_AUTHOR_OF_SLIDES = re.compile(rb"""(<p\w*:(?:cmAuthor|author)\s[^>]*?\bname=")[^"]*""")
_PHOTO = re.compile(r"\.jpe?g$", re.IGNORECASE)
_SIGNED = re.compile(r"^(_xmlsignatures/|META-INF/.*signature)", re.IGNORECASE)
_NAMES = "creator|author|lastModifiedBy|initial-creator|printed-by|Company|Manager|HyperlinkBase|lpwstr"
_ELEMENT = re.compile(rf"(<(?:\w+:)?(?P<name>{_NAMES})(?:\s[^>]*)?>)[^<]*(</(?:\w+:)?(?P=name)>)".encode())


class Stays(Exception):
    """Why the names in a document stay where they are, in a word that a person is told a sentence about."""


def work(file: IO[bytes], mime: str, folder: Path, most_dots: int) -> dict[str, Any]:
    """Leaves the document without its authors in the folder; nothing when it says nothing of them, or they stay."""
    try:
        whole = clean(file, mime)
    except Stays as stays:
        return {"note": str(stays)}
    if whole:
        (folder / WHOLE).write_bytes(whole)
    return {}


def clean(file: IO[bytes], mime: str) -> bytes | None:
    """The document without its authors; None when it says nothing of them. Raises Stays."""
    try:
        return _clean_pdf(file) if mime == PDF else _clean_office(file)
    except Stays:
        raise
    except Exception as error:  # the libraries answer a broken file with anything
        raise Stays("unread") from error


def _clean_pdf(file: IO[bytes]) -> bytes | None:
    reader = PdfReader(file)
    if reader.is_encrypted:
        raise Stays("locked")
    form = reader.root_object.get("/AcroForm", {})
    if form and form.get_object().get("/SigFlags", 0):
        raise Stays("signed")
    if not (reader.metadata or reader.xmp_metadata):
        return None
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    writer.xmp_metadata = None
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _clean_office(file: IO[bytes]) -> bytes | None:
    made, told = io.BytesIO(), False
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        entries = source.infolist()
        if any(_SIGNED.match(entry.filename) for entry in entries):
            raise Stays("signed")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Stays("unread")
        for entry in entries:
            content = source.read(entry)
            silent = _silenced(entry.filename, content)
            told, content = told or silent != content, silent
            target.writestr(entry, content)
    return made.getvalue() if told else None


def _silenced(name: str, content: bytes) -> bytes:
    """One part of an office file without people and places."""
    if _PHOTO.search(name):
        return _without_camera(content)
    if _TELLING.match(name) or _REMARKED.match(name):
        content = _ELEMENT.sub(rb"\1\3", content)
    if _REMARKED.match(name):
        content = _AUTHOR_OF_SLIDES.sub(rb"\1", _ATTRIBUTE.sub(rb"\1", content))
    return content


def _without_camera(photo: bytes) -> bytes:
    """A JPEG without its EXIF, XMP and IPTC (APP1, APP13), the picture itself untouched."""
    kept, at = [photo[:2]], 2
    while photo[at : at + 1] == b"\xff" and photo[at + 1] not in (0xDA, 0xD9):
        size = 2 + int.from_bytes(photo[at + 2 : at + 4], "big")
        if photo[at + 1] not in (0xE1, 0xED):
            kept.append(photo[at : at + size])
        at += size
    return b"".join([*kept, photo[at:]])
