"""LibreOffice and the tools of PDF: a second pair of eyes on what the portal writes, a maker of files it reads.

Where they are missing the tests that need them are skipped, and fail where REQUIRE_ALL=1 (as `.ci/run` sets it).
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = "libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils"
WAIT = 120  # seconds; the first start of LibreOffice takes some


def needed(program: str) -> str:
    """The path of a program."""
    path = shutil.which(program)
    if path:
        return path
    sentence = f"{program} is not on this machine: apt-get install {PACKAGES}"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


def converted(content: bytes, ending: str, to: str, folder: Path, *options: str) -> bytes:
    """The file as LibreOffice writes it after having read it; `to` as soffice takes it (`pdf`, `csv:…`)."""
    source = folder / f"plan.{ending}"
    source.write_bytes(content)
    out = folder / "out"
    command = [
        needed("soffice"),
        # Each has a profile of its own: two at once would wait for each other.
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        *options,
        "--convert-to",
        to,
        "--outdir",
        str(out),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, timeout=WAIT, check=False)
    made = out / f"plan.{to.split(':')[0]}"
    assert made.exists(), done.stderr.decode()
    return made.read_bytes()


def pdf_text(content: bytes, folder: Path) -> str:
    """The words of a PDF, page after page (form feed between them)."""
    source = folder / "text.pdf"
    source.write_bytes(content)
    done = subprocess.run(
        [needed("pdftotext"), "-layout", str(source), "-"], capture_output=True, timeout=WAIT, check=True
    )
    return done.stdout.decode()


def said_by(program: str, *arguments: str | Path) -> str:
    """What another program reads in the file."""
    return subprocess.run([needed(program), *arguments], capture_output=True, text=True, check=True).stdout
