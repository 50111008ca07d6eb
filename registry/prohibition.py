"""A network that the law prohibits: its entries are archive entries only, and the database holds it (ADR 15).

Neither an entry comes to life in such a network nor does a network become prohibited over entries that live: whoever
prohibits it archives them in the same step. A status that begins on a later day is dealt with on that day by
`archive_what_is_prohibited`. The day is that of the portal's zone.
"""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from registry import actions, triggers
from registry.models import STATUSES_WHERE_PROHIBITED, Account, LegalStatus, NetworkStatus, SocialNetwork

MARK = "_prohibited_network"
REFUSAL = "account_of_a_prohibited_network_is_archived"
_ALLOWED = ", ".join(f"'{status.value}'" for status in STATUSES_WHERE_PROHIBITED)


@transaction.atomic
def archive_pages(network: SocialNetwork, *, basis: str, by: User | None, on: date | None = None) -> int:
    """Moves all that still lives in the network to the archive, each with the reason in its history; says how many."""
    # Nobody enters a page there meanwhile.
    SocialNetwork.objects.select_for_update().get(pk=network.pk)
    rows = Account.objects.filter(network=network).exclude(status__in=STATUSES_WHERE_PROHIBITED)
    found = list(rows.select_related("organization", "network", "legal_act"))
    note = _("The network is prohibited: %(basis)s") % {"basis": basis}
    for account in found:
        actions.archive(account, by=by, on=on or timezone.localdate(), note=note[:500])
    return len(found)


def prohibiting(statuses: Iterable[NetworkStatus], today: date | None = None) -> NetworkStatus | None:
    """The status in force among these, when it forbids the network."""
    today = today or timezone.localdate()
    begun = [status for status in statuses if status.starts_on <= today]
    last = max(begun, key=lambda status: status.starts_on, default=None)
    return last if last and last.status == LegalStatus.PROHIBITED else None


def archive_what_is_prohibited() -> int:
    """The day of a prohibition that was entered ahead has come: its pages go to the archive."""
    statuses = NetworkStatus.objects.prohibited().select_related("network")
    return sum(archive_pages(row.network, basis=row.basis, by=None, on=row.starts_on) for row in statuses)


# --- what the database holds ---


def hold(connection: BaseDatabaseWrapper) -> None:
    """Puts the triggers on."""
    if {"registry_account", "registry_networkstatus"} <= set(connection.introspection.table_names()):
        triggers.put(connection, MARK, _postgresql() if connection.vendor == "postgresql" else _sqlite())


def _in_force(network: str, today: str) -> str:
    return (
        "(SELECT status FROM registry_networkstatus "  # noqa: S608 - names from code
        f"WHERE network_id = {network} AND starts_on <= {today} ORDER BY starts_on DESC LIMIT 1)"
    )


def _lives(network: str) -> str:
    return f"EXISTS (SELECT 1 FROM registry_account WHERE network_id = {network} AND status NOT IN ({_ALLOWED}))"  # noqa: S608


def _postgresql() -> list[str]:
    today = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'"
    return [
        f"""
CREATE OR REPLACE FUNCTION registry_account{MARK}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Waits for whoever is prohibiting the network, and makes them wait.
    PERFORM 1 FROM registry_socialnetwork WHERE id = NEW.network_id FOR KEY SHARE;
    IF {_in_force("NEW.network_id", today)} = 'prohibited' THEN {refuse}; END IF;
    RETURN NEW;
END $$""",
        f"CREATE TRIGGER registry_account{MARK} BEFORE INSERT OR UPDATE OF status, network_id ON registry_account "
        f"FOR EACH ROW WHEN (NEW.network_id IS NOT NULL AND NEW.status NOT IN ({_ALLOWED})) "
        f"EXECUTE FUNCTION registry_account{MARK}()",
        f"""
CREATE OR REPLACE FUNCTION registry_networkstatus{MARK}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one bigint;
BEGIN
    FOREACH one IN ARRAY ARRAY[
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.network_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.network_id END
    ] LOOP
        PERFORM 1 FROM registry_socialnetwork WHERE id = one FOR UPDATE;
        IF {_in_force("one", today)} = 'prohibited' AND {_lives("one")} THEN {refuse}; END IF;
    END LOOP;
    RETURN NULL;
END $$""",
        f"CREATE TRIGGER registry_networkstatus{MARK} AFTER INSERT OR UPDATE OR DELETE ON registry_networkstatus "
        f"FOR EACH ROW EXECUTE FUNCTION registry_networkstatus{MARK}()",
    ]


def _sqlite() -> list[str]:
    # SQLite knows no zones by name. Those of Russia are fixed; elsewhere the day may begin an hour early in summer.
    offset = timezone.localtime().utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    today = f"date('now', '{minutes:+d} minutes')"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    comes_alive = f"NEW.status NOT IN ({_ALLOWED}) AND {_in_force('NEW.network_id', today)} = 'prohibited'"
    made = [
        f"CREATE TRIGGER registry_account{MARK}_{event.split()[0]} BEFORE {event} ON registry_account "
        f"WHEN {comes_alive} {refuse}"
        for event in ("INSERT", "UPDATE OF status, network_id")
    ]
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["NEW", "OLD"]), ("DELETE", ["OLD"])):
        broken = " OR ".join(
            f"({_in_force(f'{row}.network_id', today)} = 'prohibited' AND {_lives(f'{row}.network_id')})"
            for row in rows
        )
        made.append(
            f"CREATE TRIGGER registry_networkstatus{MARK}_{event} AFTER {event} ON registry_networkstatus "
            f"WHEN {broken} {refuse}"
        )
    return made
