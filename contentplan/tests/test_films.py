"""A film of a post: what the camera wrote stays behind, the film plays on, a still stands for it."""

import io
import zlib
from pathlib import Path
from typing import Any

import av
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from contentplan import actions
from contentplan.media import apart, preparing
from contentplan.media.reading import read
from contentplan.models import Media, MediaState
from people.models import Organization, User

from .films import PLACE, TITLE, box, film

# Thousandths of a second between 1 January 2001 and TAKEN are what a WebM counts in; MP4 counts seconds from 1904.
TELLING = (PLACE, PLACE[1:8], TITLE.encode(), b"2026-11-20", b"GoPro", b"Lavf6")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def prepared(urtam: Organization, editor: User, django_capture_on_commit_callbacks: Any) -> Any:
    def make(content: bytes, name: str = "мост.mp4") -> Media:
        media = actions.add_media(urtam, read(ContentFile(content, name)), by=editor)
        with django_capture_on_commit_callbacks(execute=True):
            preparing.prepare(media.pk)
        media.refresh_from_db()
        return media

    return make


def streams(content: bytes) -> list[tuple[str, str, list[int]]]:
    """Of each track its kind, its coding, and the checksums of its packets."""
    with av.open(io.BytesIO(content), "r") as film:
        sums: dict[int, list[int]] = {one.index: [] for one in film.streams}
        for packet in film.demux():
            if packet.size:
                sums[packet.stream.index].append(zlib.crc32(bytes(packet)))
        return [(one.type, getattr(one.codec_context, "name", ""), sums[one.index]) for one in film.streams]


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
def test_a_film_loses_words_and_dates_and_keeps_every_frame(prepared: Any, kind: str) -> None:
    media = prepared(film(kind), f"мост.{kind}")

    content = Path(media.file.path).read_bytes()
    assert (media.state, media.error, media.size) == (MediaState.READY, "", len(content))
    assert [word for word in TELLING if word in content] == []
    assert streams(content) == streams(film(kind))
    with av.open(io.BytesIO(content), "r") as again:
        assert [key for key in again.metadata if key in ("title", "creation_time", "location", "DATE")] == []
        assert len(list(again.decode(video=0))) == 20


@pytest.mark.parametrize("track", [b"gpmd", b"camm", b"mebx", b"tx3g"])
def test_a_track_of_places_stays_behind(prepared: Any, track: bytes) -> None:
    whole = film("mp4", track)
    assert len(streams(whole)) == 3

    media = prepared(whole)

    content = Path(media.file.path).read_bytes()
    assert [kind for kind, _name, _sums in streams(content)] == ["video", "audio"]
    assert [word for word in (*TELLING, track) if word in content] == []


def test_whoever_sends_subtitles_is_told_that_they_went(prepared: Any) -> None:
    assert prepared(film("mp4", b"tx3g")).note == "Субтитры внутри видео убраны: камеры записывают в них место съёмки."
    assert prepared(film("mp4", b"gpmd")).note == ""


def test_boxes_of_our_own_and_of_others_stay_behind(prepared: Any) -> None:
    told = [box(b"uuid", b"\xbe" * 16 + PLACE), box(b"gps ", PLACE), box(b"free", PLACE), box(b"skip", PLACE)]

    media = prepared(film() + b"".join(told))

    assert PLACE not in Path(media.file.path).read_bytes()


def test_a_film_begins_to_play_before_it_has_come_whole(prepared: Any) -> None:
    content = Path(prepared(film()).file.path).read_bytes()

    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_a_film_that_lies_on_its_side_stays_turned_and_its_still_stands(prepared: Any) -> None:
    upright, turned = (
        b"\0\1\0\0" + bytes(12) + b"\0\1\0\0",
        bytes(4) + b"\0\1\0\0" + bytes(4) + b"\xff\xff" + bytes(6),
    )
    whole = film(sound=False)
    at = whole.index(b"tkhd") + 4 + 40

    media = prepared(whole[:at] + turned[:16] + bytes(4) + whole[at + 20 :])

    assert whole[at : at + 20] == upright
    with av.open(media.file.path, "r") as again:
        assert next(again.decode(video=0)).rotation in (90, -90)
    with Image.open(media.thumbnail.path) as still:
        assert still.size == (48, 64)


def test_a_film_has_a_still(prepared: Any) -> None:
    with Image.open(prepared(film()).thumbnail.path) as still:
        assert (still.format, still.size) == ("WEBP", (64, 48))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (film()[:2000], "Файл повреждён. Сохраните его заново и добавьте ещё раз."),
        (b"\0\0\0\x14ftypisom\0\0\0\0isom" + bytes(3000), "Файл повреждён. Сохраните его заново и добавьте ещё раз."),
        (
            film("webm")[:9000],
            "Видео обрывается раньше, чем должно: пришло не всё. Скопируйте его ещё раз и добавьте заново.",
        ),
        (film(picture=False), "В этом видео нет изображения, только звук. Выберите другой файл."),
    ],
)
def test_a_film_that_cannot_be_taken_says_what_to_do(prepared: Any, content: bytes, sentence: str) -> None:
    media = prepared(content)

    assert (media.state, media.error) == (MediaState.FAILED, sentence)


def test_a_film_plays_where_its_link_leads(client: Client, prepared: Any, editor: User) -> None:
    """In a sandbox a browser's own page around the film may not fetch the film."""
    media = prepared(film())
    client.force_login(editor)

    answer = client.get(f"/files/{media.pk}/")
    answer.close()

    assert answer["Content-Security-Policy"] == "default-src 'none'; media-src 'self'"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("video/mp4", "nosniff")


def test_a_film_opens_no_other_file(tmp_path: Path) -> None:
    """Lists of other files (HLS, concat) under the name of a film."""
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(film())
    for text in (f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n", f"ffconcat version 1.0\nfile '{secret}'\n"):
        listed = tmp_path / "list"
        listed.write_text(text)

        with listed.open("rb") as file, pytest.raises(apart.Wrong, match="damaged"):
            apart.clean(file, "video", "video/mp4", tmp_path, 1000)


def test_a_crafted_film_costs_its_own_process_only(
    urtam: Organization, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = actions.add_media(urtam, read(ContentFile(film(), "мост.mp4")), by=editor)
    monkeypatch.setattr(apart, "COMMAND", ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))

    preparing.prepare(media.pk)

    media.refresh_from_db()
    assert (media.state, media.error) == (
        MediaState.FAILED,
        "Файл слишком тяжёлый для обработки. Уменьшите его или сохраните в другой программе и добавьте заново.",
    )
