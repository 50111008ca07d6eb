"""The files of the set by their names, with a checksum beside each."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from registry.models import DataSet, DataVersion, StructureVersion
from registry.models.opendata import PublishedFile
from registry.opendata.passport import list_csv, meta_csv

SUM = ".sha256"
_PIECE = 1 << 16


@dataclass(frozen=True)
class Published:
    """A file to be handed out; `kept` is a stored version, else the text is made now."""

    name: str
    text: str = ""
    kept: PublishedFile | None = None

    @property
    def sha256(self) -> str:
        return self.kept.sha256 if self.kept else hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def modified(self) -> datetime | None:
        return self.kept.made_at if self.kept else None

    def pieces(self) -> Iterator[bytes]:
        if self.kept is None:
            yield self.text.encode()
            return
        with self.kept.file.open("rb") as stored:
            while piece := stored.read(_PIECE):
                yield piece


def find(data_set: DataSet, name: str) -> Published | None:
    """The file of this name, or the checksum of one; None when there is none, or it must not be shown any more."""
    if name.endswith(SUM):
        about = find(data_set, name.removesuffix(SUM))
        # As `sha256sum -c` reads it.
        return Published(name, f"{about.sha256}  {about.name}\n") if about else None
    if name == "meta.csv":
        return Published(name, meta_csv(data_set))
    if name == "list.csv":
        return Published(name, list_csv(data_set))
    versions = DataVersion.objects.public().select_related("structure") if name.startswith("data-") else None
    kept = versions if versions is not None else StructureVersion.objects.all()
    return next((Published(name, kept=one) for one in kept if str(one) == name), None)
