"""Evidence files: what may be one, how its name is cleaned, and how it is put away where only a view reaches it."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from moderation.models import Evidence

# Type by content → ending of the stored file. Nothing a browser would run.
TYPES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "application/pdf": ".pdf"}
HEAD = 4096  # bytes the type is read from
NAME_LENGTH = 120


@dataclass(frozen=True)
class Upload:
    """A file somebody gave, looked at and found good."""

    file: "File[bytes]"
    name: str
    content_type: str
    size: int
    sha256: str


def read(file: "File[bytes]") -> Upload:
    """Looks into the file; raises ValidationError with a sentence when it cannot be evidence."""
    name = clean_name(file.name or "")
    if file.size > settings.MAX_UPLOAD_BYTES:
        limit = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise ValidationError(_("“%(name)s” is too large: at most %(limit)s."), params={"name": name, "limit": limit})
    content_type = type_of(file)
    if content_type not in TYPES:
        raise ValidationError(
            _("“%(name)s” is not a picture (PNG, JPEG, WebP) or a PDF, whatever its name says."), params={"name": name}
        )
    sha256 = hashlib.sha256()
    for chunk in file.chunks():
        sha256.update(chunk)
    name = str(PurePosixPath(name).with_suffix(TYPES[content_type]))
    return Upload(file, name, content_type, file.size, sha256.hexdigest())


def type_of(file: "File[bytes]") -> str:
    """The MIME type the bytes themselves tell; the name and what the browser claims count for nothing."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        return puremagic.from_string(head, mime=True) if head else ""
    except puremagic.PureError:
        return ""


def clean_name(name: str) -> str:
    """A file name safe to show and to offer for saving: one line, no folders, not too long."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    letters = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name if c not in '<>:"|?*')
    stem = " ".join(PurePosixPath(letters).stem.split()).strip(". ")
    return f"{stem[:NAME_LENGTH] or 'file'}{PurePosixPath(letters).suffix[:10]}"


def store(upload: Upload) -> Evidence:
    """Puts the file away under a name nobody can guess and returns its row, not saved yet."""
    field = Evidence._meta.get_field("file")
    row = Evidence(name=upload.name, content_type=upload.content_type, size=upload.size, sha256=upload.sha256)
    wanted = field.generate_filename(row, f"{secrets.token_hex(16)}{TYPES[upload.content_type]}")
    upload.file.seek(0)
    row.file.name = field.storage.save(wanted, upload.file)
    return row


def discard(rows: list[Evidence]) -> None:
    """Deletes stored files whose decision never came to be."""
    for row in rows:
        row.file.storage.delete(str(row.file.name))
