"""Legal acts that the registry, a norm or a page that is not kept rest on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.addresses import check_linkable
from people.models import Organization, User
from people.roles import Permission


class LegalActQuerySet(models.QuerySet["LegalAct"]):
    """Phrases about legal acts."""

    def visible_to(self, user: User) -> "LegalActQuerySet":
        return self.filter(user.reach(Permission.VIEW) | Q(organization__isnull=True))


class LegalAct(models.Model):
    """An order, decree or decision that something here rests on."""

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_acts",
        verbose_name=_("organization"),
        help_text=_("Who adopted it, if that body is in the portal."),
    )
    title = models.CharField(_("title"), max_length=500)
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    url = models.URLField(_("link"), blank=True, validators=[check_linkable])
    founds_registry = models.BooleanField(
        _("the registry rests on it"), default=False, help_text=_("Named on the public page of the registry.")
    )
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Anybody may read its files; the registry leads to them.")
    )

    objects = LegalActQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")
        ordering = ("-signed_on", "title")
        constraints = [
            models.UniqueConstraint(
                name="legal_act_one_founds_the_registry",
                fields=["founds_registry"],
                condition=Q(founds_registry=True),
                violation_error_message=_("Another act is already named as the one the registry rests on."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
