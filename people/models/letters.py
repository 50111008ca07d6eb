"""The outbox."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.persons import User


class LetterQuerySet(models.QuerySet["Letter"]):
    """Phrases about letters."""

    def due(self, now: datetime) -> "LetterQuerySet":
        """Not sent, not given up, and not in the hands of a worker."""
        return self.filter(sent_at__isnull=True, try_after__lte=now)


class Letter(models.Model):
    """A letter to be sent once: written in the transaction that causes it, delivered after commit, tried again."""

    key = models.CharField(_("key"), max_length=200, unique=True, help_text=_("The same event never writes twice."))
    to = models.EmailField(_("to"))
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="letters", verbose_name=_("person"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("written"), db_default=Now())
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    try_after = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)
    # Never at night: goes out in the working hours of the person's body.
    waits_for_work = models.BooleanField(_("in working hours only"), default=False)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["try_after"], condition=Q(sent_at__isnull=True), name="letter_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
