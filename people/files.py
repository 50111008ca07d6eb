"""Files people bring: what they really are, and how their names become safe to show and to save."""

import unicodedata
from pathlib import PurePosixPath

import puremagic
from django.core.files.base import File

HEAD = 4096  # bytes the type is read from
NAME_LENGTH = 120


def type_of(file: "File[bytes]") -> str:
    """The MIME type the bytes themselves tell; the name and what the browser claims count for nothing."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        return puremagic.from_string(head, mime=True) if head else ""
    except puremagic.PureError:
        return ""


def clean_name(name: str) -> str:
    """A file name safe to show and to offer for saving: one line, no folders, not too long."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    letters = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name if c not in '<>:"|?*')
    stem = " ".join(PurePosixPath(letters).stem.split()).strip(". ")
    return f"{stem[:NAME_LENGTH] or 'file'}{PurePosixPath(letters).suffix[:10]}"
