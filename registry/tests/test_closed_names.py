"""Names of closed pages stay under watch: the term, the list, a look in one press, who is told (procedure, cl. 3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_account
from people import mailing
from people.models import Letter, Notice, Organization, User
from registry import closing, fakes
from registry.models import Account, AccountStatus, Closing, EntryChange, FakeReport, NameFinding, SocialNetwork

TODAY = date(2026, 11, 26)
LIST = "/registry/closed/"
TAKEN, FREE = NameFinding.TAKEN, NameFinding.FREE
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(datetime.fromisoformat("2026-11-26T12:00+07:00"), tick=False):
        yield


@pytest.fixture
def old(urtam: Organization, vk: SocialNetwork) -> Account:
    """A page of Urtam that was closed long ago; nobody has looked since."""
    return closed(urtam, vk, "urtam_old")


@pytest.fixture
def keeper(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def closed(body: Organization, network: SocialNetwork, handle: str, on: date | None = date(2024, 3, 1)) -> Account:
    return make_account(body, network, handle, status=AccountStatus.ARCHIVED, closed_on=on)


def press(client: Client, account: Account, finding: str = "free", note: str = "", query: str = "") -> Any:
    return client.post(f"{LIST}{account.pk}/look/{query}", {"finding": finding, "note": note})


def listed(client: Client, **query: str) -> list[str]:
    return [account.handle for account, _until in client.get(LIST, query).context["rows"]]


def is_due(day: date = TODAY) -> bool:
    return Account.objects.names_due(day).exists()


# --- the term --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "due"), [(90, False), (91, True)])
def test_a_look_is_due_on_the_day_after_its_term(coordinator: User, old: Account, days: int, due: bool) -> None:
    closing.look(old, finding=FREE, by=coordinator, on=TODAY - timedelta(days=days))

    assert is_due() is due


@pytest.mark.parametrize(("days", "due"), [(90, False), (91, True)])
def test_the_first_look_is_due_a_term_after_the_closing(
    urtam: Organization, vk: SocialNetwork, days: int, due: bool
) -> None:
    closed(urtam, vk, "urtam_old", TODAY - timedelta(days=days))

    assert is_due() is due


def test_a_name_of_which_nothing_is_known_is_due_at_once(urtam: Organization, vk: SocialNetwork) -> None:
    closed(urtam, vk, "urtam_old", None)

    assert is_due() is True


def test_the_term_goes_over_new_year(coordinator: User, old: Account) -> None:
    closing.look(old, finding=FREE, by=coordinator, on=date(2026, 10, 3))

    assert [is_due(date(2027, 1, 1)), is_due(date(2027, 1, 2))] == [False, True]


def test_the_list_says_the_same_term_as_the_database(keeper: Client, coordinator: User, old: Account) -> None:
    closing.look(old, finding=FREE, by=coordinator, on=TODAY - timedelta(days=90))

    [(_account, until)] = keeper.get(LIST).context["rows"]

    assert until == TODAY


def test_names_in_prohibited_networks_are_not_watched(
    keeper: Client, urtam: Organization, facebook: SocialNetwork
) -> None:
    url = "https://facebook.com/urtam"
    Account.objects.create(organization=urtam, network=facebook, name="Прежняя", url=url, status="archived")

    assert (is_due(), listed(keeper)) == (False, [])


# --- the list --------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_body_kind_finding_and_what_is_due(
    keeper: Client, coordinator: User, chilino: Organization, vk: SocialNetwork, old: Account
) -> None:
    seen = closed(chilino, vk, "chilino_old")
    closing.close(seen, {"kind": "renamed", "note": "письмо"}, by=coordinator)
    closing.look(seen, finding=FREE, by=coordinator)

    assert sorted(listed(keeper)) == ["chilino_old", "urtam_old"]
    assert listed(keeper, organization="urtam") == ["urtam_old"]
    assert listed(keeper, kind="renamed") == ["chilino_old"]
    assert listed(keeper, finding="free") == ["chilino_old"]
    assert listed(keeper, due="1") == ["urtam_old"]


def test_pages_that_are_kept_are_not_in_the_list(keeper: Client, urtam_vk: Account) -> None:
    assert listed(keeper) == []


def test_the_list_of_the_registry_counts_the_names_to_be_looked_at(keeper: Client, old: Account) -> None:
    assert keeper.get("/registry/").context["names_due"] == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_name_and_for_three(
    keeper: Client,
    coordinator: User,
    urtam: Organization,
    vk: SocialNetwork,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        closing.look(closed(urtam, vk, f"old{number}"), finding=FREE, by=coordinator)

    with django_assert_num_queries(QUERIES_OF_LIST):
        keeper.get(LIST)


QUERIES_OF_LIST = 18


# --- a look ----------------------------------------------------------------------------------------


def test_one_press_notes_who_looked_what_they_saw_and_keeps_it_in_the_history(
    keeper: Client, coordinator: User, old: Account
) -> None:
    answer = press(keeper, old, "harmless", "магазин семян", query="?organization=urtam")

    assert answer.headers["Location"] == f"{LIST}?organization=urtam"
    row = Closing.objects.get()
    assert (row.finding, row.looked_note, row.looked_on, row.looked_by) == (
        "harmless",
        "магазин семян",
        TODAY,
        coordinator,
    )
    change = EntryChange.objects.get()
    assert (change.is_public, change.by) == (False, coordinator)
    assert change.inner == {"name_looked": [None, f"{NameFinding.HARMLESS.label}: магазин семян"]}


def test_a_look_keeps_how_the_page_was_closed(coordinator: User, old: Account) -> None:
    closing.close(old, {"kind": "gone", "note": "письмо главы"}, by=coordinator)

    closing.look(old, finding=FREE, note="пусто", by=coordinator)

    row = Closing.objects.get()
    assert (row.kind, row.note, row.looked_note) == ("gone", "письмо главы", "пусто")


@pytest.mark.parametrize("given", [{"finding": ""}, {"finding": "x"}, {"finding": "free", "note": "я" * 301}])
def test_what_is_wrong_is_said_beside_the_row_and_the_note_stays(
    keeper: Client, old: Account, given: dict[str, str]
) -> None:
    answer = keeper.post(f"{LIST}{old.pk}/look/", {"note": "видел сам", **given})

    assert (answer.status_code, answer.context["at"], Closing.objects.count()) == (400, old.pk, 0)
    assert f'value="{given.get("note", "видел сам")}"' in answer.content.decode()


def test_a_name_taken_by_a_stranger_becomes_a_report_of_a_fake_in_one_press(keeper: Client, old: Account) -> None:
    answer = press(keeper, old, "taken", "собирает деньги")

    report = FakeReport.objects.get()
    assert (report.url, report.organization, report.words) == (old.url, old.organization, "собирает деньги")
    assert answer.headers["Location"] == f"/registry/reports/{report.pk}/confirm/"


def test_a_taken_name_reported_twice_is_counted_and_a_known_fake_is_not_reported_again(
    coordinator: User, old: Account
) -> None:
    first = closing.look(old, finding=TAKEN, by=coordinator)
    second = closing.look(old, finding=TAKEN, by=coordinator)
    assert first
    assert first == second
    fakes.confirm(second, organization=old.organization, account=None, name="", seen_on=TODAY, note="", by=coordinator)

    third = closing.look(old, finding=TAKEN, by=coordinator)

    assert (third, FakeReport.objects.get().times) == (None, 2)


def test_a_page_that_came_back_is_too_late_to_be_looked_at(keeper: Client, old: Account) -> None:
    Account.objects.filter(pk=old.pk).update(status=AccountStatus.UNCONFIRMED)

    assert (press(keeper, old).status_code, Closing.objects.count()) == (404, 0)


def test_a_name_out_of_reach_does_not_exist(keeper: Client, other_district: Organization, vk: SocialNetwork) -> None:
    strange = closed(other_district, vk, "strange_old")

    assert (press(keeper, strange).status_code, listed(keeper)) == (404, [])


# --- who is told -----------------------------------------------------------------------------------


def test_the_department_is_told_once_a_week_how_many_names_to_look_at(
    coordinator: User, editor: User, old: Account, chilino: Organization, vk: SocialNetwork
) -> None:
    closed(chilino, vk, "chilino_old")
    days = [TODAY, TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=4)]

    told = [closing.remind(day) for day in days]

    assert told == [1, 0, 0, 1]
    notice = Notice.objects.order_by("pk")[0]
    assert (notice.user, notice.url) == (coordinator, f"{LIST}?due=1")
    assert "2 адреса" in notice.title


def test_nobody_is_told_once_somebody_has_looked(coordinator: User, old: Account) -> None:
    closing.look(old, finding=FREE, by=coordinator)

    assert (closing.remind(TODAY), Notice.objects.count()) == (0, 0)


def test_the_last_look_calls_off_the_reminder_that_is_not_mailed_yet(
    coordinator: User, old: Account, chilino: Organization, vk: SocialNetwork
) -> None:
    other = closed(chilino, vk, "chilino_old")
    closing.remind(TODAY)

    counts = []
    for account in (old, other):
        closing.look(account, finding=FREE, by=coordinator)
        counts.append(Notice.objects.count())

    assert counts == [1, 0]


def test_the_reminder_is_mailed_in_working_hours_only(coordinator: User, old: Account) -> None:
    coordinator.mail_choice = "at_once"
    coordinator.save()
    with time_machine.travel(datetime.fromisoformat("2026-11-28T12:00+07:00"), tick=False):  # a Saturday
        closing.remind()

    written = [mailing.write_letters(datetime.fromisoformat(at)) for at in ("2026-11-29T12:00+07:00", MONDAY, MONDAY)]

    assert (written, Letter.objects.count()) == ([0, 1, 0], 1)


MONDAY = "2026-11-30T10:00+07:00"
