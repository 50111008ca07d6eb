"""Why a page can be trusted, rung by rung, and what becomes of the names of pages that were closed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from registry.models.accounts import Account


class TrustSign(models.TextChoices):
    """The rungs of the ladder, from what anybody can see to what only the department knows."""

    SITE_LINKS = "site_links", _("The official site of the body links to the page")
    LINKS_SITE = "links_site", _("The page links to the official site")
    STATE_MARK = "state_mark", _("The network shows the mark of a state organization")
    A_PLUS = "a_plus", _("The channel is in the list of Roskomnadzor (A+)")
    TWO_PEOPLE = "two_people", _("At least two people hold the rights")


# How many people hold the keys is a matter of security: it stays in the portal, and so does who checked.
PUBLIC_SIGNS = (TrustSign.SITE_LINKS, TrustSign.LINKS_SITE, TrustSign.STATE_MARK, TrustSign.A_PLUS)
SECURITY_SIGNS = tuple(sign for sign in TrustSign if sign not in PUBLIC_SIGNS)


class TrustState(models.TextChoices):
    """What was found."""

    YES = "yes", pgettext_lazy("sign", "yes")
    NO = "no", pgettext_lazy("sign", "not yet")
    NOT_APPLICABLE = "na", pgettext_lazy("sign", "does not apply")


class TrustStep(models.Model):
    """What was found of one sign of one page, when and by whom; earlier findings stand in the history of the entry."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="trust_steps", verbose_name=_("account"))
    sign = models.CharField(_("sign"), max_length=12, choices=TrustSign)
    state = models.CharField(_("what was found"), max_length=4, choices=TrustState)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("checked by"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign of trust")
        verbose_name_plural = _("signs of trust")
        constraints = [models.UniqueConstraint(name="trust_step_one_per_sign", fields=["account", "sign"])]

    def __str__(self) -> str:
        return f"{self.get_sign_display()}: {self.get_state_display()}"


class ClosingKind(models.TextChoices):
    """What became of a page that was closed."""

    GONE = "gone", _("the page is gone: it does not open any more")
    RENAMED = "renamed", _("the page was renamed and does not speak for the body any more")
    GIVEN_OVER = "given_over", _("the page was given over to somebody else")


class NameFinding(models.TextChoices):
    """What stands at the old address now."""

    FREE = "free", pgettext_lazy("name", "nothing opens there")
    HARMLESS = "harmless", pgettext_lazy("name", "another page that does not pretend to be the body")
    TAKEN = "taken", pgettext_lazy("name", "a page that pretends to be the body")
    STILL = "still", pgettext_lazy("name", "the old page of the body, still open")


class Closing(models.Model):
    """How a page was closed, and whether somebody has taken its name since."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="closing", verbose_name=_("account"))
    kind = models.CharField(_("what became of the page"), max_length=12, choices=ClosingKind, blank=True)
    proof = models.URLField(_("link to the proof"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    finding = models.CharField(_("what stands there now"), max_length=10, choices=NameFinding, blank=True)
    looked_on = models.DateField(_("looked on"), null=True, blank=True)
    looked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked by")
    )

    looked_note = models.CharField(_("note of the last look"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("closed page")
        verbose_name_plural = _("closed pages")
        constraints = [
            models.CheckConstraint(
                name="closing_looked_on_and_by_together",
                condition=Q(looked_on__isnull=True, looked_by__isnull=True)
                | Q(looked_on__isnull=False, looked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.account)
