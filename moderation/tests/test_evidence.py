"""Evidence files: cleaned, put away, and handed out only to those who may read the journal."""

from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from moderation import journal
from moderation.models import Decision, Evidence
from moderation.tests.conftest import PDF, PNG, Record, make_upload
from people.files import clean_name
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence(record: Record) -> Evidence:
    return record(files=(make_upload("Снимок.png"),)).evidence.get()


@pytest.fixture
def url(evidence: Evidence) -> str:
    return reverse("moderation:evidence_file", args=[evidence.pk])


def test_a_file_is_handed_out_for_saving_only(client: Client, observer: User, url: str) -> None:
    client.force_login(observer)

    response = client.get(url)

    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined] # a FileResponse
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("who", ["chilino_editor", "outsider", "nobody"])
def test_a_file_of_another_body_is_not_there(
    who: str, client: Client, url: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(url).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client: Client, url: str) -> None:
    assert client.get(url).status_code == 302


def test_a_file_is_only_read(client: Client, editor: User, url: str) -> None:
    client.force_login(editor)

    assert client.post(url).status_code == 405


def test_a_file_lost_from_the_disk_is_not_there(client: Client, editor: User, evidence: Evidence, url: str) -> None:
    Path(evidence.file.path).unlink()
    client.force_login(editor)

    assert client.get(url).status_code == 404


def test_nothing_of_the_given_name_gets_to_the_disk(evidence: Evidence, media: Path) -> None:
    stored = Path(evidence.file.path)

    assert stored.is_relative_to(media)
    assert (stored.suffix, len(stored.stem)) == (".png", 32)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("снимок.png", "снимок.png"),
        ("../../etc/пароль.png", "пароль.png"),
        (r"C:\Users\a\снимок.png", "снимок.png"),
        ("a\r\nSet-Cookie: x.png", "a Set-Cookie x.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ('<b>"x".png', "bx.png"),
        ("...", "file"),
        ("", "file"),
        (f"{'я' * 300}.png", f"{'я' * 120}.png"),
    ],
)
def test_names_are_cleaned(given: str, clean: str) -> None:
    assert clean_name(given) == clean


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PNG, "image/png"),
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_the_type_is_read_from_the_bytes(content: bytes, found: str) -> None:
    assert make_upload("как угодно.txt", content).content_type == found


@pytest.mark.parametrize("content", [b"", b"plain words", b"PK\x03\x04", b"GIF89a", b"<?xml version='1.0'?><svg/>"])
def test_other_types_are_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        make_upload("снимок.png", content)


def test_files_of_a_decision_that_failed_do_not_stay_on_the_disk(record: Record, media: Path) -> None:
    with mock.patch.object(journal, "append", side_effect=RuntimeError), pytest.raises(RuntimeError):
        record(files=(make_upload(), make_upload()))

    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert Decision.objects.count() == 0
