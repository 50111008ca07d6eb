"""One row of the audit log: who changed what, when, from what to what, in which organization.

django-auditlog watches the models and computes the differences; the row is ours, because it must be found by
organization among millions, and because the database must refuse to change it (migration `audit_entry_append_only`).
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.roles import Permission

if TYPE_CHECKING:  # people.models imports this module
    from people.models import Organization, User

# Where the organization of a watched model is found: a dotted path ("" is the row itself), a function, or None for
# reference data that belongs to no organization. Filled by `people.audit.register`.
Owner = str | None | Callable[[Any], "Organization | None"]
owners: dict[type[models.Model], Owner] = {}

# Who is acting in this request or command, as a function because sign-in changes it halfway.
actor_now: ContextVar[Callable[[], "User | None"]] = ContextVar("actor_now", default=lambda: None)
# The organization that a change is about where the row cannot tell itself (a person without memberships).
about_now: ContextVar["Organization | None"] = ContextVar("about_now", default=None)


def organization_of(instance: models.Model) -> "Organization | None":
    """The organization whose administrators may read about this change."""
    owner = owners.get(type(instance))
    if owner is None:
        return None
    if callable(owner):
        return owner(instance) or about_now.get()
    found: Any = instance
    for step in filter(None, owner.split(".")):
        found = getattr(found, step, None)
    return found or about_now.get()


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Phrases about entries."""

    def visible_to(self, user: "User") -> "AuditEntryQuerySet":
        """Entries of organizations in reach; those of shared reference lists to everyone who reads the log."""
        if not user.may_anywhere(Permission.VIEW_AUDIT):
            return self.none()
        people = ContentType.objects.get_by_natural_key("people", "user")
        shared = Q(organization__isnull=True) & ~Q(content_type=people)
        return self.filter(user.reach(Permission.VIEW_AUDIT) | shared)


class AuditEntryManager(LogEntryManager.from_queryset(AuditEntryQuerySet)):  # type: ignore[misc]
    """django-auditlog calls `log_create` for every change it sees."""

    def log_create(self, instance: models.Model, force_log: bool = False, **fields: Any) -> "AuditEntry | None":
        if not fields.get("changes") and not force_log:
            return None
        entry = self.unsaved(instance, **fields)
        entry.save(force_insert=True, using=self.db)
        return entry

    def unsaved(self, instance: models.Model, **fields: Any) -> "AuditEntry":
        """The row about a change of this instance, to be stored by the caller."""
        actor = fields.pop("actor", None) or actor_now.get()()
        entry: AuditEntry = self.model(
            content_type=ContentType.objects.get_for_model(instance),
            object_id=instance.pk,
            object_repr=str(instance),
            organization=organization_of(instance),
            actor=actor,
            actor_name=str(actor) if actor else "",
            **fields,
        )
        return entry


class AuditEntry(AbstractLogEntry):  # type: ignore[misc]
    """Only added, never changed or deleted. Copies the words that must outlive what they name."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    object_id = models.BigIntegerField(_("number"))
    object_repr = models.TextField(_("name"))
    organization = models.ForeignKey(
        "people.Organization",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("organization"),
    )
    actor = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("who")
    )
    actor_name = models.CharField(_("who"), max_length=200, blank=True)
    action = models.PositiveSmallIntegerField(_("what"), choices=AbstractLogEntry.Action.choices)

    # Columns of the library that nothing here reads.
    object_pk = None
    serialized_data = None
    changes_text = None
    cid = None
    remote_addr = None
    remote_port = None
    additional_data = None
    actor_email = None

    objects = AuditEntryManager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-timestamp", "-pk")
        indexes = [
            models.Index(fields=["organization", "-timestamp"], name="audit_organization"),
            models.Index(fields=["content_type", "object_id"], name="audit_object"),
            models.Index(fields=["actor", "-timestamp"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return self.object_repr
