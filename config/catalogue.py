"""The Russian catalogue: made from the sources, compiled without gettext, held complete."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import trans_real

ROOT: Path = settings.BASE_DIR
FILE = ROOT / "locale/ru/LC_MESSAGES/django.po"
# 1 публикация, 2 публикации, 5 публикаций.
FORMS = 3
PLURAL_FORMS = (
    f"nplurals={FORMS}; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
# Folders of the project that hold no sources.
FOREIGN = [".venv", "var", "build", "node_modules", ".git", "e2e", "bench"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}(?!\})")


def compile_catalogue() -> bool:
    """Writes the compiled catalogue when the written one has changed; returns whether it did."""
    compiled = FILE.with_suffix(".mo")
    content = polib.pofile(str(FILE)).to_binary()
    if compiled.exists() and compiled.read_bytes() == content:
        return False
    compiled.write_bytes(content)
    # This process may have read the old one.
    vars(trans_real).update(_translations={}, _default=None)
    return True


def can_collect() -> bool:
    """Whether GNU gettext, which finds the strings in the sources, is on this machine."""
    return shutil.which("xgettext") is not None and shutil.which("msgmerge") is not None


def collect(root: Path = ROOT) -> None:
    """Brings the catalogue below `root` up to its sources; new strings come without a translation."""
    ignored = [part for name in FOREIGN for part in ("--ignore", name)]
    options = ["--no-wrap", "--add-location", "file", "--no-obsolete", "--verbosity", "0", *ignored]
    command = [sys.executable, "manage.py", "makemessages", "--locale", "ru", *options]
    subprocess.run(command, cwd=root, check=True)
    _tidy(root / FILE.relative_to(ROOT))


def _tidy(path: Path) -> None:
    """The same sources always give the same file: no dates, no guesses, one order."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        catalogue.metadata.pop(name, None)
    catalogue.metadata.update({"Language": "ru", "Plural-Forms": PLURAL_FORMS})
    catalogue.metadata_is_fuzzy = 0
    for entry in catalogue:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(range(FORMS), "") if entry.msgid_plural else {}
        entry.previous_msgid = entry.previous_msgctxt = None
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0] if entry.occurrences else "", entry.msgid))
    catalogue.save(str(path))


def problems(path: Path = FILE) -> list[str]:
    """A sentence for each message that is missing, doubtful, or says less than its original."""
    found = []
    for entry in polib.pofile(str(path)):
        trouble = "" if entry.obsolete else _trouble(entry)
        if trouble:
            found.append(f"{trouble}: {entry.msgid!r} ({', '.join(name for name, _ in entry.occurrences)})")
    return found


def _trouble(entry: polib.POEntry) -> str:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.msgid_plural and len(texts) != FORMS:
        return f"needs {FORMS} plural forms"
    if not all(texts):
        return "not translated"
    if entry.fuzzy:
        return "doubtful (fuzzy)"
    wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    if any(sorted(set(PLACEHOLDER.findall(text))) != sorted(set(wanted)) for text in texts):
        return "placeholders differ"
    return ""


def uncollected() -> list[str]:
    """Messages of the sources that the catalogue does not know, found by collecting into a copy of the project."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*FOREIGN, "vendor", ".*_cache", "__pycache__"))
        collect(copy)
        fresh = polib.pofile(str(copy / FILE.relative_to(ROOT)))
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(FILE))}
    return [entry.msgid for entry in fresh if (entry.msgctxt, entry.msgid) not in known]
