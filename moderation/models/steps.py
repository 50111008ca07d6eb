"""What was done to messages, and who looked at personal data in them: journals that are only added to."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.cases import Case
from moderation.models.message_path import State, Step
from moderation.models.messages import Message
from people.models import Organization, User
from people.roles import Permission

UNMASKED_FOR = timedelta(minutes=30)


class MessageStepQuerySet(models.QuerySet["MessageStep"]):
    """Phrases about what was done to messages."""

    def visible_to(self, user: User) -> "MessageStepQuerySet":
        return self.filter(user.reach(Permission.MODERATE, "message__organization"))


class MessageStep(models.Model):
    """One step of a message: who did what, when, and why. Only added to."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="steps", verbose_name=_("message"))
    step = models.CharField(_("step"), max_length=10, choices=Step)
    state = models.CharField(_("state after it"), max_length=10, choices=State)
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to whom"))
    # Of a message handed over: which body has it since.
    body = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to which body")
    )
    # Of a message put into a case or taken out: which one.
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("which case")
    )
    reason = models.CharField(_("why"), max_length=500, blank=True)
    # Which reply answered it: its own one, or that of another message of the case.
    reply = models.ForeignKey(
        "moderation.Reply", models.PROTECT, null=True, blank=True, related_name="answered", verbose_name=_("reply")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = MessageStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a message")
        verbose_name_plural = _("steps of messages")
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return str(self.get_step_display())


class AuthorCheckQuerySet(models.QuerySet["AuthorCheck"]):
    """Phrases about checks of authorship."""

    def visible_to(self, user: User) -> "AuthorCheckQuerySet":
        return self.filter(user.reach(Permission.MODERATE, "message__organization"))


class AuthorCheck(models.Model):
    """Somebody asked whether a person wrote a message: who, when, why, what came out. Only added to.

    The number that was asked about is not kept: with the answer it would tell who the author is.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="author_checks", verbose_name=_("message"))
    reason = models.CharField(_("why"), max_length=300)
    matches = models.BooleanField(_("the numbers match"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AuthorCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of authorship")
        verbose_name_plural = _("checks of authorship")
        ordering = ("made_at", "pk")
        indexes = [models.Index(fields=["made_by", "made_at"], name="author_check_person")]

    def __str__(self) -> str:
        return self.reason


class UnmaskingQuerySet(models.QuerySet["Unmasking"]):
    """Phrases about looks at personal data."""

    def visible_to(self, user: User) -> "UnmaskingQuerySet":
        return self.filter(user.reach(Permission.MODERATE, "message__organization"))

    def in_force(self, user: User, now: datetime) -> "UnmaskingQuerySet":
        """Looks of this person that still hold."""
        return self.filter(made_by=user, made_at__gt=now - UNMASKED_FOR)


class Unmasking(models.Model):
    """Somebody looked at the personal data in a message: who, when, why. Only added to."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="unmaskings", verbose_name=_("message"))
    reason = models.CharField(_("why"), max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return self.reason
