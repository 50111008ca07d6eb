"""The audit log as this room writes it."""

from typing import Any

from people.models import User


def changed(instance: Any, *, by: User, **fields: tuple[object, object]) -> None:
    try:
        from people import audit
    except ImportError:
        return
    audit.changed(instance, by=by, **fields)
