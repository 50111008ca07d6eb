"""Files of posts: what is refused, what is stripped, who gets them, what a killed worker leaves."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pillow_heif
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from PIL import Image

from contentplan import actions, diff
from contentplan.media import preparing
from contentplan.media.reading import Upload, read
from contentplan.models import Media, MediaKind, MediaState, PlannedPost, Revision, WeeklyPlan
from people.models import Organization, User

from .conftest import MakeContent
from .films import film

pillow_heif.register_heif_opener()

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PLACE = (56.0, 14.0, 30.0)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Canon"  # lies on its side
    exif.get_ifd(0x8825)[2] = PLACE
    Image.new("RGB", size, "green").save(out, kind, exif=exif.tobytes() if kind == "HEIF" else exif, **options)
    return out.getvalue()


def heic() -> bytes:
    return photo("HEIF", quality=60)


def office(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "<xml/>")
    return out.getvalue()


def take(content: bytes, name: str = "снимок.jpg") -> Upload:
    return read(ContentFile(content, name))


@pytest.fixture
def media(urtam: Organization, editor: User) -> Media:
    return actions.add_media(urtam, take(photo()), by=editor)


# --- what it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (photo(), MediaKind.IMAGE, "файл.jpg"),
        (photo("PNG"), MediaKind.IMAGE, "файл.png"),
        (photo("WEBP"), MediaKind.IMAGE, "файл.webp"),
        (film(), MediaKind.VIDEO, "файл.mp4"),
        (b"\0\0\0\x14ftypmp41\0\0\0\0mp41" + bytes(40), MediaKind.VIDEO, "файл.mp4"),  # a GoPro
        (heic(), MediaKind.IMAGE, "файл.jpg"),
        (PDF, MediaKind.DOCUMENT, "файл.pdf"),
        (office("[Content_Types].xml", "word/document.xml"), MediaKind.DOCUMENT, "файл.docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), MediaKind.DOCUMENT, "файл.xlsx"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: MediaKind, name: str) -> None:
    upload = take(content, "файл.exe")

    assert (upload.kind, upload.name) == (kind, name)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "пуст"),
        (b"MZ\x90\0" + bytes(200), "внутри файл другого вида"),
        (b"<html><script>alert(1)</script>", "внутри файл другого вида"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "внутри файл другого вида"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + bytes(40), "внутри файл другого вида"),
        (b"GIF89a" + bytes(40), "GIF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40), "повреждён"),
        (office("something.txt"), "внутри файл другого вида"),
        (office("word/document.xml", "word/vbaProject.bin"), "макросы"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(content: bytes, word: str) -> None:
    with pytest.raises(ValidationError) as error:
        take(content)

    assert word in error.value.messages[0]


def test_what_is_too_large_is_refused(settings: Any) -> None:
    settings.MAX_DOCUMENT_BYTES = 10

    with pytest.raises(ValidationError) as error:
        take(PDF, "план.pdf")

    assert error.value.messages == ["«план.pdf» слишком велик: 69\xa0байт, а можно не больше 10\xa0байт."]


def test_a_picture_of_too_many_dots_is_not_unpacked(settings: Any) -> None:
    settings.MAX_IMAGE_PIXELS = 1000

    with pytest.raises(ValidationError):
        take(photo())


def test_a_picture_that_moves_is_a_video() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(ValidationError):
        take(out.getvalue())


# --- the work in the background -----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_nothing_of_the_camera_stays_and_the_picture_stands_upright(
    kind: str, urtam: Organization, editor: User
) -> None:
    media = actions.add_media(urtam, take(photo(kind)), by=editor)

    preparing.prepare(media.pk)

    media.refresh_from_db()
    assert (media.state, media.width, media.height) == (MediaState.READY, 40, 60)
    with Image.open(media.file.path) as image:
        assert (image.size, dict(image.getexif())) == ((40, 60), {})
    assert b"Canon" not in Path(media.file.path).read_bytes()
    with Image.open(media.thumbnail.path) as small:
        assert small.format == "WEBP"


def test_the_file_as_it_came_goes_when_the_clean_one_is_there(
    media: Media, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        preparing.prepare(media.pk)

    media.refresh_from_db()
    stored = sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert stored == sorted([Path(str(field.name)).name for field in (media.file, media.thumbnail)])


def test_a_broken_picture_says_so(urtam: Organization, editor: User) -> None:
    whole = photo(size=(600, 400), quality=95)
    media = actions.add_media(urtam, take(whole[: len(whole) // 2]), by=editor)

    preparing.prepare(media.pk)

    media.refresh_from_db()
    assert (media.state, media.error) == (
        MediaState.FAILED,
        "Файл повреждён. Сохраните его заново и добавьте ещё раз.",
    )


def test_a_full_disk_is_no_fault_of_the_file(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_store", Mock(side_effect=OSError(28, "No space left on device")))
    preparing.prepare(media.pk)
    monkeypatch.undo()

    media.refresh_from_db()
    assert media.state == MediaState.WAITING
    preparing.prepare(media.pk)
    media.refresh_from_db()
    assert media.state == MediaState.READY


def test_a_file_that_is_gone_from_the_disk_says_so(media: Media) -> None:
    Path(media.file.path).unlink()

    preparing.prepare(media.pk)

    media.refresh_from_db()
    assert (media.state, media.error) == (MediaState.FAILED, "Файл потерялся. Добавьте его заново.")


def test_of_two_workers_one_wins_and_nothing_of_the_other_stays(
    media: Media, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    inner = preparing._prepared

    def meanwhile(one: Media) -> Any:
        made = inner(one)
        monkeypatch.setattr(preparing, "_prepared", inner)
        preparing.prepare(one.pk)
        return made

    monkeypatch.setattr(preparing, "_prepared", meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        preparing.prepare(media.pk)

    media.refresh_from_db()
    stored = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    assert (media.state, stored) == (
        MediaState.READY,
        {Path(str(field.name)).name for field in (media.file, media.thumbnail)},
    )


def test_what_a_killed_worker_left_on_the_disk_goes(
    media: Media, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(preparing, "_finish", Mock(side_effect=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        preparing.prepare(media.pk)
    monkeypatch.undo()

    with django_capture_on_commit_callbacks(execute=True):
        preparing.prepare(media.pk)

    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 2


def test_the_work_done_twice_changes_nothing(media: Media) -> None:
    preparing.prepare(media.pk)
    first = Media.objects.values().get()

    preparing.prepare(media.pk)

    assert Media.objects.values().get() == first


def test_what_a_killed_worker_left_is_taken_up_again(media: Media) -> None:
    assert preparing.catch_up() == 0
    Media.objects.update(uploaded_at=timezone.now() - timedelta(minutes=3))

    assert preparing.catch_up() == 1
    assert Media.objects.get().state == MediaState.READY


def test_a_file_that_breaks_the_work_on_it_does_not_hold_up_the_next(
    media: Media, urtam: Organization, editor: User
) -> None:
    Path(media.file.path).write_bytes(b"\xff\xd8\xff\xe0")
    document = actions.add_media(urtam, take(PDF, "план.pdf"), by=editor)
    Media.objects.update(uploaded_at=timezone.now() - timedelta(minutes=3))

    preparing.catch_up()

    media.refresh_from_db()
    document.refresh_from_db()
    assert (media.state, document.state) == (MediaState.FAILED, MediaState.READY)


def test_files_that_no_post_took_go_after_a_month(
    media: Media, post: PlannedPost, content: MakeContent, editor: User, urtam: Organization, settings: Any
) -> None:
    spoken = actions.add_media(urtam, take(PDF, "план.pdf"), by=editor)
    actions.edit_post(post, content(media=((spoken.pk, ""),)), revision=1, by=editor)
    actions.edit_post(post, content(), revision=2, by=editor)
    Media.objects.update(uploaded_at=timezone.now() - timedelta(days=31))

    assert preparing.remove_unused() == 1
    assert Media.objects.get() == spoken


# --- in a post ----------------------------------------------------------------------------------


@pytest.fixture
def two(urtam: Organization, editor: User) -> list[Media]:
    return [actions.add_media(urtam, take(photo(size=(60, width)), f"{width}.jpg"), by=editor) for width in (50, 70)]


def test_files_are_part_of_the_wording(post: PlannedPost, content: MakeContent, editor: User, two: list[Media]) -> None:
    one, other = two

    actions.edit_post(post, content(media=((one.pk, "Мост"), (other.pk, ""))), revision=1, by=editor)
    actions.edit_post(post, content(media=((other.pk, "Сад"), (one.pk, "Мост"))), revision=2, by=editor)

    second, third = Revision.objects.filter(number__gt=1).order_by("number")
    assert second.media == [
        {"media": one.pk, "name": "50.jpg", "alt": "Мост"},
        {"media": other.pk, "name": "70.jpg", "alt": ""},
    ]
    before, after = diff.media(second, third)
    assert [(line.kind, line.name) for line in before] == [("moved", "50.jpg"), ("described", "70.jpg")]
    assert [(line.kind, line.name) for line in after] == [("described", "70.jpg"), ("moved", "50.jpg")]


def test_files_before_and_after_stand_under_their_words(
    client: Client, post: PlannedPost, content: MakeContent, urtam: Organization, editor: User, two: list[Media]
) -> None:
    paper = actions.add_media(urtam, take(PDF, "план.pdf"), by=editor)
    actions.edit_post(post, content(media=((two[0].pk, "Мост"),)), revision=1, by=editor)
    actions.edit_post(post, content(media=((two[0].pk, ""), (paper.pk, ""))), revision=2, by=editor)
    client.force_login(editor)

    page = client.get(f"/posts/{post.pk}/history/?from=2&to=3").content.decode()

    shown = " ".join(strip_tags(page.partition("media-versus")[2].partition("</section>")[0]).split())
    assert shown.startswith(
        '"> Файлы: было 50.jpg Мост Файлы: стало 50.jpg без описания новое описание PDF план.pdf добавлен'
    )
    assert page.count(f'src="/files/{paper.pk}/small/"') == 0  # a document has no small picture


def test_only_files_of_the_body_itself(
    post: PlannedPost, content: MakeContent, editor: User, chilino: Organization, chilino_editor: User
) -> None:
    strange = actions.add_media(chilino, take(PDF, "план.pdf"), by=chilino_editor)

    with pytest.raises(ValidationError) as error:
        actions.edit_post(post, content(media=((strange.pk, ""),)), revision=1, by=editor)

    assert list(error.value.message_dict) == ["media"]


def test_the_same_file_given_twice_is_one(urtam: Organization, editor: User, media: Media) -> None:
    assert actions.add_media(urtam, take(photo()), by=editor) == media


# --- pages --------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client: Client, editor: User, plan: WeeklyPlan) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def fields(content: MakeContent) -> dict[str, Any]:
    made = content()
    return {
        "day": "2026-12-01",
        "time": "10:00",
        "topic": "Мост",
        "text": "Мост откроют в пятницу, движение пойдёт по обеим полосам.",
        "format": made.format.pk,
        "accounts": list(made.placements),
    }


def test_files_go_with_the_form_without_scripts(signed_in: Client, fields: dict[str, Any]) -> None:
    files = [SimpleUploadedFile("мост.jpg", photo()), SimpleUploadedFile("план.pdf", PDF)]

    signed_in.post("/plans/urtam/2026-W49/posts/new/", {**fields, "files": files})

    rows = PlannedPost.objects.get().post_media.order_by("position")
    assert [row.media.name for row in rows] == ["мост.jpg", "план.pdf"]


def test_of_several_files_the_good_ones_stay_in_the_form(signed_in: Client, fields: dict[str, Any]) -> None:
    files = [SimpleUploadedFile("мост.jpg", photo()), SimpleUploadedFile("вирус.jpg", b"MZ" + bytes(100))]

    page = signed_in.post("/plans/urtam/2026-W49/posts/new/", {**fields, "files": files})

    form = page.context["form"]
    assert list(form.errors) == ["files"]
    assert [row.media.name for row in form.attachments] == ["мост.jpg"]
    assert form["topic"].value() == "Мост"
    assert not PlannedPost.objects.exists()


def test_a_form_with_files_sent_twice_is_one_post(signed_in: Client, fields: dict[str, Any]) -> None:
    for _ in range(2):
        files = [SimpleUploadedFile("мост.jpg", photo())]
        signed_in.post("/plans/urtam/2026-W49/posts/new/", {**fields, "files": files})

    assert PlannedPost.objects.count() == 1


def test_order_removal_and_words_come_from_the_form(
    signed_in: Client, fields: dict[str, Any], two: list[Media], urtam: Organization, editor: User
) -> None:
    one, other = two
    third = actions.add_media(urtam, take(PDF, "план.pdf"), by=editor)
    media = {
        "media": [one.pk, other.pk, third.pk],
        f"place_{other.pk}": "1",
        f"place_{one.pk}": "2",
        f"remove_{third.pk}": "on",
        f"alt_{one.pk}": "Мост",
    }

    signed_in.post("/plans/urtam/2026-W49/posts/new/", fields | media)

    rows = PlannedPost.objects.get().post_media.order_by("position")
    assert [(row.media, row.alt_text) for row in rows] == [(other, ""), (one, "Мост")]


def test_one_file_goes_by_itself_and_answers_with_its_line(signed_in: Client) -> None:
    answer = signed_in.post("/plans/urtam/files/", {"files": SimpleUploadedFile("мост.jpg", photo())})
    refused = signed_in.post("/plans/urtam/files/", {"files": SimpleUploadedFile("мост.jpg", b"<html>")})

    assert f'value="{Media.objects.get().pk}"' in answer.json()["row"]
    assert (refused.status_code, list(refused.json())) == (422, ["error"])


def test_a_file_is_handed_out_privately_and_once(signed_in: Client, media: Media) -> None:
    preparing.prepare(media.pk)

    first = signed_in.get(f"/files/{media.pk}/")
    b"".join(first)
    again = signed_in.get(f"/files/{media.pk}/", headers={"If-None-Match": first["ETag"]})
    saved = signed_in.get(f"/files/{media.pk}/?save=1")
    b"".join(saved)

    assert first["Cache-Control"] == "private, no-cache"
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert again.status_code == 304
    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_a_player_gets_the_part_it_asks_for(signed_in: Client, media: Media) -> None:
    preparing.prepare(media.pk)
    media.refresh_from_db()
    content = Path(media.file.path).read_bytes()

    part = signed_in.get(f"/files/{media.pk}/", headers={"Range": "bytes=0-1"})
    beyond = signed_in.get(f"/files/{media.pk}/", headers={"Range": f"bytes={len(content)}-"})

    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 0-1/{len(content)}")
    assert (b"".join(part), part["Cache-Control"]) == (content[:2], "private, no-cache")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")


def test_nobody_from_elsewhere_gets_a_part(client: Client, media: Media, chilino_editor: User) -> None:
    preparing.prepare(media.pk)
    client.force_login(chilino_editor)

    assert client.get(f"/files/{media.pk}/", headers={"Range": "bytes=0-1"}).status_code == 404


def test_a_file_that_is_not_ready_is_not_handed_out(signed_in: Client, media: Media) -> None:
    assert signed_in.get(f"/files/{media.pk}/").status_code == 302
    assert signed_in.get(f"/files/{media.pk}/small/").status_code == 404
    assert json.loads(signed_in.get(f"/files/{media.pk}/state/").content)["state"] == "waiting"


def test_nobody_from_elsewhere_gets_a_file(client: Client, media: Media, chilino_editor: User) -> None:
    preparing.prepare(media.pk)
    client.force_login(chilino_editor)

    statuses = {client.get(f"/files/{media.pk}/{part}").status_code for part in ("", "small/", "state/")}

    assert statuses == {404}


def test_an_archive_waits_for_its_last_file(
    signed_in: Client, post: PlannedPost, content: MakeContent, editor: User, two: list[Media]
) -> None:
    one, other = two
    preparing.prepare(one.pk)
    actions.edit_post(post, content(media=((one.pk, ""), (other.pk, ""))), revision=1, by=editor)

    answer = signed_in.get(f"/posts/{post.pk}/files.zip", follow=True)

    assert "ещё готовится" in strip_tags(answer.content.decode())


def test_all_files_of_a_post_come_in_one_archive(
    signed_in: Client, post: PlannedPost, content: MakeContent, editor: User, two: list[Media]
) -> None:
    one, other = two
    for media in two:
        preparing.prepare(media.pk)
    actions.edit_post(post, content(media=((other.pk, "Сад"), (one.pk, ""))), revision=1, by=editor)

    answer = signed_in.get(f"/posts/{post.pk}/files.zip")

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    assert archive.namelist() == ["01-70.jpg", "02-50.jpg", "описания.txt"]
    assert archive.read("описания.txt").decode() == "01-70.jpg: Сад"
