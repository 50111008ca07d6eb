"""What helps to answer: templates, words of a wrong tone, limits of networks; and what was reminded of already."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.messages import Message
from people.models import Organization, User
from people.roles import Permission
from registry.models import SocialNetwork
from review.lengths import CountedIn


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    """Phrases about templates."""

    def visible_to(self, user: User) -> "ReplyTemplateQuerySet":
        """Of bodies the person moderates, and those for everybody."""
        return self.filter(user.reach(Permission.MODERATE) | Q(organization=None))

    def offered_to(self, organization: Organization) -> "ReplyTemplateQuerySet":
        """The body's own, those of the bodies above it, and those for everybody."""
        return self.filter(Q(organization=None) | Q(organization__path__in=organization.path_up))


class ReplyTemplate(models.Model):
    """Words a reply begins with; `{fields}` in them are filled in for the message (moderation/replies/templates.py)."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reply_templates",
        verbose_name=_("body"),
        help_text=_("Empty: offered to every body."),
    )
    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("text of the reply"), max_length=4000)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a reply")
        verbose_name_plural = _("templates of replies")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                name="reply_template_name_once_per_body",
                fields=["organization", "name"],
                nulls_distinct=False,
                violation_error_message=_("There is a template of this name already: give it another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ToneWord(models.Model):
    """Words that a reply to a citizen does without, and what to say instead (reference data)."""

    words = models.CharField(
        _("words"), max_length=100, unique=True, help_text=_("In their first form; every form of them is found.")
    )
    advice = models.CharField(_("what to say instead"), max_length=200)
    is_active = models.BooleanField(_("is looked for"), default=True)

    class Meta:
        verbose_name = _("words of a wrong tone")
        verbose_name_plural = _("words of a wrong tone")
        ordering = ("words",)

    def __str__(self) -> str:
        return self.words


class ReplyLimit(models.Model):
    """How long a reply may be in a network (reference data)."""

    network = models.OneToOneField(SocialNetwork, models.CASCADE, related_name="+", verbose_name=_("network"))
    characters = models.PositiveIntegerField(_("characters at most"))
    counted_in = models.CharField(_("counted in"), max_length=12, choices=CountedIn, default=CountedIn.CHARACTERS)
    source = models.CharField(_("where it is from"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("length of replies")
        verbose_name_plural = _("lengths of replies")
        ordering = ("network",)

    def __str__(self) -> str:
        return str(self.network)


class ReminderKind(models.TextChoices):
    """Before the term and after it."""

    SOON = "soon", _("the reply is due soon")
    LATE = "late", _("the reply is overdue")


class ReplyReminder(models.Model):
    """That people were told of a term; once for each term of a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reminders", verbose_name=_("message"))
    kind = models.CharField(_("kind"), max_length=5, choices=ReminderKind)
    due_at = models.DateTimeField(_("the term"))
    made_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder of a reply")
        verbose_name_plural = _("reminders of replies")
        constraints = [models.UniqueConstraint(name="reply_reminder_once", fields=["message", "kind", "due_at"])]

    def __str__(self) -> str:
        return f"{self.message}: {self.get_kind_display()}"
