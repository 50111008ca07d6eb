"""The portal's own rules of triage, beside the lists it is shipped with."""

import secrets

from django.db import models
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User


def new_mark() -> int:
    """Forty random bits: thousands of them add up without overflow."""
    return secrets.randbits(40)


class TriageRuleQuerySet(models.QuerySet["TriageRule"]):
    """Phrases about the portal's own rules of triage."""

    def state(self) -> tuple[int, int]:
        """Tells states of the table apart: whoever compiled the rules at the same one has them all."""
        found = self.aggregate(rows=Count("pk"), marks=Sum("mark"))
        return found["rows"], int(found["marks"] or 0)


class TriageRule(models.Model):
    """A word the administrator added to the shipped lists, or a shipped one switched off. Never deleted."""

    class Flag(models.TextChoices):
        """What a text may be, as far as a program can tell."""

        OBSCENE = "obscene", _("obscene language")
        INSULT = "insult", _("insult")
        THREAT = "threat", _("threat")
        SPAM = "spam", _("advertising")
        PERSONAL = "personal_data", _("personal data")

    class Kind(models.TextChoices):
        """How the pattern is looked for."""

        WORD = "word", _("a word in all its forms")
        FORM = "form", _("a word as written, * for any letters")
        ROOT = "root", _("the beginning of a word, a prefix may stand before it")
        PHRASE = "phrase", _("several words in a row")
        EXCEPTION = "exception", _("an exception: never marked")

    flag = models.CharField(_("class"), max_length=20, choices=Flag)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    pattern = models.CharField(_("words"), max_length=150)
    alone = models.BooleanField(_("marked by itself"), default=True)
    note = models.CharField(_("why"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in force"), default=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    # Drawn anew with every change, even one that is rolled back later.
    mark = models.PositiveBigIntegerField(_("mark of the change"), default=new_mark, editable=False)

    objects = TriageRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of triage")
        verbose_name_plural = _("rules of triage")
        ordering = ("flag", "kind", "pattern")
        constraints = [models.UniqueConstraint(fields=["flag", "kind", "pattern"], name="triage_rule_stands_once")]

    def __str__(self) -> str:
        return self.pattern
