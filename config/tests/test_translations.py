"""The Russian catalogue is held complete by a command."""

from pathlib import Path

import polib
import pytest

from config import catalogue


def catalogue_of(folder: Path, *entries: polib.POEntry) -> Path:
    file = polib.POFile()
    file.metadata = {"Plural-Forms": catalogue.PLURAL_FORMS}
    file.extend(entries)
    path = folder / "django.po"
    file.save(str(path))
    return path


def test_a_complete_catalogue_has_no_problems(tmp_path: Path) -> None:
    forms = {0: "%(n)s пост", 1: "%(n)s поста", 2: "%(n)s постов"}
    plural = polib.POEntry(msgid="%(n)s post", msgid_plural="%(n)s posts", msgstr_plural=forms)
    path = catalogue_of(tmp_path, polib.POEntry(msgid="Plan", msgstr="План"), plural)

    assert catalogue.problems(path) == []


@pytest.mark.parametrize(
    ("entry", "trouble"),
    [
        (polib.POEntry(msgid="Plan"), "not translated"),
        (polib.POEntry(msgid="Plan", msgstr="План", flags=["fuzzy"]), "doubtful (fuzzy)"),
        (polib.POEntry(msgid="%(n)s of %(m)s", msgstr="%(n)s"), "placeholders differ"),
        (polib.POEntry(msgid="{day} at {time}", msgstr="{day} в {час}"), "placeholders differ"),
        (polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "а", 1: "б"}), "needs 3 plural forms"),
        (polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "а", 1: "", 2: "в"}), "not translated"),
    ],
)
def test_a_doubtful_message_is_named(tmp_path: Path, entry: polib.POEntry, trouble: str) -> None:
    path = catalogue_of(tmp_path, entry)

    assert [problem.split(":")[0] for problem in catalogue.problems(path)] == [trouble]


def test_the_catalogue_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, polib.POEntry(msgid="Plan", msgstr="План"))
    monkeypatch.setattr(catalogue, "FILE", path)

    assert [catalogue.compile_catalogue(), catalogue.compile_catalogue()] == [True, False]
    assert [entry.msgstr for entry in polib.mofile(str(path.with_suffix(".mo")))] == ["План"]
