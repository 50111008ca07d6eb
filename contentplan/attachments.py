"""The files of a post while it is written: what the form carries of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from contentplan.models import Media, PostMedia
from people.models import Organization

ALT_LENGTH = PostMedia._meta.get_field("alt_text").max_length or 0
ACCEPTED = (
    "image/jpeg,image/png,image/webp,image/heic,video/mp4,video/quicktime,video/webm,.pdf,.docx,.xlsx,.pptx,.odt,.ods"
)

Pairs = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Attachment:
    """A file with the words for who does not see it."""

    media: Media
    alt: str


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; they are looked into one by one by `PostForm.take_files`."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data


def typed(data: Any) -> Pairs:
    """Ids and descriptions out of a QueryDict: in the order of their places, without those to be removed."""
    rows = []
    for index, text in enumerate(data.getlist("media")):
        if not text.isdecimal() or f"remove_{text}" in data:
            continue
        place = data.get(f"place_{text}", "")
        rows.append((int(place) if place.isdecimal() and len(place) < 4 else index + 1, index, int(text)))
    ordered = dict.fromkeys(pk for _place, _index, pk in sorted(rows))
    return tuple((pk, data.get(f"alt_{pk}", "").replace("\0", "").strip()) for pk in ordered)


def of(pairs: Iterable[tuple[int, str]], organization: Organization) -> list[Attachment]:
    """Those of the body itself; an id of anything else is no file here."""
    pairs = list(pairs)
    if not pairs:
        return []
    known = Media.objects.filter(organization=organization).in_bulk([pk for pk, _alt in pairs])
    return [Attachment(known[pk], alt) for pk, alt in pairs if pk in known]
