"""The chain: how rows are added, and how any later change is found and named."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from conftest import journals_unprotected
from moderation import actions, journal
from moderation.models import Decision, Evidence, Ground
from moderation.tests.conftest import PDF, PNG, Record, make_upload
from people.models import User

pytestmark = pytest.mark.django_db


def tamper(sql: str) -> None:
    """What a superuser can do: take the triggers off, change something, put them back."""
    with journals_unprotected(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def five(record: Record) -> list[Decision]:
    return [record(text=f"Реклама {number}") for number in range(1, 6)]


def broken_at() -> tuple[int | None, str]:
    found = journal.verify()
    assert not found.ok
    return found.first_broken, found.why


def test_the_first_row_follows_64_zeros(record: Record) -> None:
    first = record()

    assert (first.number, first.previous_hash) == (1, "0" * 64)


def test_every_row_carries_the_hash_of_the_one_before(five: list[Decision]) -> None:
    rows = list(Decision.objects.order_by("number"))

    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [row.previous_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]


def test_a_row_can_be_hashed_by_the_description_alone(record: Record, grounds: dict[str, Ground], editor: User) -> None:
    """Written without `journal.content`: whoever follows the docstring gets the same hash."""
    row = record(
        text="Ёлка «до небес»",
        link="https://vk.com/wall-1_2",
        ground=grounds["federal-law"],
        citation="149-ФЗ, ст. 10.6",
        measure="blocked",
        blocked_until=date(2099, 1, 2),
        files=(make_upload("снимок.png", PNG),),
    )
    row = Decision.objects.get(pk=row.pk)
    sealed = f'{{"link":"https://vk.com/wall-1_2","salt":"{row.salt}","text":"Ёлка «до небес»"}}'
    described = {
        "version": 3,
        "number": 1,
        "previous_hash": "0" * 64,
        "sealed": hashlib.sha256(sealed.encode()).hexdigest(),
        "organization": row.organization_id,
        "account": row.account_id,
        "kind": "comment",
        "seen_at": "2026-11-23T03:15:00.000000Z",
        "made_at": row.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "ground": grounds["federal-law"].pk,
        "citation": "149-ФЗ, ст. 10.6",
        "explanation": "",
        "measure": "blocked",
        "blocked_until": "2099-01-02",
        "reverses": None,
        "made_by": editor.pk,
        "names": {
            "organization": "Администрация urtam",
            "account": "Urtam официально",
            "url": "https://vk.com/urtam_demo",
            "network": "ВКонтакте",
            "ground": "Нарушает нормативные правовые акты Российской Федерации",
            "person": "Editor Имя",
            "post": "",
        },
        "evidence": [
            {"name": "снимок.png", "size": 70, "type": "image/png", "sha256": hashlib.sha256(PNG).hexdigest()}
        ],
        "origin": "own",
        "authority": "",
        "tags": [],
        "is_criticism": False,
        "confirmed_by": None,
        "about": None,
        "wave": None,
        "wave_place": 0,
        "wave_size": 0,
    }

    text = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert row.hash == hashlib.sha256(text.encode()).hexdigest()


def test_words_of_the_citizen_stand_in_the_chain_only_as_a_salted_digest(record: Record) -> None:
    row = record(text="Телефон 8-900-000-00-00", link="https://vk.com/wall-1_2")

    written = journal.canonical(journal.content(row)).decode()

    assert "8-900" not in written
    assert "wall-1_2" not in written
    assert row.salt not in written


def test_an_empty_journal_is_whole(db: None) -> None:
    assert journal.verify() == journal.Verification(0, ok=True, first_broken=None, why="", head_hash="0" * 64)


def test_an_untouched_journal_is_whole_and_names_its_head(five: list[Decision], coordinator: User) -> None:
    last = actions.reverse(five[2], "Это критика", by=coordinator)

    assert journal.verify() == journal.Verification(6, ok=True, first_broken=None, why="", head_hash=last.hash)


def test_a_changed_text_is_found(five: list[Decision]) -> None:
    tamper("UPDATE moderation_decision SET text = 'Безобидно' WHERE number = 3")

    assert broken_at() == (3, "Текст или ссылку гражданина изменили.")


@pytest.mark.parametrize(
    "change",
    [
        "explanation = 'Задним числом'",
        "citation = 'Придумана'",
        "measure = 'hidden'",
        "kind = 'message'",
        "blocked_until = '2030-01-01'",
        "seen_at = '2026-11-01 00:00:00+00:00'",
        "made_at = '2026-11-01 00:00:00+00:00'",
        "version = 1",
        "made_by_id = (SELECT max(id) FROM people_user)",
        "names = '{}'",
        "hash = 'f' || substr(hash, 2, 62) || 'x'",
    ],
)
def test_a_change_of_any_other_field_is_found(change: str, five: list[Decision], observer: User) -> None:
    tamper(f"UPDATE moderation_decision SET {change} WHERE number = 2")

    assert broken_at() == (2, "Запись изменили после того, как она была сделана.")


def test_a_deleted_middle_row_is_named(five: list[Decision]) -> None:
    tamper("DELETE FROM moderation_decision WHERE number = 3")

    assert broken_at() == (3, "Здесь должна стоять запись № 3: её удалили или изменили порядок.")


def test_a_deleted_middle_row_with_numbers_closed_up_is_found(five: list[Decision]) -> None:
    tamper("DELETE FROM moderation_decision WHERE number = 3")
    tamper("UPDATE moderation_decision SET number = 3 WHERE number = 4")

    assert broken_at() == (3, "Запись не продолжает предыдущую: одну из них подменили.")


def test_swapped_rows_are_found(five: list[Decision]) -> None:
    tamper("UPDATE moderation_decision SET number = 99 WHERE number = 2")
    tamper("UPDATE moderation_decision SET number = 2 WHERE number = 4")
    tamper("UPDATE moderation_decision SET number = 4 WHERE number = 99")

    assert broken_at() == (2, "Запись не продолжает предыдущую: одну из них подменили.")


def test_a_row_rewritten_with_a_fresh_hash_has_no_mark_of_the_portal(five: list[Decision]) -> None:
    row = Decision.objects.get(number=3)
    row.explanation = "Задним числом"
    tamper(
        "UPDATE moderation_decision SET explanation = 'Задним числом', "
        f"hash = '{journal.digest(journal.content(row))}' WHERE number = 3"
    )

    assert broken_at() == (3, "Эту запись сделал не портал: её подложили или переписали в базе.")


def test_a_deleted_last_row_is_found_only_by_a_head_kept_outside(five: list[Decision]) -> None:
    noted = journal.verify().head_hash

    tamper("DELETE FROM moderation_decision WHERE number = 5")

    assert journal.verify().ok
    assert journal.verify(noted) == journal.Verification(
        4,
        ok=False,
        first_broken=5,
        why="Конец журнала отрезали или переписали: записанного ранее отпечатка в нём нет.",
        head_hash=five[3].hash,
    )


def test_a_head_noted_earlier_is_still_there_when_the_journal_has_grown(five: list[Decision], record: Record) -> None:
    record()

    assert journal.verify(five[4].hash).ok


class TestEvidence:
    @pytest.fixture
    def stored(self, record: Record) -> Path:
        record()
        row = record(files=(make_upload("снимок.png", PNG), make_upload("справка.pdf", PDF)))
        return Path(row.evidence.order_by("pk")[0].file.path)

    def test_untouched_files_are_whole(self, stored: Path) -> None:
        assert journal.verify().ok

    def test_a_changed_file_is_found(self, stored: Path) -> None:
        stored.write_bytes(PNG[:-1] + b"\x00")

        assert broken_at() == (2, "Файл «снимок.png» изменили, или его нет на месте.")

    def test_a_missing_file_is_found(self, stored: Path) -> None:
        stored.unlink()

        assert broken_at() == (2, "Файл «снимок.png» изменили, или его нет на месте.")

    def test_a_row_pointed_out_of_the_storage_is_found(self, stored: Path) -> None:
        tamper("UPDATE moderation_evidence SET file = '../../etc/passwd' WHERE name = 'снимок.png'")

        assert broken_at() == (2, "Файл «снимок.png» изменили, или его нет на месте.")

    def test_a_changed_checksum_is_found(self, stored: Path) -> None:
        tamper(f"UPDATE moderation_evidence SET sha256 = '{'0' * 64}'")

        assert broken_at() == (2, "Список приложенных файлов изменили.")

    def test_a_file_slipped_in_later_is_found(self, stored: Path) -> None:
        first = Decision.objects.get(number=1)
        Evidence.objects.create(decision=first, file="x.png", name="x.png", content_type="image/png", size=1)

        assert broken_at() == (1, "Список приложенных файлов изменили.")


def test_the_walk_takes_the_same_number_of_queries_for_any_number_of_rows_in_a_chunk(
    record: Record, django_assert_num_queries: object
) -> None:
    record(files=(make_upload(),))
    with django_assert_num_queries(2):  # type: ignore[operator] # pytest-django gives its fixture no type
        journal.verify()

    record(files=(make_upload(),))
    record()
    with django_assert_num_queries(2):  # type: ignore[operator] # as above
        journal.verify()


def test_moments_are_written_in_utc_with_six_digits() -> None:
    moment = datetime.fromisoformat("2026-11-24T10:15:07+07:00")

    assert journal._moment(moment) == "2026-11-24T03:15:07.000000Z"
