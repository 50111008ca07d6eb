"""How safe each account is and who holds the rights to it (order, cl. 2.3). Never a password, code or token."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Membership, Organization, User
from people.roles import Permission
from registry.models.accounts import Account


class SecurityItem(models.Model):
    """One line of the security checklist; reference data."""

    text = models.CharField(_("item"), max_length=200, unique=True)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    days = models.PositiveSmallIntegerField(
        _("looked at again after, days"),
        null=True,
        blank=True,
        help_text=_("Empty: as the settings of the portal say (SECURITY_DAYS)."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("item of the security checklist")
        verbose_name_plural = _("items of the security checklist")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def stands_for(self) -> timedelta:
        """How long an answer is good."""
        return timedelta(days=settings.SECURITY_DAYS if self.days is None else self.days)


class SecurityReply(models.TextChoices):
    """What is said of an item."""

    YES = "yes", pgettext_lazy("checklist", "yes")
    NO = "no", pgettext_lazy("checklist", "no")
    NOT_APPLICABLE = "na", pgettext_lazy("checklist", "does not apply")


class SecurityStateQuerySet(models.QuerySet["SecurityState"]):
    """Phrases about answers that stand."""

    def asked(self) -> "SecurityStateQuerySet":
        """Of items that are in use."""
        return self.filter(item__is_active=True)

    def due_by(self, day: date) -> "SecurityStateQuerySet":
        """Answers that are, or will be on the day, older than their item allows."""
        stale = Q(pk__in=[])
        for item in SecurityItem.objects.filter(is_active=True):
            stale |= Q(item=item, done_on__lt=day - item.stands_for)
        return self.filter(stale)


class SecurityState(models.Model):
    """The last answer about one item of one account. One door writes it: `registry.security.checklist.answer`."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="security_states", verbose_name=_("account"))
    item = models.ForeignKey(SecurityItem, models.PROTECT, related_name="states", verbose_name=_("item"))
    reply = models.CharField(_("answer"), max_length=4, choices=SecurityReply)
    done_on = models.DateField(_("done or looked at on"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))

    objects = SecurityStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of security")
        verbose_name_plural = _("states of security")
        constraints = [models.UniqueConstraint(name="security_state_one_per_item", fields=["account", "item"])]
        indexes = [models.Index(fields=["item", "done_on"], name="security_state_due")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_reply_display()}"

    @property
    def due_on(self) -> date:
        """The last day the answer stands."""
        return self.done_on + self.item.stands_for

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()


class SecurityAnswer(models.Model):
    """Every answer ever given, in words that outlive the list. Only added to."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="security_answers", verbose_name=_("account"))
    text = models.CharField(_("item"), max_length=200)
    reply = models.CharField(_("answer"), max_length=4, choices=SecurityReply)
    done_on = models.DateField(_("done or looked at on"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    made_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("answer of the security checklist")
        verbose_name_plural = _("answers of the security checklist")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.text}: {self.get_reply_display()}"


class RightsLevel(models.TextChoices):
    """How much the network lets a person do with the page."""

    OWNER = "owner", pgettext_lazy("rights", "owner")
    ADMINISTRATOR = "administrator", pgettext_lazy("rights", "administrator")
    EDITOR = "editor", pgettext_lazy("rights", "editor")
    MODERATOR = "moderator", pgettext_lazy("rights", "moderator")


# Who can let others in and shut them out.
FULL_RIGHTS = (RightsLevel.OWNER, RightsLevel.ADMINISTRATOR)


class RightsHolderQuerySet(models.QuerySet["RightsHolder"]):
    """Phrases about holders of rights."""

    def visible_to(self, user: User) -> "RightsHolderQuerySet":
        return self.filter(account__in=Account.objects.secured_by(user))

    def current(self) -> "RightsHolderQuerySet":
        return self.filter(until__isnull=True)

    def of_leavers(self) -> "RightsHolderQuerySet":
        """Rights still held by people of the portal who are nothing in it any more."""
        ongoing = Membership.objects.ongoing().filter(user__is_active=True)
        return self.current().filter(user__isnull=False).exclude(user__in=ongoing.values("user"))


class RightsHolder(models.Model):
    """Somebody who holds rights to an account: a name and a level, never how one signs in."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="rights_holders", verbose_name=_("account"))
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="rights_held", verbose_name=_("person of the portal")
    )
    name = models.CharField(_("surname, name, patronymic"), max_length=150)
    job_title = models.CharField(pgettext_lazy("in an office", "post"), max_length=200, blank=True)
    level = models.CharField(_("rights"), max_length=14, choices=RightsLevel)
    since = models.DateField(_("since"))
    until = models.DateField(_("until, inclusive"), null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = RightsHolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder of rights")
        verbose_name_plural = _("holders of rights")
        ordering = ("account", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                name="rights_holder_once_at_a_time",
                fields=["account", "name", "job_title"],
                condition=Q(until__isnull=True),
                violation_error_message=_("This person holds rights to this account already."),
            ),
            models.CheckConstraint(
                name="rights_holder_until_after_since",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                name="rights_holder_until_and_ended_by_together",
                condition=Q(until__isnull=True, ended_by__isnull=True) | Q(until__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_level_display()}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Phrases about handovers."""

    def visible_to(self, user: User) -> "HandoverQuerySet":
        return self.filter(user.reach(Permission.KEEP_SECURITY))


class Handover(models.Model):
    """Somebody leaves and hands the rights over: what the act says, and whether it is done."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="handovers", verbose_name=_("organization")
    )
    giver_name = models.CharField(_("who hands over"), max_length=150)
    giver_post = models.CharField(_("post of who hands over"), max_length=200, blank=True)
    taker_name = models.CharField(_("who takes over"), max_length=150)
    taker_post = models.CharField(_("post of who takes over"), max_length=200, blank=True)
    taker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person of the portal")
    )
    handed_on = models.DateField(_("date of the act"))
    holders = models.ManyToManyField(RightsHolder, related_name="handovers", verbose_name=_("rights"))
    # [{"network", "name", "address", "level", "since": ISO day}]: what the act listed when it was drawn up.
    rows = models.JSONField(_("accounts"), default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    made_at = models.DateTimeField(_("when"), db_default=Now())
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    done_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover of rights")
        verbose_name_plural = _("handovers of rights")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="handover_done_by_and_at_together",
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_name} → {self.taker_name}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
