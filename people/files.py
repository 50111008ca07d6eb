"""Files people bring: what they really are, and how their names become safe to show and to save."""

import unicodedata
import zipfile
from pathlib import PurePosixPath

import puremagic
from django.core.files.base import File

HEAD = 4096  # bytes the type is read from
NAME_LENGTH = 120
# A document of an office is a ZIP: which one, tell the names inside.
OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
# Films and photos of phones begin with a box of brands (ISO 14496-12, 4.3); what bears another brand is a film.
BRANDS = {
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"crx ": "image/x-canon-cr3",
    b"avif": "image/avif",
    b"avis": "image/avif",
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "image/heic"),
}
MOST_PARTS = 10_000  # entries of a ZIP that are looked through


class HasMacros(Exception):
    """A document that would run something."""


def type_of(file: "File[bytes]") -> str:
    """The MIME type the bytes themselves tell; the name and what the browser claims count for nothing."""
    file.seek(0)
    head = file.read(HEAD)
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "video/mp4")
    try:
        return puremagic.from_string(head, mime=True) if head else ""
    except puremagic.PureError:
        return ""


def office_type(file: "File[bytes]") -> tuple[str, str] | None:
    """Type and ending of an office document; None when it is something else. Raises HasMacros."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:MOST_PARTS])
            told = archive.read("mimetype")[:100] if _has_mimetype(archive) else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    if any(part.endswith("vbaProject.bin") for part in names):
        raise HasMacros
    for part, office in OFFICE.items():
        if part in names:
            return office
    return (told.decode(), OPEN_DOCUMENTS[told]) if told in OPEN_DOCUMENTS else None


def _has_mimetype(archive: zipfile.ZipFile) -> bool:
    """OpenDocument says its type in a small part of its own; a big one is a bomb."""
    return any(part.filename == "mimetype" and part.file_size <= 100 for part in archive.infolist()[:5])


def clean_name(name: str) -> str:
    """A file name safe to show and to offer for saving: one line, no folders, not too long."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    letters = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name if c not in '<>:"|?*')
    stem = " ".join(PurePosixPath(letters).stem.split()).strip(". ")
    return f"{stem[:NAME_LENGTH] or 'file'}{PurePosixPath(letters).suffix[:10]}"
