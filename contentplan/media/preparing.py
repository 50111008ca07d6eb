"""The work on a file in the background: cleaned of what a camera or an office program wrote, with a small picture.

Whoever begins it twice, or is killed in the middle, does no harm: the row says "waiting" until everything is done.
"""

import logging
import shutil
import tempfile
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.media import documents, pictures, video
from contentplan.models import Media, MediaKind, MediaState, Revision

log = logging.getLogger(__name__)

# A file that still waits after so long has lost its worker.
LOST_AFTER = timedelta(minutes=2)
AT_ONCE = 50
# A file that never became part of a post.
UNUSED_AFTER = timedelta(days=30)


def prepare(pk: int) -> None:
    """Makes one file ready; does nothing when it is, or is gone."""
    media = Media.objects.filter(pk=pk, state=MediaState.WAITING).first()
    if media is None:
        return
    try:
        values = _PREPARING[MediaKind(media.kind)](media)
    except Exception as error:  # the libraries answer a broken file with anything; the next file must not wait for it
        log.warning("file %s cannot be prepared: %s", pk, error)
        values = {"state": MediaState.FAILED, "error": _("The file is damaged. Save it again and add it anew.")}
    _finish(media, {"state": MediaState.READY, **values})


def catch_up() -> int:
    """Prepares what a killed worker left behind. Answers with how many."""
    lost = Media.objects.filter(state=MediaState.WAITING, uploaded_at__lte=timezone.now() - LOST_AFTER)
    waiting = list(lost.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in waiting:
        prepare(pk)
    return len(waiting)


def remove_unused() -> int:
    """Deletes files older than UNUSED_AFTER that no post has and no revision speaks of. Answers with how many."""
    old = Media.objects.filter(post_media=None, uploaded_at__lte=timezone.now() - UNUSED_AFTER)
    gone = 0
    for media in _unspoken(old):
        names = [name for name in (media.file.name, media.thumbnail.name) if name]
        media.delete()
        for name in names:
            media.file.storage.delete(name)
        gone += 1
    return gone


def _unspoken(files: QuerySet[Media]) -> list[Media]:
    bodies = files.values_list("organization", flat=True).distinct()
    told = Revision.objects.exclude(media=[]).filter(post__plan__organization__in=bodies)
    spoken = {row["media"] for rows in told.values_list("media", flat=True).iterator() for row in rows}
    return [media for media in files if media.pk not in spoken]


def _finish(media: Media, values: dict[str, object]) -> None:
    """One UPDATE ends it: of two workers one wins, and the untouched file goes when nobody needs it any more."""
    before = media.file.name
    if (
        Media.objects.filter(pk=media.pk, state=MediaState.WAITING).update(**values)
        and values.get("file", before) != before
    ):
        transaction.on_commit(lambda: media.file.storage.delete(str(before)))


def _picture(media: Media) -> dict[str, object]:
    with media.file.open("rb") as file:
        done = pictures.clean(file, media.mime)
    return {
        "file": _store(media, ContentFile(done.whole), "clean"),
        "thumbnail": _store(media, ContentFile(done.small), "small", ".webp"),
        "size": len(done.whole),
        "width": done.width,
        "height": done.height,
    }


def _film(media: Media) -> dict[str, object]:
    with tempfile.TemporaryFile() as copy:
        with media.file.open("rb") as file:
            shutil.copyfileobj(file, copy)
        video.clean(copy, media.mime)
        return {"file": _store(media, File(copy), "clean")}


def _document(media: Media) -> dict[str, object]:
    with media.file.open("rb") as file:
        whole = documents.clean(file, media.mime)
    return {"file": _store(media, ContentFile(whole), "clean"), "size": len(whole)} if whole else {}


_PREPARING = {MediaKind.IMAGE: _picture, MediaKind.VIDEO: _film, MediaKind.DOCUMENT: _document}


def _store(media: Media, file: "File[bytes]", mark: str, suffix: str = "") -> str:
    """Beside the file as it came, under a name that a second try writes over."""
    path = PurePosixPath(str(media.file.name))
    name = str(path.with_name(f"{path.stem.removesuffix('-clean')}-{mark}{suffix or path.suffix}"))
    storage = media.file.storage
    if storage.exists(name):
        storage.delete(name)
    file.seek(0)
    return str(storage.save(name, file))
