"""What the portal must never be run with outside demo mode; `manage.py check --deploy` tells it, and nothing starts."""

import sys
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from people.models import User


@register(Tags.security, deploy=True)
def secret_key_is_own(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    if settings.DEMO or settings.SECRET_KEY != settings.DEFAULT_SECRET_KEY:
        return []
    return [
        Error(_("SECRET_KEY is empty or the default one: set a secret key of this installation."), id="glashatay.E001")
    ]


@register(Tags.security, deploy=True)
def debug_is_off(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    if settings.DEMO or not settings.DEBUG:
        return []
    return [Error(_("DEBUG is on outside demo mode: set DEBUG=0."), id="glashatay.E002")]


@register(Tags.database, deploy=True)
def nobody_is_for_show(app_configs: Sequence[AppConfig] | None = None, **options: Any) -> list[CheckMessage]:
    """People with a password printed on a screen must not be in a real portal's database."""
    if settings.DEMO or not _has_demo_people():
        return []
    return [
        Error(
            _("There are demonstration people in the database: take another database, or set DEMO=1."),
            id="glashatay.E003",
        )
    ]


def _has_demo_people() -> bool:
    try:
        return User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        # Not migrated yet, or not answering: then there is nothing to be signed in to either.
        return False


def refuse_unsafe_start() -> None:
    """Ends this process with one sentence for each thing that is unsafe."""
    errors = [*secret_key_is_own(), *debug_is_off(), *nobody_is_for_show()]
    if errors:
        sentences = (_("Glashatay does not start: %s") % error.msg for error in errors)
        print(*sentences, sep="\n", file=sys.stderr, flush=True)
        # gunicorn stops for good at this code instead of trying again and again.
        sys.exit(3)
