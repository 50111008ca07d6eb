"""Authors of messages: shown to those who answer them, forgotten after their term."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from moderation.inbox.intake import AUTHOR
from moderation.models import Message
from people import vault

BATCH = 1000


def name_of(message: Message) -> str:
    """The name the author goes by in the network; "" when it was not brought or is forgotten."""
    opened = vault.unseal(message.author) if message.author else None
    return str(json.loads(opened)["name"]) if opened else ""


def is_author(message: Message, author_id: str) -> bool:
    """Whether the person with this number in the network wrote it; true for ever, whatever was forgotten."""
    known = f"{message.account.network_id}:{author_id.strip().casefold()}"
    return bool(message.author_mark) and vault.is_mark_of(known, message.author_mark, purpose=AUTHOR)


def forget(now: datetime | None = None) -> int:
    """Drops names and numbers of authors of what was done `AUTHOR_KEPT_DAYS` ago; returns how many. May be repeated."""
    now = now or timezone.now()
    limit = now - timedelta(days=settings.AUTHOR_KEPT_DAYS)
    rows = Message.objects.done().filter(done_at__lt=limit, author_forgotten_at__isnull=True)
    forgotten = 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        forgotten += Message.objects.filter(pk__in=keys).update(author="", author_forgotten_at=now)
    return forgotten
