"""What the documents name exists: files, pages, pictures."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
DOCUMENTS = [path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if path.is_file()]
# `people/roles.py`, `contentplan/tests/`; not addresses, which begin with a slash, and nothing with a placeholder.
NAMED = re.compile(r"`((?:[a-z_0-9]+/)+[\w.-]*)`")
LINKED = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_in_the_documents_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {ROOT / path for path in NAMED.findall(text) if not path.startswith(("var/", "build/"))}
    linked = {(document.parent / path).resolve() for path in LINKED.findall(text)}

    assert sorted(str(path) for path in named | linked if not path.exists()) == []
