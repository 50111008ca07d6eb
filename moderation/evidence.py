"""Evidence files: what may be one, and how it is put away where only a view reaches it."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import FileResponse, Http404
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from moderation.models import Evidence
from people.files import clean_name, type_of

# Type by content → ending of the stored file. Nothing a browser would run.
TYPES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "application/pdf": ".pdf"}


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


def handed_out(evidence: Evidence) -> FileResponse:
    """For saving only: a browser neither opens it nor guesses what it is. A page may show a picture."""
    try:
        file = evidence.file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=evidence.name, content_type=evidence.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
