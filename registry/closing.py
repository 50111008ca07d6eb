"""Pages that were closed: how, with what proof, and whether somebody has taken their names since."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from people import audit
from people.models import User
from registry.models import Account, Closing, ClosingKind


def in_words(given: dict[str, str]) -> str:
    """«страницы больше нет: она не открывается; https://…; примечание»."""
    kind = str(ClosingKind(given["kind"]).label) if given.get("kind") else ""
    return "; ".join(word for word in (kind, given.get("proof", ""), given.get("note", "")) if word)


def close(account: Account, given: dict[str, str], *, by: User) -> Closing:
    """Writes down how the page was closed; its name stays under watch from now on."""
    with audit.acting(by):
        found, _made = Closing.objects.update_or_create(
            account=account,
            defaults={
                "kind": given.get("kind", ""),
                "proof": given.get("proof", ""),
                "note": given.get("note", ""),
                "finding": "",
                "looked_on": None,
                "looked_by": None,
            },
        )
    return found


@transaction.atomic
def look(account: Account, *, finding: str, note: str, by: User, on: date | None = None) -> Closing:
    """Somebody has opened the old address and says what stands there now."""
    with audit.acting(by):
        found, _made = Closing.objects.get_or_create(account=account)
        found.finding, found.looked_on, found.looked_by = finding, on or timezone.localdate(), by
        found.note = note or found.note
        found.save()
    return found
