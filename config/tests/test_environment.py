"""Every variable that is read is explained in .env.example, and nothing else is."""

import re
from itertools import pairwise
from pathlib import Path

from config.settings import BASE_DIR

READ = re.compile(r"""(?:(?:\benv\.\w+|\bvalue|\bis_on)\(\s*["']|\$\{)(\w+)""")
SOURCES = [BASE_DIR / "config" / "settings.py", BASE_DIR / "compose.yaml", *(BASE_DIR / "deploy").glob("*.py")]
WRITTEN = re.compile(r"^(?:# )?([A-Z][A-Z_]*)=")


def lines() -> list[str]:
    return (BASE_DIR / ".env.example").read_text().splitlines()


def names_read(path: Path) -> set[str]:
    return set(READ.findall(path.read_text()))


def test_every_variable_that_is_read_is_in_the_example() -> None:
    read = set().union(*(names_read(path) for path in SOURCES)) | {"DEMO_PASSWORD"}

    assert read == {match[1] for line in lines() if (match := WRITTEN.match(line))}


def test_every_variable_of_the_example_has_a_comment() -> None:
    alone = [line for before, line in pairwise(lines()) if WRITTEN.match(line) and not before.startswith("#")]

    assert alone == []
