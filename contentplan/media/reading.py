"""What may be a file of a post: told by its content, never by its name."""

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from contentplan.models import MediaKind
from people.files import HasMacros, clean_name, office_type, type_of

PICTURES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
# Photos of phones that become a JPEG in the background; nothing of them is unpacked before.
TURNED = {"image/heic": ".jpg", "image/avif": ".jpg"}
VIDEOS = {"video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov"}
PDF = "application/pdf"


@dataclass(frozen=True)
class Upload:
    """A file somebody gave, looked at and found good. `suffix` is the ending of its type."""

    file: "File[bytes]"
    name: str
    kind: MediaKind
    mime: str
    suffix: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None


def read(file: "File[bytes]") -> Upload:
    """Looks into the file; raises ValidationError with a sentence that says what to do instead."""
    name = clean_name(file.name or "")
    if not file.size:
        raise _refusal(_("“%(name)s” is empty. Choose the file again."), name)
    kind, mime, suffix = _kind(file, name)
    limit = sizes()[kind]
    if file.size > limit:
        raise ValidationError(
            _("“%(name)s” is too large: %(size)s, at most %(limit)s."),
            params={"name": name, "size": filesizeformat(file.size), "limit": filesizeformat(limit)},
        )
    width, height = _picture_size(file, name) if mime in PICTURES else (None, None)
    name = str(PurePosixPath(name).with_suffix(suffix))
    return Upload(file, name, kind, mime, suffix, file.size, checksum(file), width, height)


def checksum(file: "File[bytes]") -> str:
    file.seek(0)
    sha256 = hashlib.sha256()
    for chunk in file.chunks():
        sha256.update(chunk)
    return sha256.hexdigest()


def sizes() -> dict[MediaKind, int]:
    """The most bytes of a file, by kind."""
    return {
        MediaKind.IMAGE: settings.MAX_IMAGE_BYTES,
        MediaKind.VIDEO: settings.MAX_VIDEO_BYTES,
        MediaKind.DOCUMENT: settings.MAX_DOCUMENT_BYTES,
    }


def _kind(file: "File[bytes]", name: str) -> tuple[MediaKind, str, str]:
    mime = type_of(file)
    if suffix := (PICTURES | TURNED).get(mime):
        return MediaKind.IMAGE, mime, suffix
    if mime in VIDEOS:
        return MediaKind.VIDEO, mime, VIDEOS[mime]
    if mime == PDF:
        return MediaKind.DOCUMENT, mime, ".pdf"
    if office := _office(file, name):
        return MediaKind.DOCUMENT, *office
    raise _refusal(_what_instead(mime), name)


def _what_instead(mime: str) -> str:
    if mime == "image/gif":
        return _("“%(name)s” is a GIF. Save an animation as a video (MP4), a still picture as PNG or JPEG.")
    if mime in ("application/msword", "application/vnd.ms-excel", "application/CDFV2", "application/x-ole-storage"):
        return _("“%(name)s” is a document of an old format. Save it as DOCX, XLSX or PDF.")
    return _(
        "“%(name)s” cannot be added, whatever its name says. Pictures: JPEG, PNG, WebP. Video: MP4, MOV, WebM. "
        "Documents: PDF, DOCX, XLSX, PPTX, ODT, ODS."
    )


def _office(file: "File[bytes]", name: str) -> tuple[str, str] | None:
    """Type and ending of an office document; None when it is something else."""
    try:
        return office_type(file)
    except HasMacros as error:
        raise _refusal(
            _("“%(name)s” has macros inside. Save it without macros, as DOCX, XLSX or PDF."), name
        ) from error


def _picture_size(file: "File[bytes]", name: str) -> tuple[int, int]:
    """Width and height from the head of the picture; nothing is unpacked yet."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves, below
            image = Image.open(file, formats=["JPEG", "PNG", "WEBP"])
            width, height = image.size
            moves = image.format != "MPO" and getattr(image, "is_animated", False)  # MPO: a photo with its preview
            if width * height <= settings.MAX_IMAGE_PIXELS:
                image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refusal(
            _("“%(name)s” is damaged: the picture cannot be opened. Save it again and try."), name
        ) from error
    if width * height > settings.MAX_IMAGE_PIXELS:
        raise ValidationError(
            _("“%(name)s” has too many dots: at most %(limit)s million. Make the picture smaller."),
            params={"name": name, "limit": settings.MAX_IMAGE_PIXELS // 1_000_000},
        )
    if moves:
        raise _refusal(_("“%(name)s” moves. Save an animation as a video (MP4)."), name)
    return width, height


def _refusal(sentence: str, name: str) -> ValidationError:
    return ValidationError(sentence, params={"name": name})
