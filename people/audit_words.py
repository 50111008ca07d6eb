"""An entry of the audit log in human words: what kind of thing, which field, from what to what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from people.models import AuditEntry

NOTHING = "—"
LONGEST = 300

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field
# Names of rows that entries point at: the log keeps their numbers, people read names.
Names = Mapping[tuple[type[models.Model], str], str]


@dataclass(frozen=True)
class Change:
    """One field: its label, the words before and after."""

    label: str
    before: str
    after: str


TONES = {AuditEntry.Action.CREATE: "good", AuditEntry.Action.UPDATE: "info", AuditEntry.Action.DELETE: "bad"}


def tell(entries: Iterable[AuditEntry]) -> "list[Told]":
    """Entries in words; the names of rows they point at come in one query for each kind of row."""
    shown = list(entries)
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for entry in shown:
        for model, pk in _pointers(entry):
            wanted[model].add(pk)
    names = {
        (model, str(row.pk)): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }
    return [Told(entry, names) for entry in shown]


def _pointers(entry: AuditEntry) -> Iterator[tuple[type[models.Model], str]]:
    model = entry.content_type.model_class()
    for name, pair in (entry.changes or {}).items():
        target = _target(_field(model, name))
        if target:
            yield from ((target, str(value)) for value in pair if str(value).isdecimal())


@dataclass(frozen=True)
class Told:
    """An entry as the page shows it."""

    entry: AuditEntry
    names: Names = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return capfirst(str(self.entry.content_type.name))

    @property
    def done(self) -> str:
        words = {
            AuditEntry.Action.CREATE: _("added"),
            AuditEntry.Action.UPDATE: _("changed"),
            AuditEntry.Action.DELETE: _("deleted"),
        }
        return words.get(self.entry.action, _("looked at"))

    @property
    def tone(self) -> str:
        return TONES.get(self.entry.action, "none")

    @property
    def who(self) -> str:
        return self.entry.actor_name or _("the portal itself")

    @property
    def is_change(self) -> bool:
        return bool(self.entry.action == AuditEntry.Action.UPDATE)

    @property
    def changes(self) -> list[Change]:
        """By label; of what was added or deleted only fields that held something."""
        model = self.entry.content_type.model_class()
        pairs = (self.entry.changes or {}).items()
        told = [self._change(_field(model, name), name, *pair) for name, pair in pairs if self._says_something(*pair)]
        return sorted((c for c in told if c.before != c.after), key=lambda change: change.label)

    def _says_something(self, before: Any, after: Any) -> bool:
        return self.is_change or before not in (None, False) or after not in (None, False)

    def _change(self, field: Field | None, name: str, before: Any, after: Any) -> Change:
        label = capfirst(str(field.verbose_name)) if field is not None else name
        return Change(label, self._words(field, before), self._words(field, after))

    def _words(self, field: Field | None, value: Any) -> str:
        target = _target(field)
        return (target and self.names.get((target, str(value)))) or _words(field, value)


def _field(model: type[models.Model] | None, name: str) -> Field | None:
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None


def _target(field: Field | None) -> type[models.Model] | None:
    related = field.related_model if isinstance(field, models.ForeignKey) else None
    return related if isinstance(related, type) else None


def _words(field: Field | None, value: Any) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return Truncator(", ".join(map(str, value))).chars(LONGEST)
    return _moment(field, str(value)) or Truncator(str(value)).chars(LONGEST)


def _moment(field: Field | None, value: str) -> str:
    """django-auditlog writes moments in UTC without saying so."""
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        if moment is None:
            return ""
        aware = moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
        return date_format(timezone.localtime(aware), "j E Y, H:i")
    if isinstance(field, models.DateField):
        day = parse_date(value)
        return date_format(day, "j E Y") if day else ""
    return ""
