"""The work on a file in the background: cleaned of what a camera or an office program wrote, with a small picture.

Whoever begins it twice, or is killed in the middle, does no harm: the row says "waiting" until everything is done.
"""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.media import apart
from contentplan.media.reading import TURNED
from contentplan.models import Media, MediaState, Revision

log = logging.getLogger(__name__)

# A file that still waits after so long has lost its worker.
LOST_AFTER = timedelta(minutes=2)
AT_ONCE = 50
# A file that never became part of a post.
UNUSED_AFTER = timedelta(days=30)


def prepare(pk: int) -> None:
    """Makes one file ready; does nothing when it is, or is gone. Where the disk fails, it waits for the next try."""
    media = Media.objects.filter(pk=pk, state=MediaState.WAITING).first()
    if media is None:
        return
    try:
        values = _prepared(media)
    except apart.Wrong as wrong:
        log.warning("file %s cannot be prepared: %s", pk, wrong)
        values = {"state": MediaState.FAILED, "error": _sentence(str(wrong))}
    except FileNotFoundError:
        values = {"state": MediaState.FAILED, "error": _sentence("lost")}
    except OSError:  # the disk is full or away: no fault of the file, and the next one must not wait for it
        log.exception("file %s has to wait", pk)
        return
    _finish(media, values)


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


def _prepared(media: Media) -> dict[str, Any]:
    """What the row says when everything is done. Raises Wrong, OSError."""
    with tempfile.TemporaryDirectory(prefix="media-") as name:
        folder = Path(name)
        with media.file.open("rb") as file:
            told = apart.clean(file, media.kind, media.mime, folder, settings.MAX_IMAGE_PIXELS)
        values: dict[str, Any] = {"state": MediaState.READY, "note": _sentence(told.get("note", ""))}
        values |= {size: told[size] for size in ("width", "height") if size in told}
        if (folder / apart.SMALL).exists():
            values["thumbnail"] = _store(media, folder / apart.SMALL, "small", ".webp")
        if (whole := folder / apart.WHOLE).exists():
            values |= {"size": whole.stat().st_size, "file": _store(media, whole, "clean")}
            values["mime"] = "image/jpeg" if media.mime in TURNED else media.mime
    return values


def _sentence(word: str) -> str:
    """What the work on a file answers, for people."""
    return {
        "damaged": _("The file is damaged. Save it again and add it anew."),
        "lost": _("The file was lost on the way. Add it anew."),
        "heavy": _(
            "The file is too heavy to be prepared. Make it smaller or save it in another program, and add it anew."
        ),
        "dots": _("The picture has too many dots. Make it smaller and add it anew."),
        "cut": _("The video ends sooner than it should: it did not come whole. Copy it once more and add it anew."),
        "no picture": _("There is no picture in this video, only sound. Choose another file."),
        "format": _("The picture or the sound of this video is of a kind that networks do not take. Save it as MP4."),
        "subtitles": _("The subtitles inside the video were taken out: cameras write the place there."),
        "signed": _(
            "The document is signed and therefore unchanged: who made it can still be read inside. If the name should "
            "not go out, add a copy without the signature."
        ),
        "locked": _(
            "The document is under a password and therefore unchanged: who made it can still be read inside. If the "
            "name should not go out, save it without the password and add it anew."
        ),
        "unread": _(
            "The document could not be looked through and is unchanged: who made it may be read inside. Open it, see "
            "that it is whole, save it as PDF and add it anew."
        ),
    }.get(word, "")


def _store(media: Media, made: Path, mark: str, suffix: str = "") -> str:
    """Beside the file as it came, under a name of its own for each try."""
    path = PurePosixPath(str(media.file.name))
    with made.open("rb") as file:
        return str(
            media.file.storage.save(str(path.with_name(f"{path.stem}-{mark}{suffix or path.suffix}")), File(file))
        )


def _finish(media: Media, values: dict[str, Any]) -> None:
    """One UPDATE ends it: of two workers one wins. What nobody needs goes: of the other, of one killed, as it came."""
    mine: set[Any] = {values.get("file"), values.get("thumbnail")} - {None}
    if Media.objects.filter(pk=media.pk, state=MediaState.WAITING).update(**values):
        kept = mine | ({media.file.name} if "file" not in values else set())
        transaction.on_commit(lambda: _remove_others(media, kept))
    else:
        for name in mine:
            media.file.storage.delete(name)


def _remove_others(media: Media, kept: set[Any]) -> None:
    path = PurePosixPath(str(media.file.name))
    try:
        beside = media.file.storage.listdir(str(path.parent))[1]
    except FileNotFoundError:
        return
    for name in beside:
        if name.startswith(path.stem) and str(path.with_name(name)) not in kept:
            media.file.storage.delete(str(path.with_name(name)))
