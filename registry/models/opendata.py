"""Open data: the passport of the set as the administrator fills it in, and every version published so far."""

from datetime import date, datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.models.networks import SocialNetwork


class DataSet(models.Model):
    """The passport of the open data set: what the portal cannot know by itself. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.SlugField(_("short name"), default="accounts", max_length=60, help_text=_("Latin letters: accounts."))
    inn = models.CharField(
        _("taxpayer number (INN) of the owner"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^(\d{10}|\d{12})$", _("An INN has 10 or 12 digits."))],
        help_text=_("The identification number of the set begins with it."),
    )
    owner = models.CharField(
        _("owner of the set"), max_length=400, blank=True, help_text=_("Empty: the body at the top of the tree.")
    )
    title = models.CharField(_("name of the set"), max_length=300, blank=True)
    description = models.TextField(_("description of the set"), blank=True)
    keywords = models.CharField(_("keywords, separated by commas"), max_length=300, blank=True)
    responsible_post = models.CharField(
        _("responsible officer (post)"), max_length=200, blank=True, help_text=_("The post; names are not published.")
    )
    responsible_phone = models.CharField(_("work phone"), max_length=40, blank=True)
    responsible_email = models.EmailField(_("work e-mail"), blank=True)
    period = models.CharField(
        _("how often it is brought up to date"), max_length=200, blank=True, help_text=_("As the body has decided.")
    )
    terms = models.TextField(
        _("terms of use"), blank=True, help_text=_("Empty: the usual ones, free for any use that names the source.")
    )
    standard = models.URLField(_("address of the standard"), default="http://opendata.gosmonitor.ru/standard/3.0")

    class Meta:
        verbose_name = _("passport of open data")
        verbose_name_plural = _("passport of open data")
        constraints = [models.CheckConstraint(name="data_set_is_one", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return self.identifier

    @classmethod
    def the(cls) -> "DataSet":
        """The one row; not stored before somebody fills it in."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def identifier(self) -> str:
        """`INN-name`; the name alone while nobody has entered the INN."""
        return f"{self.inn}-{self.name}" if self.inn else self.name

    def answers_to(self, identifier: str) -> bool:
        """Addresses given out before the INN was entered stay good."""
        return identifier in (self.identifier, self.name)

    @property
    def missing(self) -> list[str]:
        """What a passport must say and nobody has filled in yet."""
        needed = ("inn", "responsible_post", "responsible_phone", "responsible_email", "period")
        return [str(self._meta.get_field(name).verbose_name) for name in needed if not getattr(self, name)]  # type: ignore[union-attr] # plain columns


class PublishedFile(models.Model):
    """A file as it was published: its minute is its name, its contents never change."""

    made_at = models.DateTimeField(_("when"), unique=True)
    file = models.FileField(_("file"), upload_to="opendata/")
    sha256 = models.CharField(_("checksum"), max_length=64)
    size = models.PositiveBigIntegerField(_("size"))

    class Meta:
        abstract = True
        ordering = ("-made_at",)

    @property
    def stamp(self) -> str:
        """`20261126T0140`, in the time of the portal."""
        return f"{timezone.localtime(self.made_at):%Y%m%dT%H%M}"


class StructureVersion(PublishedFile):
    """What the columns were from then on."""

    class Meta(PublishedFile.Meta):
        verbose_name = _("version of the structure")
        verbose_name_plural = _("versions of the structure")

    def __str__(self) -> str:
        return f"structure-{self.stamp}.csv"


class DataVersionQuerySet(models.QuerySet["DataVersion"]):
    """Phrases about versions."""

    def public(self, on: date | None = None) -> "DataVersionQuerySet":
        """Those in which no network stands that is prohibited on the day: an old file must not lead there either."""
        refused = SocialNetwork.objects.exclude(pk__in=SocialNetwork.objects.allowed(on).values("pk"))
        return self.exclude(networks__in=refused)


class DataVersion(PublishedFile):
    """The entries as they were published at a moment."""

    structure = models.ForeignKey(StructureVersion, models.PROTECT, related_name="data")
    rows = models.PositiveIntegerField(_("entries"))
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    # The last time the registry was found to say the same.
    checked_at = models.DateTimeField(_("still true"))
    networks = models.ManyToManyField(SocialNetwork, related_name="+")

    objects = DataVersionQuerySet.as_manager()

    class Meta(PublishedFile.Meta):
        verbose_name = _("version of open data")
        verbose_name_plural = _("versions of open data")

    def __str__(self) -> str:
        return f"data-{self.stamp}-structure-{self.structure.stamp}.csv"

    @property
    def what_changed(self) -> str:
        """The content of the change, for the passport."""
        counted = (
            (ngettext("%(n)d entry added", "%(n)d entries added", self.added), self.added),
            (ngettext("%(n)d entry changed", "%(n)d entries changed", self.changed), self.changed),
            (ngettext("%(n)d entry removed", "%(n)d entries removed", self.removed), self.removed),
        )
        return ", ".join(text % {"n": n} for text, n in counted if n)


def minute(moment: datetime) -> datetime:
    """Versions are told apart by their minute."""
    return moment.replace(second=0, microsecond=0)


def address_of(identifier: str, name: str = "") -> str:
    """The permanent address of the set or of one of its files."""
    return f"{settings.SITE_URL}/opendata/{identifier}/{name}"
