"""The registry of accounts (procedure, cl. 2.1, 3)."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
from people.search import fold, words
from registry.models.acts import LegalAct
from registry.models.networks import SocialNetwork
from registry.models.searching import has_word
from registry.models.states import IN_USE, PUBLIC_STATUSES, TONES, AccountStatus


def verification_limit(today: date) -> date:
    """A page verified on this day or later is not due; `VERIFICATION_DAYS` of the settings."""
    return today - timedelta(days=settings.VERIFICATION_DAYS)


# Columns of a public entry that anybody may read: on cards, in files, feeds and the API. The one place that says so.
PUBLIC_COLUMNS = (
    "organization",
    "network",
    "url",
    "handle",
    "external_id",
    "name",
    "description",
    "status",
    "opened_on",
    "closed_on",
    "legal_act",
    "last_verified_on",
    "responsible_post",
    "work_phone",
    "work_email",
    "has_state_mark",
    "in_state_pages",
    "has_opinion_widget",
    "has_problem_widget",
    "comments_open",
    "subscribers",
    "subscribers_on",
    "rkn_number",
)
# And those that only people of the portal see.
INNER_COLUMNS = ("last_verified_by", "has_avatar", "has_cover")


def is_public(on: date | None = None) -> Q:
    """A condition: the entry may stand on the open pages on the day."""
    allowed = SocialNetwork.objects.allowed(on).values("pk")
    return Q(Q(network__in=allowed) | Q(network__isnull=True), status__in=PUBLIC_STATUSES)


class AccountQuerySet(models.QuerySet["Account"]):
    """Phrases about accounts."""

    def visible_to(self, user: User) -> "AccountQuerySet":
        return self.filter(user.reach(Permission.VIEW))

    def public(self, on: date | None = None) -> "AccountQuerySet":
        """What stands on the open pages: nothing of prohibited networks, whatever the entry says."""
        return self.filter(is_public(on))

    def readable_by(self, user: User | AnonymousUser) -> "AccountQuerySet":
        """What is public, and to a signed-in person also the other entries of their bodies."""
        if not isinstance(user, User):
            return self.public()
        return self.filter(is_public() | user.reach(Permission.VIEW))

    def matching(self, text: str) -> "AccountQuerySet":
        """Entries in which every word of the text occurs, in any form, order, case and spelling of ё."""
        rows = self
        for word in words(text):
            rows = rows.filter(has_word(word))
        return rows

    def of_page(self, network: SocialNetwork, url: str, external_id: str) -> "AccountQuerySet":
        """The entry of this page, by its canonical link or its permanent number."""
        # SQLite takes the partial indexes of these columns only when it is told that nothing empty is looked for.
        same = Q(url=url) & ~Q(url="")
        if external_id:
            same |= Q(external_id=external_id) & ~Q(external_id="")
        return self.filter(same, network=network)

    def named(self, handle: str) -> "AccountQuerySet":
        """Pages with this name in their address, in any network and case; by the index of names."""
        return self.alias(handle_lower=Lower("handle")).filter(handle_lower=handle.lower()).exclude(url="")

    def active(self) -> "AccountQuerySet":
        return self.filter(status=AccountStatus.ACTIVE)

    def due_for_verification(self, today: date) -> "AccountQuerySet":
        """Active pages that nobody has looked at within the verification period."""
        limit = verification_limit(today)
        return self.active().filter(Q(last_verified_on__isnull=True) | Q(last_verified_on__lt=limit))

    def closed_names(self) -> "AccountQuerySet":
        """Names that others may take: of closed pages with an address, in networks that may be named."""
        allowed = SocialNetwork.objects.allowed().values("pk")
        return self.filter(status=AccountStatus.ARCHIVED, network__in=allowed).exclude(url="")

    def names_due(self, today: date) -> "AccountQuerySet":
        """Closed names nobody has looked at within `CLOSED_NAME_DAYS`; whoever closed the page has looked that day."""
        limit = today - timedelta(days=settings.CLOSED_NAME_DAYS)
        never = Q(closing__looked_on__isnull=True) & (Q(closed_on__isnull=True) | Q(closed_on__lt=limit))
        return self.closed_names().filter(never | Q(closing__looked_on__lt=limit))

    def in_use(self) -> "AccountQuerySet":
        """Pages that exist, in networks where one may be kept: their security is somebody's business."""
        return self.filter(status__in=IN_USE, network__in=SocialNetwork.objects.allowed().values("pk"))

    def secured_by(self, user: User) -> "AccountQuerySet":
        """Pages whose security concerns the person; to anybody else it does not exist."""
        return self.in_use().filter(user.reach(Permission.KEEP_SECURITY))

    def in_order(self) -> "AccountQuerySet":
        """By body, as they stand in the tree, then by network."""
        return self.order_by("organization__path", F("network__position").asc(nulls_last=True), "name", "pk")

    def with_relations(self) -> "AccountQuerySet":
        """Everything one line of a list needs, in two queries; networks know their legal status of today."""
        networks = Prefetch("network", SocialNetwork.objects.with_status())
        return self.select_related("organization", "legal_act").prefetch_related(networks)

    def for_listing(self) -> "AccountQuerySet":
        return self.with_relations().in_order()


class Account(models.Model):
    """An entry of the registry: one page of one body in one network, or the fact that the body keeps none."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="accounts", verbose_name=_("organization")
    )
    network = models.ForeignKey(
        SocialNetwork, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("network")
    )
    external_id = models.CharField(_("permanent number in the network"), max_length=64, blank=True)
    url = models.URLField(_("link"), blank=True, max_length=300, help_text=_("Canonical link of the page."))
    handle = models.CharField(_("name in the address"), max_length=120, blank=True)
    name = models.CharField(_("name of the page"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=AccountStatus, default=AccountStatus.PLANNED)
    opened_on = models.DateField(_("kept since"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("legal act")
    )
    last_verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    last_verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("last verified by")
    )
    responsible_post = models.CharField(_("responsible post"), max_length=200, blank=True)
    work_phone = models.CharField(_("work phone"), max_length=40, blank=True)
    work_email = models.EmailField(_("work e-mail"), blank=True)
    responsible_people = models.ManyToManyField(
        User,
        blank=True,
        related_name="responsible_for",
        verbose_name=_("responsible people"),
        help_text=_("Seen in the portal only, never published."),
    )
    # What a page in good order has; empty: nobody has looked yet.
    has_state_mark = models.BooleanField(_("mark of a state organization"), null=True, blank=True)
    in_state_pages = models.BooleanField(_("connected to the system of state pages"), null=True, blank=True)
    has_opinion_widget = models.BooleanField(_("widget for opinions"), null=True, blank=True)
    has_problem_widget = models.BooleanField(_("widget for problems"), null=True, blank=True)
    has_avatar = models.BooleanField(_("avatar in order"), null=True, blank=True)
    has_cover = models.BooleanField(_("cover in order"), null=True, blank=True)
    comments_open = models.BooleanField(_("comments are open"), null=True, blank=True)
    subscribers = models.PositiveIntegerField(_("subscribers"), null=True, blank=True)
    subscribers_on = models.DateField(_("subscribers counted on"), null=True, blank=True)
    rkn_number = models.CharField(
        _("number in the list of Roskomnadzor"),
        max_length=60,
        blank=True,
        help_text=_("For channels of more than 10,000 subscribers: the A+ mark rests on it."),
    )
    search = models.TextField(_("search text"), editable=False, default="", help_text="People search this, folded.")

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                name="account_link_unique_in_network",
                fields=["network", "url"],
                condition=~Q(url=""),
                violation_error_message=_("This page is already in the registry."),
            ),
            models.UniqueConstraint(
                name="account_external_id_unique_in_network",
                fields=["network", "external_id"],
                condition=~Q(external_id=""),
                violation_error_message=_("A page with this permanent number is already in the registry."),
            ),
            models.CheckConstraint(
                name="account_not_kept_rests_on_an_act",
                condition=~Q(status=AccountStatus.NOT_KEPT) | Q(legal_act__isnull=False),
                violation_error_message=_("Name the legal act by which the page is not kept."),
            ),
            models.CheckConstraint(
                name="account_without_network_only_when_not_kept",
                condition=Q(network__isnull=False) | Q(status=AccountStatus.NOT_KEPT),
                violation_error_message=_("Choose the network."),
            ),
            models.CheckConstraint(
                name="account_active_has_a_link",
                condition=~Q(status=AccountStatus.ACTIVE) | ~Q(url=""),
                violation_error_message=_("An active page needs its link."),
            ),
            models.CheckConstraint(
                name="account_closes_after_it_opens",
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("A page cannot be closed before it was opened."),
            ),
            models.CheckConstraint(
                name="account_verified_on_and_by_together",
                condition=Q(last_verified_on__isnull=True) | Q(last_verified_by__isnull=False),
                violation_error_message=_("Who verified the page and when stand together."),
            ),
            models.CheckConstraint(
                name="account_subscribers_are_counted_on_a_day",
                condition=Q(subscribers__isnull=True) | Q(subscribers_on__isnull=False),
                violation_error_message=_("Say on which day the subscribers were counted."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "organization"], name="account_status_organization"),
            models.Index(Lower("handle"), name="account_handle_lower"),  # a bare @name is looked up in any case
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.network})" if self.network else self.name

    @property
    def search_text(self) -> str:
        """What `search` must hold; written by `actions` only."""
        network = self.network.name if self.network else ""
        body = self.organization
        names = (self.name, self.handle, body.short_name, body.name, body.centre, network)
        return fold(" ".join((*names, self.description)))

    @property
    def address(self) -> str:
        """The link as people say it: `vk.com/urtam`."""
        return self.url.removeprefix("https://")

    @property
    def tone(self) -> str:
        """The colour that repeats what the word of the status says."""
        return TONES.get(AccountStatus(self.status), "")

    @property
    def is_in_use(self) -> bool:
        return self.status in IN_USE

    @property
    def is_live(self) -> bool:
        """Whether the link may be opened: a page that is suspended or closed may be in other hands by now."""
        return self.status == AccountStatus.ACTIVE and bool(self.url)

    @property
    def is_public(self) -> bool:
        """Whether the entry stands on the open pages today."""
        return self.status in PUBLIC_STATUSES and not (self.network and self.network.is_prohibited)

    @property
    def is_verification_due(self) -> bool:
        """Nobody has looked at the page within the verification period."""
        if self.status != AccountStatus.ACTIVE:
            return False
        return not self.last_verified_on or self.last_verified_on < verification_limit(timezone.localdate())
