"""Files of legal acts: of those the registry rests on, and of the own acts of bodies (order, cl. 4)."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
from registry.models.accounts import Account
from registry.models.acts import LegalAct
from registry.models.own_acts import BodyAct, OwnActState


class ActFileQuerySet(models.QuerySet["ActFile"]):
    """Phrases about files of acts."""

    def open(self) -> "ActFileQuerySet":
        """Of published acts: anybody may read them."""
        return self.filter(Q(legal_act__is_published=True) | Q(own_act__state=OwnActState.PUBLISHED))

    def readable_by(self, user: User | AnonymousUser) -> "ActFileQuerySet":
        """What is open, and to a signed-in person also what is not, of their bodies and of nobody's."""
        if not isinstance(user, User):
            return self.open()
        legal = Q(legal_act__in=LegalAct.objects.visible_to(user))
        own = user.reach(Permission.VIEW, "own_act__organization")
        published = Q(legal_act__is_published=True) | Q(own_act__state=OwnActState.PUBLISHED)
        return self.filter(published | legal | own)

    def beside(self, account: Account) -> "ActFileQuerySet":
        """What anybody may read beside the page: of the act it rests on, and of the own act of its body."""
        of_page = Q(own_act__organization=account.organization_id)
        if account.legal_act_id:
            of_page |= Q(legal_act=account.legal_act_id)
        return self.open().filter(of_page)


class ActFile(models.Model):
    """One file of one act, put away where only a view reaches it."""

    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("legal act")
    )
    own_act = models.ForeignKey(
        BodyAct, models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("own act of a body")
    )
    file = models.FileField(_("file"), upload_to="acts/%Y/%m")
    name = models.CharField(_("name of the file"), max_length=150)
    mime = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    added_at = models.DateTimeField(_("when"), db_default=Now())

    objects = ActFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an act")
        verbose_name_plural = _("files of acts")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="act_file_of_one_act",
                condition=Q(legal_act__isnull=False, own_act__isnull=True)
                | Q(legal_act__isnull=True, own_act__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organization(self) -> Organization | None:
        """The body whose act it is."""
        act = self.own_act or self.legal_act
        return act.organization if act else None
