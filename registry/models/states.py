"""The life of an entry: its states, which follows which, and which a citizen sees. One door moves: `actions`."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AccountStatus(models.TextChoices):
    """The life of an entry (reference list `account_statuses`)."""

    PLANNED = "planned", pgettext_lazy("account", "planned")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("account", "not confirmed")
    ACTIVE = "active", pgettext_lazy("account", "active")
    SUSPENDED = "suspended", pgettext_lazy("account", "suspended")
    ARCHIVED = "archived", pgettext_lazy("account", "closed (archive)")
    PROHIBITED = "prohibited", pgettext_lazy("account", "prohibited")
    NOT_KEPT = "not_kept", pgettext_lazy("account", "not kept (with a legal basis)")


_S = AccountStatus

TRANSITIONS: dict[AccountStatus, tuple[AccountStatus, ...]] = {
    _S.PLANNED: (_S.UNCONFIRMED, _S.NOT_KEPT, _S.ARCHIVED),
    _S.UNCONFIRMED: (_S.ACTIVE, _S.PLANNED, _S.ARCHIVED, _S.PROHIBITED),
    _S.ACTIVE: (_S.SUSPENDED, _S.ARCHIVED, _S.PROHIBITED),
    _S.SUSPENDED: (_S.ACTIVE, _S.ARCHIVED, _S.PROHIBITED),
    # A name that was let go may be in other hands: a page that comes back is confirmed anew.
    _S.ARCHIVED: (_S.UNCONFIRMED, _S.PROHIBITED),
    _S.NOT_KEPT: (_S.PLANNED, _S.UNCONFIRMED, _S.ARCHIVED),
    _S.PROHIBITED: (_S.ARCHIVED,),
}

# What a new entry may begin as.
START_STATES = (_S.ACTIVE, _S.PLANNED, _S.UNCONFIRMED, _S.NOT_KEPT, _S.SUSPENDED, _S.ARCHIVED)

# What an entry of a prohibited network may be: a trace of the past, never a page that is kept.
STATUSES_WHERE_PROHIBITED = (_S.ARCHIVED, _S.PROHIBITED)

# What a citizen is shown: pages that are official now, were official, or are lawfully not kept.
PUBLIC_STATUSES = (_S.ACTIVE, _S.SUSPENDED, _S.ARCHIVED, _S.NOT_KEPT)

# Pages that exist and that somebody holds the rights to.
IN_USE = (_S.UNCONFIRMED, _S.ACTIVE, _S.SUSPENDED)

TONES = {_S.PLANNED: "info", _S.UNCONFIRMED: "info", _S.ACTIVE: "good", _S.SUSPENDED: "wait"}
