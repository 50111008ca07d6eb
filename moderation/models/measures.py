"""What was decided on and what was done: the words of the journal."""

from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was decided on."""

    COMMENT = "comment", _("comment")
    MESSAGE = "message", _("message")


class Measure(models.TextChoices):
    """What was done."""

    REMOVED = "removed", _("removed")
    HIDDEN = "hidden", _("hidden")
    WARNED = "warned", _("author warned")
    RESTRICTED = "restricted", _("commenting restricted")
    BLOCKED = "blocked", _("author blocked until")
    RESTORED = "restored", _("restored")
    UPHELD = "upheld", _("objection rejected")
    KEPT = "kept", _("left in place: it is criticism")
    LIFTED = "lifted", _("measure ended")


# What takes something away from a citizen; the others are rows about such a decision, or about none.
AGAINST = (Measure.REMOVED, Measure.HIDDEN, Measure.WARNED, Measure.RESTRICTED, Measure.BLOCKED)
# What may last until a day; what silences a person must say until when.
LASTING = (Measure.HIDDEN, Measure.RESTRICTED, Measure.BLOCKED)
SILENCING = (Measure.RESTRICTED, Measure.BLOCKED)


def in_words(measure: str, until: date | None) -> str:
    """«скрыто», «автор заблокирован до 5 декабря 2026»: what was done, and until which day."""
    if until is None:
        return str(Measure(measure).label)
    day = date_format(until, "j E Y")
    if measure == Measure.BLOCKED:
        return gettext("author blocked until %(until)s") % {"until": day}
    return gettext("%(measure)s until %(until)s") % {"measure": Measure(measure).label, "until": day}


class Origin(models.TextChoices):
    """How the comment came to the moderator's eyes."""

    OWN = "own", _("found by ourselves")
    COMPLAINT = "complaint", _("somebody complained")
    AUTHORITY = "authority", _("an authority demanded it")


class Tag(models.TextChoices):
    """What it was about, finer than the grounds of cl. 7; for figures and search."""

    ADVERTISING = "advertising", _("advertising")
    FRAUD = "fraud", _("fraud")
    THREAT = "threat", _("threat")
    PERSONAL = "personal", _("personal data of others")
    HATRED = "hatred", _("hatred")
    DRUGS = "drugs", _("drugs")
    ELECTION = "election", _("election campaign")
