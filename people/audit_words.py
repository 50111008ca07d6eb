"""An entry of the audit log in human words: what kind of thing, which field, from what to what."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

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


@dataclass(frozen=True)
class Change:
    """One field: its label, the words before and after."""

    label: str
    before: str
    after: str


TONES = {AuditEntry.Action.CREATE: "good", AuditEntry.Action.UPDATE: "info", AuditEntry.Action.DELETE: "bad"}


@dataclass(frozen=True)
class Told:
    """An entry as the page shows it."""

    entry: AuditEntry

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
    def changes(self) -> list[Change]:
        """In the order of the model; of what was added or deleted only fields that held something."""
        model = self.entry.content_type.model_class()
        pairs = (self.entry.changes or {}).items()
        told = [_change(model, name, before, after) for name, (before, after) in pairs]
        return sorted((c for c in told if c.before != c.after), key=lambda change: change.label)


def _change(model: type[models.Model] | None, name: str, before: Any, after: Any) -> Change:
    field = _field(model, name)
    label = capfirst(str(field.verbose_name)) if field is not None else name
    return Change(label, _words(field, before), _words(field, after))


def _field(model: type[models.Model] | None, name: str) -> "models.Field[Any, Any] | None":
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None


def _words(field: "models.Field[Any, Any] | None", value: Any) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _moment(field, str(value)) or Truncator(str(value)).chars(LONGEST)


def _moment(field: "models.Field[Any, Any] | None", value: str) -> str:
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
