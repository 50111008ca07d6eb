"""Files of acts: what may be one, how it is put away where only a view reaches it, how it is taken out again."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from people.audit import acting
from people.files import HasMacros, clean_name, office_type, type_of
from people.models import User
from registry.models import ActFile, BodyAct, LegalAct

# Type by content → ending of the stored file. Nothing a browser would run.
TYPES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
DOCUMENTS = (".docx", ".odt")


@dataclass(frozen=True)
class Upload:
    """A file somebody gave, looked at and found good."""

    file: "File[bytes]"
    name: str
    mime: str
    suffix: str
    sha256: str


def read(file: "File[bytes]") -> Upload:
    """Looks into the file; raises ValidationError with a sentence when it cannot be a file of an act."""
    name = clean_name(file.name or "")
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty. Choose the file again."), params={"name": name})
    if file.size > settings.MAX_DOCUMENT_BYTES:
        limit = filesizeformat(settings.MAX_DOCUMENT_BYTES)
        raise ValidationError(_("“%(name)s” is too large: at most %(limit)s."), params={"name": name, "limit": limit})
    mime, suffix = _type(file, name)
    sha256 = hashlib.sha256()
    for chunk in file.chunks():
        sha256.update(chunk)
    return Upload(file, str(PurePosixPath(name).with_suffix(suffix)), mime, suffix, sha256.hexdigest())


def _type(file: "File[bytes]", name: str) -> tuple[str, str]:
    mime = type_of(file)
    if mime in TYPES:
        return mime, TYPES[mime]
    try:
        office = office_type(file)
    except HasMacros as error:
        raise ValidationError(
            _("“%(name)s” has macros inside. Save it without macros, as DOCX or PDF."), params={"name": name}
        ) from error
    if office and office[1] in DOCUMENTS:
        return office
    raise ValidationError(
        _("“%(name)s” cannot be a file of an act, whatever its name says: take PDF, DOCX, ODT, JPEG or PNG."),
        params={"name": name},
    )


def add(act: LegalAct | BodyAct, upload: Upload, *, by: User) -> ActFile:
    """Puts the file away under a name nobody can guess. The same file given twice is there once."""
    whose = {"legal_act": act} if isinstance(act, LegalAct) else {"own_act": act}
    if same := ActFile.objects.filter(sha256=upload.sha256, **whose).first():
        return same
    row = ActFile(name=upload.name, mime=upload.mime, size=upload.file.size, sha256=upload.sha256, added_by=by, **whose)
    upload.file.seek(0)
    row.file.save(f"{secrets.token_hex(16)}{upload.suffix}", upload.file, save=False)
    try:
        with acting(by), transaction.atomic():
            row.save()
    except Exception:
        row.file.storage.delete(str(row.file.name))
        raise
    return row


@transaction.atomic
def remove(row: ActFile, *, by: User) -> None:
    """The row goes, and the file once that is certain; the audit log keeps that it was there."""
    stored, name = row.file.storage, str(row.file.name)
    with acting(by):
        row.delete()
    transaction.on_commit(lambda: stored.delete(name))
