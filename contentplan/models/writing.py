"""What helps to write: texts saved while being typed, ideas without a day, templates, repeating posts."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contentplan.models.norms import PostFormat
from contentplan.models.reference import Rubric
from people.models import Organization, User
from people.roles import Permission
from registry.models import Account


class SavedDraft(models.Model):
    """What a person has typed into a form and not sent yet: kept by itself, offered back, forgotten when sent."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    # Which form: the same key the browser keeps the text under.
    key = models.CharField(_("form"), max_length=120)
    data = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("unsent text")
        verbose_name_plural = _("unsent texts")
        constraints = [models.UniqueConstraint(name="saved_draft_once_per_person_and_form", fields=["user", "key"])]

    def __str__(self) -> str:
        return self.key


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Phrases about ideas."""

    def visible_to(self, user: User) -> "IdeaQuerySet":
        return self.filter(user.reach(Permission.VIEW))


class Idea(models.Model):
    """A thought without a day, in the drawer of a body."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="ideas", verbose_name=_("organization"))
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    created_at = models.DateTimeField(_("created"), db_default=Now())

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.topic


class PostTemplateQuerySet(models.QuerySet["PostTemplate"]):
    """Phrases about templates."""

    def visible_to(self, user: User) -> "PostTemplateQuerySet":
        """Of bodies the person sees; those offered to everybody belong to nobody."""
        return self.filter(user.reach(Permission.VIEW))

    def offered_to(self, organization: Organization) -> "PostTemplateQuerySet":
        """The body's own, those of the bodies above it, and those for everybody."""
        return self.filter(Q(organization=None) | Q(organization__path__in=organization.path_up))


class PostTemplate(models.Model):
    """A post to begin from. Without a body it is offered to all."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="post_templates",
        verbose_name=_("organization"),
        help_text=_("Empty: offered to every body."),
    )
    name = models.CharField(_("name"), max_length=100)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(
        PostFormat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("format")
    )
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubric")
    )

    objects = PostTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a post")
        verbose_name_plural = _("templates of posts")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                name="post_template_name_once_per_body", fields=["organization", "name"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RepetitionQuerySet(models.QuerySet["Repetition"]):
    """Phrases about repeating posts."""

    def visible_to(self, user: User) -> "RepetitionQuerySet":
        return self.filter(user.reach(Permission.VIEW))


class Repetition(models.Model):
    """A post that comes again: every so many weeks on a weekday at a time, as drafts of the coming weeks."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="repetitions", verbose_name=_("organization")
    )
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.ForeignKey(PostFormat, models.PROTECT, related_name="+", verbose_name=_("format"))
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubric")
    )
    accounts = models.ManyToManyField(Account, related_name="+", verbose_name=_("accounts"))
    weekday = models.PositiveSmallIntegerField(
        _("weekday, 1 is Monday"), validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    at = models.TimeField(_("time"))
    every_weeks = models.PositiveSmallIntegerField(
        _("every so many weeks"), default=1, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to, inclusive"), null=True, blank=True)
    # Days on which it is left out: ISO dates.
    skipped = models.JSONField(_("skipped days"), default=list, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    objects = RepetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("repeating post")
        verbose_name_plural = _("repeating posts")
        ordering = ("weekday", "at", "pk")
        constraints = [
            models.CheckConstraint(
                name="repetition_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="repetition_weekday_of_seven", condition=Q(weekday__gte=1, weekday__lte=7)),
        ]

    def __str__(self) -> str:
        return self.topic
