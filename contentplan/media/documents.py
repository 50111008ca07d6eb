"""What a document says of whoever wrote it, taken out before a post carries it on: names, organization, program.

What is signed or locked stays as it came: a changed byte would break the signature. So does what cannot be read.
"""

import io
import logging
import re
import zipfile
from typing import IO

from pypdf import PdfReader, PdfWriter

log = logging.getLogger(__name__)

PDF = "application/pdf"
# More than this no honest document of the permitted size unpacks to, bytes.
MOST_UNPACKED = 200 * 1024 * 1024
# Parts of an office file that tell of people, and their elements that do (ECMA-376, part 1, 15.2.12; ODF 1.3, 4.3).
_TELLING = re.compile(r"^(docProps/(core|app|custom)\.xml|meta\.xml)$")
_SIGNED = re.compile(r"^(_xmlsignatures/|META-INF/.*signature)", re.IGNORECASE)
_NAMES = "creator|lastModifiedBy|initial-creator|printed-by|Company|Manager|HyperlinkBase|lpwstr"
_ELEMENT = re.compile(rf"(<(?:\w+:)?(?P<name>{_NAMES})(?:\s[^>]*)?>)[^<]*(</(?:\w+:)?(?P=name)>)".encode())


def clean(file: IO[bytes], mime: str) -> bytes | None:
    """The document without its authors; None when it says nothing of them, is signed, or cannot be read."""
    try:
        return _clean_pdf(file) if mime == PDF else _clean_office(file)
    except Exception as error:  # the libraries answer a broken file with anything
        log.warning("a document stays as it came: %s", error)
        return None


def _clean_pdf(file: IO[bytes]) -> bytes | None:
    reader = PdfReader(file)
    form = reader.root_object.get("/AcroForm", {})
    is_signed = form.get_object().get("/SigFlags", 0) if form else 0
    if reader.is_encrypted or is_signed or not (reader.metadata or reader.xmp_metadata):
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
        is_signed = any(_SIGNED.match(entry.filename) for entry in entries)
        if is_signed or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            return None
        for entry in entries:
            content = source.read(entry)
            if _TELLING.match(entry.filename):
                silent = _ELEMENT.sub(rb"\1\3", content)
                told, content = told or silent != content, silent
            target.writestr(entry, content)
    return made.getvalue() if told else None
