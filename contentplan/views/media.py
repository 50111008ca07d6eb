"""Files of posts: taken one by one with their progress, handed out only to those who see the post."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contentplan import actions, rules, tasks
from contentplan.attachments import Attachment
from contentplan.media.reading import Upload, read
from contentplan.models import Media, MediaKind, MediaState, PlannedPost, PostMedia
from people import ranges
from people.files import clean_name
from people.http import TooLate, UserRequest, require
from people.models import Organization

IN_MEMORY = 5 * 1024 * 1024  # of a ZIP; a larger one is made on the disk


def keeper(request: UserRequest, organization: Organization) -> Callable[[Upload], Media]:
    """Puts a file away for the body and begins the work on it."""

    def keep(upload: Upload) -> Media:
        media = actions.add_media(organization, upload, by=request.user)
        # Where the queue does not answer, the work begins a few minutes later: preparing.catch_up.
        transaction.on_commit(lambda: tasks.prepare_file.delay(media.pk) and None, robust=True)
        return media

    return keep


@require_POST
def media_upload(request: UserRequest, organization: str) -> JsonResponse:
    """Takes one file while the form is still being written; answers with its line of the form."""
    body = get_object_or_404(Organization.objects.visible_to(request.user), slug=organization)
    require(rules.can_write(request.user, body))
    file = request.FILES.get("files")
    try:
        if file is None:
            raise ValidationError(_("The file did not arrive. Try again."))
        media = keeper(request, body)(read(file))
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    row = render_to_string("contentplan/_media_row.html", {"row": Attachment(media, "")})
    return JsonResponse({"id": media.pk, "row": row})


@require_safe
def media_state(request: UserRequest, pk: int) -> JsonResponse:
    """Whether the work on a file is done."""
    media = _media(request, pk)
    small = reverse("contentplan:media_thumbnail", args=[pk]) if media.thumbnail else ""
    told = media.error or media.note
    return JsonResponse({"state": media.state, "word": media.get_state_display(), "error": told, "thumbnail": small})


@require_safe
def media_file(request: UserRequest, pk: int) -> HttpResponseBase:
    """The file itself. Pictures and videos open in the browser, `?save=1` and documents are saved."""
    media = _media(request, pk)
    if media.state == MediaState.WAITING:
        raise TooLate(_("The file is still being prepared. Try again in a minute."))
    if media.state == MediaState.FAILED:
        raise Http404
    saved = "save" in request.GET or media.kind == MediaKind.DOCUMENT
    return _send(request, media.file, media.mime, media.name if saved else "", f"{media.sha256}-{media.size}")


@require_safe
def media_thumbnail(request: UserRequest, pk: int) -> HttpResponseBase:
    media = _media(request, pk)
    if not media.thumbnail:
        raise Http404
    return _send(request, media.thumbnail, "image/webp", "", f"{media.sha256}-small")


@require_safe
def post_files(request: UserRequest, pk: int) -> FileResponse:
    """Everything for the day of publication in one archive, in the order of the post, with the descriptions."""
    post = get_object_or_404(PlannedPost.objects.visible_to(request.user).select_related("plan__organization"), pk=pk)
    rows = list(post.post_media.select_related("media").exclude(media__state=MediaState.FAILED))
    if any(row.media.state == MediaState.WAITING for row in rows):
        # An archive without it would pass for all there is.
        raise TooLate(_("The file is still being prepared. Try again in a minute."))
    if not rows:
        raise Http404
    at = post.planned_at.astimezone(post.plan.organization.zone)
    name = f"{at:%Y-%m-%d}-{slugify(post.topic, allow_unicode=True)[:60] or post.pk}.zip"
    response = FileResponse(_archive(rows), as_attachment=True, filename=name, content_type="application/zip")
    _keep_private(response)
    return response


def _archive(rows: list[PostMedia]) -> IO[bytes]:
    """The files under numbered names; the response that hands it out closes it."""
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    names = [f"{number:02}-{clean_name(row.media.name)}" for number, row in enumerate(rows, 1)]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as bundle:
        for name, row in zip(names, rows, strict=True):
            with row.media.file.open("rb") as file, bundle.open(name, "w") as place:
                shutil.copyfileobj(file, place)
        told = [f"{name}: {row.alt_text}" for name, row in zip(names, rows, strict=True) if row.alt_text]
        if told:
            bundle.writestr(_("descriptions.txt"), "\r\n".join(told))
    archive.seek(0)
    return archive


def _media(request: UserRequest, pk: int) -> Media:
    return get_object_or_404(Media.objects.visible_to(request.user), pk=pk)


def _send(request: UserRequest, file: FieldFile, mime: str, save_as: str, mark: str) -> HttpResponseBase:
    etag = quote_etag(mark)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None and unchanged.status_code == 304:
        _keep_private(unchanged)
        return unchanged
    try:
        stored = file.open("rb")
    except OSError as error:
        raise Http404 from error
    response = ranges.send(request, stored, stored.size, etag, mime, save_as)
    # Pictures and films are packed already: GZipMiddleware leaves what is encoded.
    response["Content-Encoding"] = "identity"
    _keep_private(response, mime)
    return response


def _keep_private(response: HttpResponseBase, mime: str = "") -> None:
    """Nobody between us and the person keeps it; a browser neither guesses what it is nor runs anything in it."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    # A browser plays a film on a page of its own making: in a sandbox that page belongs to nobody and gets no film.
    last = "media-src 'self'" if mime.startswith("video/") else "sandbox"
    response["Content-Security-Policy"] = f"default-src 'none'; {last}"
