"""Cases: messages about one and the same thing, answered together (procedure, cl. 2.3 and 7)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission


class CaseQuerySet(models.QuerySet["Case"]):
    """Phrases about cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """As the messages in it: for those who moderate the body."""
        return self.filter(user.reach(Permission.MODERATE))


class Case(models.Model):
    """Messages about one and the same thing, answered together."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    title = models.CharField(_("what it is about"), max_length=200)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return self.title
