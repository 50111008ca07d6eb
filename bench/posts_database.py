"""A region's content plans: 1,000 bodies, 3,000 accounts, 50 weeks, 1,000,000 posts, each in two accounts."""

from datetime import date, timedelta

from bench.database import _copy, psql

BODIES, ACCOUNTS_EACH, WEEKS, POSTS_A_WEEK = 1000, 3, 50, 20
BODY = "body-500"  # whose week is opened
NEXT_WEEKS = 2  # of the weeks, how many have not begun

# One row of each table is made by the models; the others are copies with these values changed. Bodies are 2..1001.
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
    "contentplan_weeklyplan": (
        f"generate_series(2, {BODIES * WEEKS})",
        f"'id', n, 'organization_id', 2 + (n - 1) / {WEEKS},"
        f"'monday', date '{{first}}' + ((n - 1) %% {WEEKS})::int * 7".replace("%%", "%"),
    ),
    # Each plan keeps the norms it was made under, as `open_plan` leaves it.
    "contentplan_plannorm": (
        f"generate_series(2, {BODIES * WEEKS * ACCOUNTS_EACH})",
        f"'id', n, 'plan_id', 1 + (n - 1) / {ACCOUNTS_EACH},"
        f"'account_id', ((n - 1) / {ACCOUNTS_EACH * WEEKS}) * {ACCOUNTS_EACH} + 1 + (n - 1) % {ACCOUNTS_EACH}",
    ),
    "contentplan_plannedpost": (
        f"generate_series(2, {BODIES * WEEKS * POSTS_A_WEEK})",
        f"'id', n, 'plan_id', 1 + (n - 1) / {POSTS_A_WEEK}, 'topic', 'Post ' || n,"
        f"'planned_at', (date '{{first}}' + (((n - 1) / {POSTS_A_WEEK}) % {WEEKS})::int * 7)::timestamp"
        f" + interval '3 hours' + ((n % {POSTS_A_WEEK}) * interval '8 hours'),"
        f"'status', CASE WHEN ((n - 1) / {POSTS_A_WEEK}) % {WEEKS} < {WEEKS - NEXT_WEEKS} THEN 'published'"
        " WHEN n % 3 = 0 THEN 'submitted' WHEN n % 7 = 0 THEN 'draft' ELSE 'approved' END",
    ),
    "contentplan_placement": (
        f"generate_series(2, {2 * BODIES * WEEKS * POSTS_A_WEEK})",
        "'id', n, 'post_id', 1 + (n - 1) / 2,"
        f"'account_id', ((n - 1) / {2 * POSTS_A_WEEK * WEEKS}) * {ACCOUNTS_EACH} + 1 + (n - 1) % 2",
    ),
}
PUBLICATIONS = """
    INSERT INTO contentplan_publication
        (account_id, placement_id, published_at, link, external_id, source, counts, recorded_at)
    SELECT place.account_id, place.id, post.planned_at, '', '', 'manual', true, post.planned_at
    FROM contentplan_placement place JOIN contentplan_plannedpost post ON post.id = place.post_id
    WHERE post.status = 'published'
"""


def first_monday(now: date) -> date:
    """The first of the weeks; the last two of them have not begun."""
    return now - timedelta(days=now.weekday() + 7 * (WEEKS - NEXT_WEEKS - 1))


def load(today: date) -> None:
    """Fills the emptied tables; everything else keeps its defaults."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE people_organization, people_user, registry_socialnetwork RESTART IDENTITY CASCADE")
        _first_rows(first_monday(today))
        for table, (series, values) in COPIES.items():
            cursor.execute(_copy(table, series, values.replace("{first}", first_monday(today).isoformat())))
        cursor.execute(PUBLICATIONS)
        cursor.execute("RESET session_replication_role")
    psql("VACUUM (ANALYZE)")


def _first_rows(monday: date) -> None:
    from datetime import UTC, datetime

    from contentplan.models import Norm, Placement, PlannedPost, PlanNorm, PostFormat, WeeklyPlan
    from people.models import Membership, Organization, OrganizationKind, User
    from people.roles import Role
    from registry.models import Account, AccountStatus, LegalAct, NetworkStatus, SocialNetwork

    kind = OrganizationKind.SETTLEMENT
    root = Organization.objects.add_root({"slug": "root", "name": "Root", "short_name": "Root", "kind": kind})
    body = root.add_child(slug="body-2", name="Body", short_name="Body", kind=kind)
    for number in range(1, 1 + ACCOUNTS_EACH):
        network = SocialNetwork.objects.create(slug=f"network-{number}", name=f"Network {number}", position=number)
        NetworkStatus.objects.create(network=network, status="listed", starts_on=date(2022, 1, 1))
    norm = Norm.objects.create(
        posts_per_week=5, starts_on=date(2020, 1, 1), legal_act=LegalAct.objects.create(title="A")
    )
    account = Account.objects.create(
        organization=body, network_id=1, url="https://network.example/1", name="Page", status=AccountStatus.ACTIVE
    )
    plan = WeeklyPlan.objects.create(organization=body, monday=monday)
    PlanNorm.objects.create(plan=plan, account=account, norm=norm, posts_per_week=5)
    coordinator = User.objects.create(username="coordinator", email="coordinator@example.org")
    author = User.objects.create(username="author", email="author@example.org")
    Membership.objects.create(user=coordinator, organization=root, role=Role.COORDINATOR, starts_on=date(2020, 1, 1))
    post = PlannedPost.objects.create(
        plan=plan,
        planned_at=datetime(monday.year, monday.month, monday.day, 3, tzinfo=UTC),
        topic="Post 1",
        text="The road is open again: what was done and what comes next. " * 5,
        format=PostFormat.objects.create(slug="text", name="Text"),
        status="published",
        approved_revision=1,
        created_by=author,
    )
    Placement.objects.create(post=post, account=account)
