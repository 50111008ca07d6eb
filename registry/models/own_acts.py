"""The act each body adopts of its own (order, cl. 4): its states, which follows which, and every step taken."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.addresses import check_linkable
from people.models import Organization, User


class OwnActState(models.TextChoices):
    """How far a body is with its own act."""

    NONE = "none", pgettext_lazy("own act", "no act yet")
    DRAFT = "draft", pgettext_lazy("own act", "draft")
    ADOPTED = "adopted", pgettext_lazy("own act", "adopted")
    PUBLISHED = "published", pgettext_lazy("own act", "published")


_S = OwnActState

# A step back mends what was entered by mistake; the history keeps both.
TRANSITIONS: dict[OwnActState, tuple[OwnActState, ...]] = {
    _S.NONE: (_S.DRAFT,),
    _S.DRAFT: (_S.ADOPTED, _S.NONE),
    _S.ADOPTED: (_S.PUBLISHED, _S.DRAFT),
    _S.PUBLISHED: (_S.ADOPTED,),
}

TONES = {_S.NONE: "", _S.DRAFT: "info", _S.ADOPTED: "wait", _S.PUBLISHED: "good"}


class BodyAct(models.Model):
    """The state of a body's own act; a body without a row has none. One door moves it: `registry.own_acts.move`."""

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="own_act", verbose_name=_("organization")
    )
    state = models.CharField(_("state"), max_length=10, choices=OwnActState, default=OwnActState.NONE, db_index=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    url = models.URLField(_("link"), blank=True, validators=[check_linkable])

    class Meta:
        verbose_name = _("own act of a body")
        verbose_name_plural = _("own acts of bodies")
        constraints = [
            models.CheckConstraint(
                name="body_act_adopted_has_number_and_date",
                condition=~Q(state__in=["adopted", "published"]) | (~Q(number="") & Q(signed_on__isnull=False)),
            ),
            models.CheckConstraint(name="body_act_published_has_link", condition=~Q(state="published") | ~Q(url="")),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_state_display()}"


class BodyActStep(models.Model):
    """One step of an act: who moved it, when, and what was known then. Only added to."""

    act = models.ForeignKey(BodyAct, models.PROTECT, related_name="steps", verbose_name=_("act"))
    state = models.CharField(_("state"), max_length=10, choices=OwnActState)
    number = models.CharField(_("number"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    url = models.URLField(_("link"), blank=True, validators=[check_linkable])
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    made_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("step of an own act")
        verbose_name_plural = _("steps of own acts")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_state_display()
