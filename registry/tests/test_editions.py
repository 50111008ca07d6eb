"""The database counts every write of what open pages read, whatever makes it; no table of theirs is forgotten."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.tests.access_table import OPEN, ROWS
from config.tests.stage import Place, furnish
from config.tests.test_access import quiet, url_of  # noqa: F401 - a fixture
from contentplan.models import PostFormat
from moderation.models import Ground
from people.models import Organization
from registry import actions, closing, editions, opendata, triggers, trust
from registry.apps import _after_migrations
from registry.kept import mark_of
from registry.models import Account, BodyAct, NameFinding, SocialNetwork, TrustSign, TrustState
from registry.trust import Finding

READ = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')
# Read by open pages and not watched, with the reason.
UNWATCHED = {
    "registry_namekey": "written only together with the account that it is made of",
    "registry_account_words": "the index of the search, written with the account",
    "registry_edition": "the number itself",
    "people_ratewindow": "counters of the API",
}


def counted(of: int = editions.REGISTRY) -> int:
    """The number after what a transaction does at its end; a test is one that never ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for area in editions.AREAS:
                cursor.execute("SELECT set_config(%s, '', true)", [f"glashatay.counted_{area}"])
    return editions.current(area=of)


@pytest.fixture
def place(urtam: Organization, vk: SocialNetwork) -> Place:
    """At least one row of everything."""
    text = PostFormat.objects.create(slug="text", name="Текст")
    spam = Ground.objects.create(slug="spam", name="Спам-рассылка", needs_citation=False)
    made = furnish(urtam, vk, text, spam)
    by, today = made.colleague, timezone.localdate()
    trust.record(made.account, [Finding(TrustSign.STATE_MARK, TrustState.NO)], on=today, by=by)
    closing.look(urtam.accounts.get(status="archived"), finding=NameFinding.FREE, note="", by=by)
    actions.verify(made.account, by=by)
    BodyAct.objects.get_or_create(organization=urtam)
    opendata.publish()
    return made


def kept_addresses(place: Place) -> Iterator[str]:
    body = place.organization.slug
    for row in ROWS:
        if row.method == "GET" and row.name in OPEN and row.cells["visit"] == "200":
            address = url_of(row, place)
            if mark_of(address.partition("?")[0]):
                yield address
    yield f"{reverse('registry:api_verify')}?url=vk.com/{body}_demo"
    yield f"/check/?url=vk.com/{body}_dem0"
    yield f"/?q={body[:3]}"
    yield f"/?q=zzzz{body}"


def test_every_table_that_kept_pages_read_is_watched(client: Client, place: Place) -> None:
    addresses = list(kept_addresses(place))
    with CaptureQueriesContext(connection) as asked:
        for address in addresses:
            b"".join(client.get(address))

    read = {table for query in asked for table in READ.findall(query["sql"])}
    assert len(addresses) > 20
    assert read - set(editions.tables()) - set(UNWATCHED) == set()


APPEND_ONLY = {"registry.EntryChange"}


def _added(label: str) -> str:
    """The statement that copies a row of a table whose rows are only added."""
    model = apps.get_model(label)
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1"


@pytest.mark.parametrize("label", editions.TABLES)
def test_every_write_of_a_watched_table_is_a_new_edition(place: Place, label: str) -> None:
    model = apps.get_model(label)
    numbers = [counted()]
    table, key = model._meta.db_table, model._meta.pk.column

    assert model._default_manager.exists()
    with connection.cursor() as cursor:
        # As somebody would by hand: no action, no model, nothing of ours in between.
        cursor.execute(_added(label) if label in APPEND_ONLY else f"UPDATE {table} SET {key} = {key}")
    numbers.append(counted())

    assert numbers[0] < numbers[1]


def test_insert_and_delete_are_new_editions_too(place: Place) -> None:
    numbers = [counted()]
    made = SocialNetwork.objects.bulk_create([SocialNetwork(slug="new", name="Новая")])
    numbers.append(counted())
    SocialNetwork.objects.filter(pk=made[0].pk).delete()
    numbers.append(counted())

    assert numbers == sorted(set(numbers))


def test_what_no_open_page_shows_is_no_new_edition(place: Place) -> None:
    before = counted()

    place.organization.memberships.update(starts_on="2020-01-02")

    assert counted() == before


def test_a_transaction_taken_back_is_no_edition(place: Place) -> None:
    before = counted()
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - the two stand in one transaction
        Account.objects.update(name="Другое")
        raise ZeroDivisionError

    assert counted() == before


@pytest.mark.django_db(transaction=True)
def test_a_real_commit_counts_once_on_postgresql_and_for_every_process(vk: SocialNetwork) -> None:
    before = editions.current()

    SocialNetwork.objects.filter(pk=vk.pk).update(name="ВК")

    assert editions.current() > before


def test_triggers_stand_again_after_tables_were_rebuilt(db: None) -> None:
    standing = set(triggers.standing(connection, editions.MARK))
    triggers.lift(connection, editions.MARK)

    _after_migrations("default")

    assert {table for _name, table in standing} == set(editions.tables())
    assert set(triggers.standing(connection, editions.MARK)) == standing
