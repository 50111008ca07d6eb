"""Words of decisions are forgotten after WORDS_KEPT_DAYS: text, link, salt, files. Their hashes stay."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from moderation.models import Decision, Objection, Verdict

BATCH = 500


def forget(now: datetime | None = None) -> int:
    """Returns how many rows lost their words. May be repeated. What is still disputed is kept."""
    now = now or timezone.now()
    limit = now - timedelta(days=settings.WORDS_KEPT_DAYS)
    disputed = Objection.objects.waiting().values("decision")
    rows = Decision.objects.filter(made_at__lt=limit, masked_at=None).exclude(pk__in=disputed)
    forgotten = 0
    while batch := list(rows.prefetch_related("evidence").order_by("number")[:BATCH]):
        keys = [row.pk for row in batch]
        gone = {"text": "", "link": "", "salt": "", "search": "", "fingerprint": ""}
        forgotten += Decision.objects.filter(pk__in=keys, masked_at=None).update(masked_at=now, **gone)
        for row in batch:
            for file in row.evidence.all():
                file.file.storage.delete(str(file.file.name))
    old = Objection.objects.filter(decided_at__lt=limit).exclude(verdict=Verdict.WAITING).exclude(words="")
    old.update(words="")
    return forgotten
