"""A new version of the open data, when what anybody may read has changed since the last one."""

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone, translation

from registry.exports.columns import COLUMNS, values
from registry.exports.writers import csv_pieces
from registry.models import Account, DataSet, DataVersion, SocialNetwork, StructureVersion
from registry.models.opendata import minute

STRUCTURE_HEADINGS = ["field name", "english description", "russian description", "format"]
_ID = 0


@transaction.atomic
def publish() -> DataVersion | None:
    """The version made now; None when nothing has changed, or this minute has its version already."""
    DataSet.objects.get_or_create(pk=1)
    DataSet.objects.select_for_update().get(pk=1)  # one publisher at a time
    moment = timezone.now()
    last = DataVersion.objects.select_related("structure").first()
    structure = _structure(moment)
    with tempfile.TemporaryFile() as made:
        checksum = _write(made, csv_pieces(values(Account.objects.public()), codes(), bom=False, words=False))
        if last and (last.sha256, last.structure) == (checksum, structure):
            DataVersion.objects.filter(pk=last.pk).update(checked_at=moment)
            return None
        if last and last.made_at == minute(moment):
            return None
        return _store(made, checksum, structure, moment, last)


def codes() -> list[str]:
    return [column.code for column in COLUMNS]


def _store(
    made: IO[bytes], checksum: str, structure: StructureVersion, moment: datetime, last: DataVersion | None
) -> DataVersion:
    now, before = _rows(made), _rows_of(last)
    same = sum(1 for number, row in now.items() if before.get(number) == row)
    both = len(now.keys() & before.keys())
    version = DataVersion(
        made_at=minute(moment),
        checked_at=moment,
        structure=structure,
        sha256=checksum,
        size=made.seek(0, io.SEEK_END),
        rows=len(now),
        added=len(now) - both,
        changed=both - same,
        removed=len(before) - both,
    )
    made.seek(0)
    version.file.save(str(version), File(made), save=False)
    version.save()
    version.networks.set(SocialNetwork.objects.filter(accounts__in=Account.objects.public()).distinct())
    return version


def _structure(moment: datetime) -> StructureVersion:
    """The last version of the structure, or a new one when the columns have changed."""
    content = structure_csv().encode()
    checksum = hashlib.sha256(content).hexdigest()
    last = StructureVersion.objects.first()
    if last and (last.sha256 == checksum or last.made_at == minute(moment)):
        return last
    version = StructureVersion(made_at=minute(moment), sha256=checksum, size=len(content))
    version.file.save(str(version), ContentFile(content), save=False)
    version.save()
    return version


def structure_csv() -> str:
    """What each column is, in both languages."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(STRUCTURE_HEADINGS)
    for column in COLUMNS:
        told = [str(words) for words in (column.title, column.description) if words]
        with translation.override(None):
            english = [str(words) for words in (column.title, column.description) if words]
        table.writerow([column.code, ". ".join(english), ". ".join(told), column.kind])
    return text.getvalue()


def _write(file: IO[bytes], pieces: Iterable[str]) -> str:
    """Writes the pieces down; their SHA-256."""
    checksum = hashlib.sha256()
    for piece in pieces:
        data = piece.encode()
        checksum.update(data)
        file.write(data)
    return checksum.hexdigest()


def _rows(file: IO[bytes]) -> dict[str, int]:
    """{number of the entry: what stands for its row}: numbers alone, so that a large registry fits."""
    file.seek(0)
    lines = io.TextIOWrapper(file, encoding="utf-8", newline="")
    rows = csv.reader(lines)
    next(rows, None)
    numbers = {row[_ID]: hash(tuple(row)) for row in rows}
    lines.detach()  # else the file is closed with it
    return numbers


def _rows_of(version: DataVersion | None) -> dict[str, int]:
    if version is None:
        return {}
    with version.file.open("rb") as stored:
        return _rows(stored.file)
