"""What templates ask for is there: with the compressed manifest a missing file is an error page."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from pytest_django.fixtures import Settings

from config import static_files
from config.settings import BASE_DIR
from deploy import inline

TEMPLATES = BASE_DIR / "templates"


def test_every_static_file_of_the_templates_exists() -> None:
    texts = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    asked = {name for text in texts for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", text)}

    assert {name for name in asked if finders.find(name) is None} == set()


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button\n  onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://elsewhere.example/a.js"></script>',
    ],
)
def test_inline_code_is_found(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(text)

    assert len(inline.find(folder)) == 1


def test_static_files_are_collected_once(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STATIC_ROOT = tmp_path
    calls: list[str] = []
    monkeypatch.setattr(static_files, "call_command", lambda name, **_: calls.append(name))

    assert [static_files.collect(), static_files.collect()] == [True, False]
    assert calls == ["collectstatic"]
