"""The database of the benchmark: made, filled by generate_series, dropped."""

import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import django


def _last_monday() -> date:
    """The week that has ended, in Tomsk too (which is ahead of UTC)."""
    today = datetime.now(UTC).date()
    return today - timedelta(days=today.weekday() + 7)


LAST_MONDAY = _last_monday().isoformat()
BODIES_HAVE = 20  # accounts a body

# One row of each kind is made by the models; the rest are copies with other numbers, so a column more or less does
# not matter here.
COPIES = {
    "people_organization": (
        "generate_series(3, {bodies})",
        "'id', n, 'path', '0001' || lpad(upper(to_hex(n)), 4, '0'), 'slug', 'body-' || n",
    ),
    "registry_account": (
        "generate_series(2, {accounts})",
        "'id', n, 'organization_id', 2 + n % ({bodies} - 1), 'network_id', 1 + n % 4, 'handle', 'page' || n,"
        "'url', 'https://network.example/' || n, 'status', CASE WHEN n % 50 = 0 THEN 'suspended' ELSE 'active' END",
    ),
    # Norms of some bodies, plans with norms of their own for every second body, some circumstances.
    "contentplan_norm": (
        "generate_series(3, {bodies}, 100)",
        "'id', n, 'organization_id', n, 'posts_per_week', 3",
    ),
    "contentplan_weeklyplan": ("generate_series(3, {bodies}, 2)", "'id', n, 'organization_id', n"),
    "contentplan_plannorm": (
        "(SELECT a.id + 1 AS n, a.id AS account, p.id AS plan FROM registry_account a"
        " JOIN contentplan_weeklyplan p USING (organization_id) WHERE a.id > 1) own",
        "'id', n, 'account_id', account, 'plan_id', plan",
    ),
    "compliance_circumstance": (
        "generate_series(4, {bodies}, 50)",
        "'id', n, 'organization_id', n, 'kind', CASE WHEN n % 100 = 4 THEN 'exempt' ELSE 'unverifiable' END",
    ),
}

# Five publications a week and account; of every five accounts one has four and one six. One in twenty does not count.
PUBLICATIONS = f"""
    INSERT INTO contentplan_publication (account_id, published_at, link, external_id, source, counts, recorded_at)
    SELECT account, moment, '', '', 'manual', random() > 0.05, moment
    FROM (SELECT account, ('{LAST_MONDAY}'::date - back * 7)::timestamp AT TIME ZONE 'Asia/Tomsk'
                          + random() * interval '7 days' AS moment
          FROM generate_series(0, %(weeks)s - 1) back, generate_series(1, 6) turn,
               generate_series(1, %(accounts)s) account
          WHERE turn < 5 OR (turn = 5 AND account %% 5 <> 0) OR (turn = 6 AND account %% 5 = 1)) made
"""


def create(url: str) -> None:
    _recreate(url, "DROP DATABASE IF EXISTS {0} WITH (FORCE)", "CREATE DATABASE {0} TEMPLATE template0 ENCODING 'UTF8'")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def drop(url: str) -> None:
    from django.db import connection

    connection.close()
    _recreate(url, "DROP DATABASE IF EXISTS {0} WITH (FORCE)")


def psql(*commands: str, database: str | None = None) -> str:
    """Runs psql as a user would; the answer as text."""
    url = database or os.environ["DATABASE_URL"]
    flags = [part for command in commands for part in ("-c", command)]
    run = ["psql", url, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", *flags]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout


def load(accounts: int, weeks: int) -> int:
    """Fills the emptied tables; returns the number of publications."""
    from django.db import connection

    with connection.cursor() as cursor:
        # Generated rows are right by construction: no triggers, and the indexes are built once, after the load.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE people_organization, people_user, registry_socialnetwork RESTART IDENTITY CASCADE")
        _first_rows()
        for table, (series, values) in COPIES.items():
            cursor.execute(_copy(table, series, values).format(accounts=accounts, bodies=accounts // BODIES_HAVE))
        indexes = _drop_indexes(cursor)
        cursor.execute("SELECT setseed(0.5)")  # the same publications in every run
        cursor.execute(PUBLICATIONS, {"accounts": accounts, "weeks": weeks})
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT count(*) FROM contentplan_publication")
        return int(cursor.fetchone()[0])


def _first_rows() -> None:
    from compliance.models import Circumstance, CircumstanceKind
    from contentplan.models import Norm, PlanNorm, WeeklyPlan
    from people.models import Organization, OrganizationKind, User
    from registry.models import Account, AccountStatus, LegalAct, NetworkStatus, SocialNetwork

    monday = date.fromisoformat(LAST_MONDAY)
    kind = OrganizationKind.SETTLEMENT
    root = Organization.objects.add_root({"slug": "root", "name": "Root", "short_name": "Root", "kind": kind})
    body = root.add_child(slug="body-2", name="Body", short_name="Body", kind=kind)
    for number in range(1, 6):
        network = SocialNetwork.objects.create(slug=f"network-{number}", name=f"Network {number}")
        status = "prohibited" if number == 5 else "listed"
        NetworkStatus.objects.create(network=network, status=status, starts_on=date(2022, 1, 1))
    norm = Norm.objects.create(
        posts_per_week=5, starts_on=date(2020, 1, 1), legal_act=LegalAct.objects.create(title="A")
    )
    account = Account.objects.create(
        organization=body, network_id=1, url="https://network.example/1", name="Page", status=AccountStatus.ACTIVE
    )
    plan = WeeklyPlan.objects.create(pk=2, organization=body, monday=monday)
    PlanNorm.objects.create(plan=plan, account=account, posts_per_week=5, norm=norm)
    Circumstance.objects.create(
        organization=root,
        kind=CircumstanceKind.EXEMPT,
        starts_on=monday,
        ends_on=monday,
        reason="said",
        made_by=User.objects.create(username="bench", email="bench@example.org"),
    )


def _copy(table: str, series: str, values: str) -> str:
    source = f"{series} n" if series.startswith("generate_series") else series
    return f"""INSERT INTO {table} SELECT made.* FROM (SELECT * FROM {table} ORDER BY id DESC LIMIT 1) first, {source},
               LATERAL jsonb_populate_record(first::{table}, jsonb_build_object({values})) made"""


def _drop_indexes(cursor: object) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef, indexname FROM pg_indexes WHERE tablename = 'contentplan_publication'"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
        found = cursor.fetchall()
        for _definition, name in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for definition, _name in found]


def _recreate(url: str, *statements: str) -> None:
    name = urlsplit(url).path.strip("/")
    server = url.removesuffix(name) + "postgres"
    psql(*(statement.format(f'"{name}"') for statement in statements), database=server)
