"""The cast and the stage of every test: one district with two settlements, its people, its accounts."""

import gc
import math
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

from contentplan import standing
from people import append_only
from people.models import Membership, Organization, OrganizationKind, User
from people.roles import Role
from registry import prohibition, triggers
from registry.models import Account, AccountStatus, LegalAct, LegalStatus, NetworkStatus, SocialNetwork

# Tests make few circles and end soon: looking for them at the usual rate takes a tenth of the time.
gc.set_threshold(50_000, 50, 100)


@pytest.fixture
def past_the_database(db: None) -> None:
    """The database lets an entry live in a prohibited network: for tests of what the pages do all the same."""
    triggers.lift(connection, prohibition.MARK)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Lays the blank database of the suite, if there is one, under the one in memory before it is migrated."""
    blank = os.environ.get("TEST_BLANK")
    if not blank or connection.vendor != "sqlite":
        yield
        return
    with closing(sqlite3.connect(f"file:{blank}?mode=ro", uri=True)) as source:
        # Django's name of the database in memory, which lasts as long as somebody holds it.
        memory = sqlite3.connect("file:memorydb_default?mode=memory&cache=shared", uri=True)
        source.backup(memory)
    yield
    memory.close()


@contextmanager
def journals_unprotected(connection: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Takes the triggers of all journals off for a moment: what a superuser could do, and what flush needs."""
    standing = append_only.triggers(connection)
    on_table = " ON {}" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        connection.check_constraints()  # PostgreSQL changes no table that has checks waiting
        for name, (table, _) in standing.items():
            cursor.execute(f"DROP TRIGGER {name}{on_table.format(table)}")
        yield
        connection.check_constraints()
        for _, definition in standing.values():
            cursor.execute(definition)


@pytest.fixture(autouse=True, scope="session")
def journals_let_tests_flush() -> Iterator[None]:
    """Transactional tests and the live server empty every table between tests; triggers step aside for that only."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unprotected_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        # A table of django-auditlog that nobody writes to (the log is people.AuditEntry) still points at people.
        whole = [sql.replace(";", " CASCADE;") if sql.startswith("TRUNCATE") else sql for sql in sql_list]
        with journals_unprotected(self.connection):
            flush(self, whole)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unprotected_flush)
        yield


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What Redis keeps (counters of attempts, the last proof) would outlive a test; so would a known stop."""
    standing.remember([], math.inf)
    if settings.REDIS_URL:
        cache.clear()
        # The mark goes with the rest; without it the walks would take what a test leaves for somebody's data.
        redis.Redis.from_url(settings.REDIS_URL).set("glashatay-tests", "this database is emptied by tests")


def make_organization(parent: Organization | None, slug: str, kind: str = OrganizationKind.SETTLEMENT) -> Organization:
    fields = {"slug": slug, "kind": kind, "name": f"Администрация {slug}", "short_name": slug.capitalize()}
    if parent is None:
        organization: Organization = Organization.objects.add_root(fields)
    else:
        # treebeard counts children on the parent: always start from the stored one.
        organization = Organization.objects.add_child(Organization.objects.get(pk=parent.pk), fields)
    return organization


def make_user(username: str, role: Role | None = None, organization: Organization | None = None) -> User:
    user = User.objects.create_user(username, f"{username}@example.org", "a good long password")
    user.last_name, user.first_name = username.capitalize(), "Имя"
    user.save()
    if role and organization:
        Membership.objects.create(user=user, organization=organization, role=role, starts_on=date(2020, 1, 1))
    return user


@pytest.fixture
def district(db: None) -> Organization:
    """The district administration, at the top of the tree."""
    return make_organization(None, "kozhevnikovo", OrganizationKind.DISTRICT)


@pytest.fixture
def urtam(district: Organization) -> Organization:
    """A settlement of the district."""
    return make_organization(district, "urtam")


@pytest.fixture
def chilino(district: Organization) -> Organization:
    """Another settlement of the district."""
    return make_organization(district, "chilino")


@pytest.fixture
def other_district(db: None) -> Organization:
    """A body nobody of the cast but the outsider has to do with."""
    return make_organization(None, "elsewhere", OrganizationKind.DISTRICT)


@pytest.fixture
def administrator(district: Organization) -> User:
    return make_user("administrator", Role.ADMINISTRATOR, district)


@pytest.fixture
def coordinator(district: Organization) -> User:
    return make_user("coordinator", Role.COORDINATOR, district)


@pytest.fixture
def deputy(district: Organization) -> User:
    """A second coordinator: four eyes need two people."""
    return make_user("deputy", Role.COORDINATOR, district)


@pytest.fixture
def editor(urtam: Organization) -> User:
    """Editor of Urtam."""
    return make_user("editor", Role.EDITOR, urtam)


@pytest.fixture
def chilino_editor(chilino: Organization) -> User:
    """Editor of the other settlement."""
    return make_user("chilino_editor", Role.EDITOR, chilino)


@pytest.fixture
def moderator(district: Organization) -> User:
    return make_user("moderator", Role.MODERATOR, district)


@pytest.fixture
def observer(district: Organization) -> User:
    return make_user("observer", Role.OBSERVER, district)


@pytest.fixture
def outsider(other_district: Organization) -> User:
    """A coordinator of another district: may everything, but nothing here."""
    return make_user("outsider", Role.COORDINATOR, other_district)


@pytest.fixture
def nobody(db: None) -> User:
    """A person with no membership at all."""
    return make_user("nobody")


def make_network(slug: str, name: str, status: LegalStatus, mark: str = "", **fields: object) -> SocialNetwork:
    network = SocialNetwork.objects.create(slug=slug, name=name, mark=mark, **fields)
    NetworkStatus.objects.create(network=network, status=status, starts_on=date(2022, 1, 1), basis="закон")
    return network


def make_vk() -> SocialNetwork:
    return make_network(
        "vk",
        "ВКонтакте",
        LegalStatus.LISTED,
        "ВК",
        position=10,
        hosts=["vk.com", "vk.ru", "m.vk.com"],
        matchers=[
            {"pattern": r"^(?:public|club|event)(?P<id>\d+)$", "link": "club{id}", "handle": "club{id}", "id": "{id}"},
            {"pattern": r"^id\d+$", "refuse": "person"},
            {"pattern": r"^(?P<name>[A-Za-z][A-Za-z0-9_.]{2,31})$", "link": "{name}", "handle": "{name}"},
        ],
        post_matchers=[
            {
                "pattern": r"^wall-(?P<owner>\d+)_(?P<post>\d+)(\?.*)?$",
                "page": "club{owner}",
                "owner": "{owner}",
                "link": "wall-{owner}_{post}",
                "id": "{post}",
            },
            {
                "pattern": r"^(?P<page>[A-Za-z0-9_.]+)\?(.*&)?w=wall-(?P<owner>\d+)_(?P<post>\d+)([/&].*)?$",
                "page": "{page}",
                "owner": "{owner}",
                "link": "wall-{owner}_{post}",
                "id": "{post}",
            },
            {"pattern": r"^(.*[?&]w=)?wall\d+_\d+([/?&].*)?$", "refuse": "person"},
        ],
        service_paths=["feed", "login", "im", "settings", "search"],
    )


@pytest.fixture
def vk(db: None) -> SocialNetwork:
    return make_vk()


@pytest.fixture
def ok(db: None) -> SocialNetwork:
    return make_network(
        "ok",
        "Одноклассники",
        LegalStatus.LISTED,
        "ОК",
        position=20,
        hosts=["ok.ru", "www.ok.ru", "m.ok.ru"],
        matchers=[
            {"pattern": r"^group/(?P<id>\d+)$", "link": "group/{id}", "handle": "group/{id}", "id": "{id}"},
            {"pattern": r"^profile/\d+$", "refuse": "person"},
            {"pattern": r"^(?P<name>[a-z][a-z0-9._-]{2,})$", "link": "{name}", "handle": "{name}"},
        ],
        post_matchers=[
            {
                "pattern": r"^group/(?P<owner>\d+)/topic/(?P<post>\d+)$",
                "page": "group/{owner}",
                "owner": "{owner}",
                "link": "group/{owner}/topic/{post}",
                "id": "{post}",
            },
            {
                "pattern": r"^(?P<page>[A-Za-z][A-Za-z0-9._-]{2,63})/topic/(?P<post>\d+)$",
                "page": "{page}",
                "link": "{page}/topic/{post}",
                "id": "{post}",
            },
            {"pattern": r"^profile/\d+/statuses/\d+$", "refuse": "person"},
        ],
        service_paths=["feed", "messages"],
    )


@pytest.fixture
def facebook(db: None) -> SocialNetwork:
    return make_network("facebook", "Facebook", LegalStatus.PROHIBITED, position=90, hosts=["facebook.com", "fb.com"])


def make_account(organization: Organization, network: SocialNetwork, handle: str, **fields: object) -> Account:
    values: dict[str, object] = {
        "name": f"{organization.short_name} официально",
        "url": f"https://{network.hosts[0]}/{handle}",
        "handle": handle,
        "status": AccountStatus.ACTIVE,
    }
    return Account.objects.create(organization=organization, network=network, **{**values, **fields})


@pytest.fixture
def urtam_vk(urtam: Organization, vk: SocialNetwork) -> Account:
    return make_account(urtam, vk, "urtam_demo")


@pytest.fixture
def urtam_ok(urtam: Organization, ok: SocialNetwork) -> Account:
    return make_account(urtam, ok, "group/1001")


@pytest.fixture
def chilino_vk(chilino: Organization, vk: SocialNetwork) -> Account:
    return make_account(chilino, vk, "chilino_demo")


@pytest.fixture
def the_order(district: Organization) -> LegalAct:
    return LegalAct.objects.create(organization=district, title="Об утверждении Порядка ведения аккаунтов")
