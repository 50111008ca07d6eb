"""A region's messages: 1,000 bodies, 3,000 accounts, 1,000,000 messages, of which 20,000 wait."""

from datetime import UTC, date, datetime, timedelta

from bench.database import _copy, psql

BODIES, ACCOUNTS_EACH, MESSAGES = 1000, 3, 1_000_000
OPEN_EVERY = 50  # one in so many waits
BODY = "body-500"

COPIES = {
    "people_organization": (
        f"generate_series(3, {BODIES + 1})",
        "'id', n, 'path', '0001' || lpad(upper(to_hex(n)), 4, '0'), 'slug', 'body-' || n, 'short_name', 'Body ' || n",
    ),
    "registry_account": (
        f"generate_series(2, {BODIES * ACCOUNTS_EACH})",
        f"'id', n, 'organization_id', 2 + (n - 1) / {ACCOUNTS_EACH}, 'network_id', 1 + n % {ACCOUNTS_EACH},"
        "'handle', 'page' || n, 'url', 'https://network.example/' || n",
    ),
    # Half a year of messages; every fourth of those that wait is in work, every third of them of one person.
    "moderation_message": (
        f"generate_series(2, {MESSAGES})",
        f"'id', n, 'account_id', 1 + n % {BODIES * ACCOUNTS_EACH},"
        f"'organization_id', 2 + (n % {BODIES * ACCOUNTS_EACH}) / {ACCOUNTS_EACH},"
        "'external_id', n::text, 'text', 'Number ' || n || ' of the street: ' || (first.text),"
        "'search', 'number ' || n || ' of the street: ' || (first.text),"
        f"'received_at', now() - (n::float / {MESSAGES}) * interval '180 days',"
        f"'due_at', CASE WHEN n % {OPEN_EVERY} = 0 THEN now() + ((n % 4000) - 1000) * interval '1 minute'"
        f" ELSE now() - (n::float / {MESSAGES}) * interval '180 days' + interval '1 day' END,"
        f"'state', CASE WHEN n % {OPEN_EVERY} <> 0 THEN 'answered' WHEN n % {4 * OPEN_EVERY} = 0 THEN 'assigned'"
        " ELSE 'new' END,"
        f"'assigned_to_id', CASE WHEN n % {12 * OPEN_EVERY} = 0 THEN 1 WHEN n % {4 * OPEN_EVERY} = 0 THEN 2 END,"
        f"'done_at', CASE WHEN n % {OPEN_EVERY} <> 0 THEN now() END",
    ),
}


def load() -> None:
    """Fills the emptied tables; everything else keeps its defaults."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE people_organization, people_user, registry_socialnetwork RESTART IDENTITY CASCADE")
        _first_rows()
        for table, (series, values) in COPIES.items():
            cursor.execute(_copy(table, series, values))
        cursor.execute("RESET session_replication_role")
    psql("VACUUM (ANALYZE)")


def _first_rows() -> None:
    from moderation.models import Message
    from people.models import Membership, Organization, OrganizationKind, User
    from people.roles import Role
    from registry.models import Account, AccountStatus, NetworkStatus, SocialNetwork

    kind = OrganizationKind.SETTLEMENT
    root = Organization.objects.add_root({"slug": "root", "name": "Root", "short_name": "Root", "kind": kind})
    body = root.add_child(slug="body-2", name="Body", short_name="Body", kind=kind)
    for number in range(1, 1 + ACCOUNTS_EACH):
        network = SocialNetwork.objects.create(slug=f"network-{number}", name=f"Network {number}", position=number)
        NetworkStatus.objects.create(network=network, status="listed", starts_on=date(2022, 1, 1))
    account = Account.objects.create(
        organization=body, network_id=1, url="https://network.example/1", name="Page", status=AccountStatus.ACTIVE
    )
    people = [User.objects.create(username=name, email=f"{name}@example.org") for name in ("moderator", "editor")]
    Membership.objects.create(user=people[0], organization=root, role=Role.MODERATOR, starts_on=date(2020, 1, 1))
    Membership.objects.create(user=people[1], organization=body, role=Role.EDITOR, starts_on=date(2020, 1, 1))
    now = datetime.now(UTC)
    Message.objects.create(
        organization=body,
        account=account,
        external_id="1",
        text="the lamps have been dark for three weeks, call 8 913 000-00-00 when they are repaired. " * 2,
        received_at=now - timedelta(days=1),
        due_at=now,
        source="api",
        added_by=people[0],
        search="the lamps have been dark",
    )
