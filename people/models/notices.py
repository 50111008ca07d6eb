"""What a person is told in the portal."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models.persons import User


class Tone(models.TextChoices):
    """How a notice looks: the tone of its mark. The words say the same."""

    INFO = "info", _("for your information")
    GOOD = "good", _("good news")
    WAIT = "wait", _("something to do")
    BAD = "bad", _("urgent")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Phrases about notices."""

    def visible_to(self, user: User) -> "NoticeQuerySet":
        """One's own; nobody reads another's, whatever the role."""
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence for one person about one event, in words that outlive the things they name."""

    TITLE_LENGTH = 300

    key = models.CharField(_("key"), max_length=200, unique=True, help_text=_("The same event never writes twice."))
    user = models.ForeignKey(User, models.CASCADE, related_name="notices", verbose_name=_("person"))
    kind = models.SlugField(_("kind"), max_length=40)
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, default=Tone.INFO)
    title = models.CharField(_("sentence"), max_length=TITLE_LENGTH)
    text = models.TextField(_("more words"), blank=True)
    # «за Иванову И. И.» when the notice came to the deputy of somebody who is away.
    instead_of = models.CharField(_("instead of"), max_length=200, blank=True)
    url = models.CharField(_("page"), max_length=300, help_text=_("The address within the portal."))
    created_at = models.DateTimeField(_("written"), db_default=Now())
    read_at = models.DateTimeField(_("read"), null=True)
    # When it was put into a letter, alone or with others.
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_person"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def open_url(self) -> str:
        """Leads to the page, and the notice is read then: what a letter bears."""
        return reverse("people:notice_open", args=[self.pk])

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
