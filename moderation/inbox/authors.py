"""Authors of messages: shown to those who answer them, forgotten after their term, able to prove that they wrote."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import rules
from moderation.inbox.intake import AUTHOR, author_key
from moderation.models import AuthorCheck, Message
from people import vault
from people.models import User

BATCH = 1000
REASON_LENGTH = 300
# Numbers in networks are public and go on one after another: nobody may try them until one fits.
MOST_CHECKS = 10
CHECKS_WITHIN = timedelta(hours=1)


def name_of(message: Message) -> str:
    """The name the author goes by in the network; "" when it was not brought or is forgotten."""
    opened = vault.unseal(message.author) if message.author else None
    return str(json.loads(opened)["name"]) if opened else ""


def is_author(message: Message, author_id: str) -> bool:
    """Whether the person with this number in the network wrote it; true for ever, whatever was forgotten.

    The number as it came, or a link to the profile; «id5» and «5» are one number.
    """
    plain, key = author_id.strip().casefold(), author_key(author_id)
    bare = key.removeprefix("id")
    known = {plain, key} | ({bare, f"id{bare}"} if bare.isdigit() else set())
    marks = [f"{message.account.network_id}:{one}" for one in known if one]
    return bool(message.author_mark) and any(
        vault.is_mark_of(one, message.author_mark, purpose=AUTHOR) for one in marks
    )


def check(message: Message, author_id: str, *, reason: str, by: User) -> AuthorCheck:
    """Answers a claim of authorship and notes for ever who asked; the number is not kept.

    Raises ValidationError after `MOST_CHECKS` within an hour.
    """
    if not rules.can_moderate_for(by, message.organization):
        raise PermissionDenied
    since = timezone.now() - CHECKS_WITHIN
    if AuthorCheck.objects.filter(made_by=by, made_at__gt=since).count() >= MOST_CHECKS:
        raise ValidationError(
            _("You have checked %(n)d claims within an hour. Numbers are not to be tried one by one: come back later.")
            % {"n": MOST_CHECKS}
        )
    matches = is_author(message, author_id)
    return AuthorCheck.objects.create(message=message, reason=reason.strip(), matches=matches, made_by=by)


def forget(now: datetime | None = None) -> int:
    """Drops names and numbers of authors of what was done `AUTHOR_KEPT_DAYS` ago; returns how many. May be repeated."""
    now = now or timezone.now()
    limit = now - timedelta(days=settings.AUTHOR_KEPT_DAYS)
    rows = Message.objects.done().filter(done_at__lt=limit, author_forgotten_at__isnull=True)
    forgotten = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        forgotten += Message.objects.filter(pk__in=keys).update(author="", author_forgotten_at=now)
    return forgotten
