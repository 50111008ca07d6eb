"""The six grounds of cl. 7, and a short way to enter decisions."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from moderation import actions, evidence
from moderation.actions import Entry
from moderation.models import Decision, Ground
from people.models import User
from registry.models import Account

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cf"
    "c0f01f0005050102cf9d8e870000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SEEN = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)

Record: TypeAlias = Callable[..., Decision]


def make_grounds() -> dict[str, Ground]:
    rows = [
        ("federal-law", "Нарушает нормативные правовые акты Российской Федерации", True),
        ("regional-law", "Нарушает нормативные правовые акты Томской области", True),
        ("district-law", "Нарушает нормативные правовые акты Кожевниковского района", True),
        ("spam", "Спам-рассылка", False),
        ("insult", "Оскорбление", False),
        ("obscene", "Нецензурные выражения", False),
    ]
    return {
        slug: Ground.objects.create(slug=slug, name=name, needs_citation=needs, position=position)
        for position, (slug, name, needs) in enumerate(rows)
    }


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Evidence of one test is gone with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def grounds(db: None) -> dict[str, Ground]:
    return make_grounds()


@pytest.fixture
def entry(urtam_vk: Account, grounds: dict[str, Ground]) -> Callable[..., Entry]:
    """Makes an entry about spam under a post of Urtam, with what the test wants changed."""

    def make(**fields: Any) -> Entry:
        values: dict[str, Any] = {
            "account": urtam_vk,
            "kind": "comment",
            "text": "Заработок без вложений, пишите в личку",
            "seen_at": SEEN,
            "ground": grounds["spam"],
            "measure": "removed",
        }
        return Entry(**{**values, **fields})

    return make


@pytest.fixture
def record(entry: Callable[..., Entry], editor: User) -> Record:
    """Enters such a decision, by the editor of Urtam if the test does not say otherwise."""

    def make(by: User | None = None, **fields: Any) -> Decision:
        return actions.record(entry(**fields), by=by or editor)

    return make


def make_upload(name: str = "снимок.png", content: bytes = PNG) -> evidence.Upload:
    return evidence.read(ContentFile(content, name))


def uploaded(name: str = "снимок.png", content: bytes = PNG, claims: str = "image/png") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, claims)
