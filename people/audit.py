"""The audit log: every change made anywhere, by whom, from what to what.

A room registers its models in its apps.py `ready()`; django-auditlog then sees every `save()` and `delete()`, from
pages, admin, tasks and commands alike. What goes through `QuerySet.update()` or `bulk_create()` it cannot see: tell it
with `changed` or `created`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from auditlog.diff import model_instance_diff
from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from people.audit_entry import Owner, about_now, actor_now, owners
from people.models import AuditEntry, Organization, User

Before = Any
After = Any


def register(model: type[Model], exclude: Collection[str] = (), organization: Owner = "organization") -> None:
    """Watches a model.

    `organization` is the dotted path to the organization (`"plan.organization"`), "" when the row is one itself,
    None for reference data that belongs to none. Secrets and noise are named in `exclude`.
    """
    owners[model] = organization
    fields = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in exclude]
    auditlog.register(model, include_fields=fields)


def changed(instance: Model, by: User | None = None, **fields: tuple[Before, After]) -> AuditEntry | None:
    """Records a change that no `save()` made: `changed(post, by=user, status=(old, new))`.

    Fields whose value stayed the same are left out; nothing is written when none changed.
    """
    changes = {name: [_plain(before), _plain(after)] for name, (before, after) in fields.items() if before != after}
    entry: AuditEntry | None = AuditEntry.objects.log_create(
        instance, action=AuditEntry.Action.UPDATE, changes=changes, actor=by
    )
    return entry


def created(instances: Iterable[Model]) -> None:
    """Records rows that `bulk_create` has stored, each as `save()` would have been recorded."""
    told = []
    for instance in instances:
        # The differences the library itself computes when it sees a `save()`.
        changes = model_instance_diff(None, instance, use_json_for_changes=settings.AUDITLOG_STORE_JSON_CHANGES)
        if changes:
            told.append(AuditEntry.objects.unsaved(instance, action=AuditEntry.Action.CREATE, changes=changes))
    AuditEntry.objects.bulk_create(told, batch_size=500)


def _plain(value: Any) -> Any:
    """A value as JSON keeps it: numbers, yes and no, nothing, else its words."""
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return str(value)


def kinds() -> list[ContentType]:
    """The kinds of things the log tells about."""
    found = ContentType.objects.get_for_models(*owners).values()
    return sorted(found, key=lambda kind: str(kind.name).casefold())


@contextmanager
def acting(user: User | None) -> Iterator[None]:
    """Changes inside are this person's: for commands, tasks and tests."""
    token = actor_now.set(lambda: user)
    try:
        yield
    finally:
        actor_now.reset(token)


@contextmanager
def about(organization: Organization) -> Iterator[None]:
    """Changes inside that name no organization themselves belong to this one."""
    token = about_now.set(organization)
    try:
        yield
    finally:
        about_now.reset(token)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Changes made during a request are those of the person who is signed in."""

    def remember_actor(request: HttpRequest) -> HttpResponse:
        token = actor_now.set(lambda: request.user if isinstance(request.user, User) else None)
        try:
            return get_response(request)
        finally:
            actor_now.reset(token)

    return remember_actor
