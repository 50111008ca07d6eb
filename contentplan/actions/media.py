"""Adding a file to a body's plans."""

import secrets

from django.db import transaction

from contentplan.media.reading import Upload
from contentplan.models import Media, MediaState
from people.audit import acting
from people.models import Organization, User


def add_media(organization: Organization, upload: Upload, *, by: User) -> Media:
    """Puts the file away under a name nobody can guess; it waits for the work in the background.

    The same file given again by the same person, by an impatient finger or from a second form, is there already.
    """
    known = Media.objects.filter(organization=organization, uploaded_by=by, name=upload.name, sha256=upload.sha256)
    if same := known.exclude(state=MediaState.FAILED).first():
        return same
    media = Media(
        organization=organization,
        name=upload.name,
        kind=upload.kind,
        mime=upload.mime,
        size=upload.size,
        sha256=upload.sha256,
        width=upload.width,
        height=upload.height,
        uploaded_by=by,
    )
    upload.file.seek(0)
    media.file.save(f"{secrets.token_hex(16)}{upload.suffix}", upload.file, save=False)
    try:
        with acting(by), transaction.atomic():
            media.save()
    except Exception:
        media.file.storage.delete(str(media.file.name))
        raise
    return media
