"""Why something is published: holidays, events of the Head and the Administration, topics of the region, topic packs.

Procedure, cl. 2.2 (events and news occasions) and 4 (topics set by the region).
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from contentplan.models.norms import PostFormat
from people.models import Organization, User
from people.roles import Permission

LONG_DAYS = 7


class OccasionKind(models.TextChoices):
    """What stands on the board beside the posts."""

    HOLIDAY = "holiday", _("holiday or memorable date")
    EVENT = "event", _("event of the Head or the Administration")
    TOPIC = "topic", _("topic of the region")


class OccasionQuerySet(models.QuerySet["Occasion"]):
    """Phrases about occasions."""

    def visible_to(self, user: User) -> "OccasionQuerySet":
        """Of the bodies the person sees, and those meant for the bodies below their owner."""
        mine = Organization.objects.visible_to(user)
        return self.filter(Q(organization__in=mine) | Q(for_bodies_below=True, pk__in=self._above(mine)))

    def of(self, organization: Organization) -> "OccasionQuerySet":
        """What the board of this body shows: its own, and what those above it set for all below."""
        step = Organization.steplen
        above = [organization.path[:end] for end in range(step, len(organization.path), step)]
        return self.filter(Q(organization=organization) | Q(for_bodies_below=True, organization__path__in=above))

    def between(self, first: date, last: date) -> "OccasionQuerySet":
        """Those that touch the days, both included."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def topics(self) -> "OccasionQuerySet":
        """Topics of the region, and whatever else must be covered: procedure, cl. 4."""
        return self.filter(Q(kind=OccasionKind.TOPIC) | Q(is_mandatory=True))

    def _above(self, bodies: "models.QuerySet[Organization]") -> list[int]:
        step = Organization.steplen
        paths = {path[:end] for path in bodies.values_list("path", flat=True) for end in range(step, len(path), step)}
        return list(self.filter(organization__path__in=paths).values_list("pk", flat=True))


class Occasion(models.Model):
    """A news occasion: it stands on the board and becomes a post in one step."""

    # Set by coverage.on_board: a post of the body whose board it is covers it.
    is_covered = False

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="occasions", verbose_name=_("organization")
    )
    for_bodies_below = models.BooleanField(_("for all bodies below as well"), default=False)
    kind = models.CharField(_("kind"), max_length=10, choices=OccasionKind)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to, inclusive"))
    at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    # Flagged on each plan until a post of the body covers it: procedure, cl. 4.
    is_mandatory = models.BooleanField(_("must be covered by a post"), default=False)
    # The number in the calendar it came from: the same event is not imported twice.
    uid = models.CharField(_("number in its calendar"), max_length=255, blank=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    created_at = models.DateTimeField(_("entered"), db_default=Now())

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ("starts_on", "at", "pk")
        constraints = [
            models.CheckConstraint(name="occasion_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(
                name="occasion_uid_once_per_body", fields=["organization", "uid"], condition=~Q(uid="")
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="occasion_days")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_long(self) -> bool:
        """Lasts longer than a week: it stands above the week, not on each of its days."""
        return (self.ends_on - self.starts_on).days >= LONG_DAYS


class PackQuerySet(models.QuerySet["TopicPack"]):
    """Phrases about packs."""

    def visible_to(self, user: User) -> "PackQuerySet":
        return self.filter(user.reach(Permission.VIEW))


class TopicPack(models.Model):
    """A post the department drafts once and sends to chosen bodies, each to make it its own."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="topic_packs", verbose_name=_("organization")
    )
    title = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(PostFormat, models.PROTECT, related_name="+", verbose_name=_("format"))
    occasion = models.ForeignKey(
        Occasion, models.SET_NULL, null=True, blank=True, related_name="packs", verbose_name=_("occasion")
    )
    advice = models.TextField(_("what to make local"), blank=True)
    publish_from = models.DateField(_("publish from"))
    publish_to = models.DateField(_("to, inclusive"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic pack")
        verbose_name_plural = _("topic packs")
        ordering = ("-publish_from", "-pk")
        constraints = [
            models.CheckConstraint(name="pack_ends_after_it_starts", condition=Q(publish_to__gte=F("publish_from"))),
        ]

    def __str__(self) -> str:
        return self.title


class OfferState(models.TextChoices):
    """What a body did with an offered pack."""

    OFFERED = "offered", _("not answered yet")
    TAKEN = "taken", _("taken")
    DECLINED = "declined", _("declined")


class OfferQuerySet(models.QuerySet["PackOffer"]):
    """Phrases about offers."""

    def visible_to(self, user: User) -> "OfferQuerySet":
        return self.filter(user.reach(Permission.VIEW))

    def waiting(self, today: date) -> "OfferQuerySet":
        """Not answered, and it is not too late to answer."""
        return self.filter(state=OfferState.OFFERED, pack__publish_to__gte=today)


class PackOffer(models.Model):
    """A pack sent to one body, and what became of it. The post it became points here."""

    pack = models.ForeignKey(TopicPack, models.CASCADE, related_name="offers", verbose_name=_("topic pack"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="pack_offers", verbose_name=_("organization")
    )
    state = models.CharField(_("state"), max_length=10, choices=OfferState, default=OfferState.OFFERED)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a topic pack")
        verbose_name_plural = _("offers of topic packs")
        ordering = ("pack", "organization__path")
        constraints = [models.UniqueConstraint(name="pack_offered_once_per_body", fields=["pack", "organization"])]

    def __str__(self) -> str:
        return f"{self.pack} → {self.organization}"

    @property
    def is_open(self) -> bool:
        """Can be answered: not answered yet, and the days of the pack are not over for the body."""
        return self.state == OfferState.OFFERED and not self.is_late

    @property
    def is_late(self) -> bool:
        return self.organization.today > self.pack.publish_to
