"""The security of accounts: the checklist, its terms, its reminders, lost access (order, cl. 2.3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conftest import make_account
from people.append_only import unprotected
from people.models import Membership, Notice, Organization, User
from registry.models import (
    Account,
    AccountStatus,
    EntryChange,
    SecurityAnswer,
    SecurityItem,
    SecurityState,
    SocialNetwork,
)
from registry.security import checklist, holders, reminders
from registry.security.checklist import Reply
from registry.security.holders import Person

TODAY = date(2026, 11, 26)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(datetime.fromisoformat("2026-11-26T12:00+07:00"), tick=False):
        yield


@pytest.fixture
def two_steps() -> SecurityItem:
    return SecurityItem.objects.create(text="Двухэтапный вход включён", position=1)


@pytest.fixture
def password_age() -> SecurityItem:
    return SecurityItem.objects.create(text="Пароль сменён", days=30, position=2)


def say(account: Account, item: SecurityItem, by: User, days_ago: int, reply: str = "yes", note: str = "") -> None:
    checklist.answer(account, [Reply(item, reply, note)], done_on=TODAY - timedelta(days=days_ago), by=by)


def shown(client: Client, which: str) -> list[str]:
    page = client.get(reverse("registry:security_list"), {"show": which})
    return [standing.account.name for standing in page.context["rows"]]


# --- the checklist ---------------------------------------------------------------------------------


def test_an_answer_says_who_when_and_leaves_the_other_items_alone(
    client: Client, editor: User, urtam_vk: Account, two_steps: SecurityItem, password_age: SecurityItem
) -> None:
    client.force_login(editor)

    client.post(
        reverse("registry:security_answer", args=[urtam_vk.pk]),
        {"done_on": "2026-11-20", f"item_{two_steps.pk}": "no", f"note_{two_steps.pk}": "включим до пятницы"},
    )

    state = SecurityState.objects.get()
    assert (state.item, state.reply, state.note) == (two_steps, "no", "включим до пятницы")
    assert (state.done_on, state.answered_by) == (date(2026, 11, 20), editor)


def test_a_second_answer_replaces_the_state_and_the_history_keeps_both(
    editor: User, urtam_vk: Account, two_steps: SecurityItem
) -> None:
    say(urtam_vk, two_steps, editor, days_ago=9, reply="no", note="включим")

    say(urtam_vk, two_steps, editor, days_ago=1)

    assert [state.reply for state in SecurityState.objects.all()] == ["yes"]
    assert [answer.reply for answer in SecurityAnswer.objects.order_by("pk")] == ["no", "yes"]


def test_the_database_refuses_to_rewrite_an_answer(editor: User, urtam_vk: Account, two_steps: SecurityItem) -> None:
    say(urtam_vk, two_steps, editor, days_ago=1)

    with pytest.raises(DatabaseError), transaction.atomic():
        SecurityAnswer.objects.update(reply="no")
    assert unprotected(connection, "registry_securityanswer") == []


def test_a_no_without_words_is_not_kept(
    client: Client, editor: User, urtam_vk: Account, two_steps: SecurityItem
) -> None:
    client.force_login(editor)

    answer = client.post(
        reverse("registry:security_answer", args=[urtam_vk.pk]),
        {"done_on": "2026-11-26", f"item_{two_steps.pk}": "no"},
    )

    assert (answer.status_code, SecurityState.objects.count()) == (400, 0)


def test_nothing_is_answered_ahead_of_time(
    client: Client, editor: User, urtam_vk: Account, two_steps: SecurityItem
) -> None:
    client.force_login(editor)

    answer = client.post(
        reverse("registry:security_answer", args=[urtam_vk.pk]),
        {"done_on": "2026-11-27", f"item_{two_steps.pk}": "yes"},
    )

    assert (answer.status_code, SecurityState.objects.count()) == (400, 0)


@pytest.mark.parametrize(("days_ago", "overdue"), [(90, False), (91, True)])
def test_an_answer_stands_as_long_as_the_setting_says(
    editor: User, urtam_vk: Account, two_steps: SecurityItem, days_ago: int, overdue: bool
) -> None:
    say(urtam_vk, two_steps, editor, days_ago)

    assert SecurityState.objects.get().is_overdue is overdue
    assert SecurityState.objects.due_by(TODAY).exists() is overdue


@pytest.mark.parametrize(("days_ago", "overdue"), [(30, False), (31, True)])
def test_an_item_may_have_a_term_of_its_own(
    editor: User, urtam_vk: Account, password_age: SecurityItem, days_ago: int, overdue: bool
) -> None:
    say(urtam_vk, password_age, editor, days_ago)

    assert SecurityState.objects.due_by(TODAY).exists() is overdue


def test_the_list_is_filtered_by_what_is_wanted(
    client: Client,
    coordinator: User,
    urtam_vk: Account,
    chilino_vk: Account,
    vk: SocialNetwork,
    two_steps: SecurityItem,
) -> None:
    old = make_account(urtam_vk.organization, vk, "urtam_old", name="Старый ответ")
    say(old, two_steps, coordinator, days_ago=91)
    say(chilino_vk, two_steps, coordinator, days_ago=1, reply="no", note="включим")
    client.force_login(coordinator)

    found = {which: shown(client, which) for which in ("overdue", "unanswered", "failed")}

    assert found == {"overdue": [old.name], "unanswered": [urtam_vk.name], "failed": [chilino_vk.name]}


@pytest.mark.usefixtures("past_the_database")
def test_pages_that_nobody_keeps_have_no_checklist(
    client: Client, coordinator: User, urtam: Organization, vk: SocialNetwork, facebook: SocialNetwork
) -> None:
    make_account(urtam, vk, "urtam_gone", status=AccountStatus.ARCHIVED)
    make_account(urtam, facebook, "urtam_fb")
    client.force_login(coordinator)

    assert shown(client, "") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_one_row_and_at_three(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    coordinator: User,
    urtam: Organization,
    vk: SocialNetwork,
    two_steps: SecurityItem,
    rows: int,
) -> None:
    for number in range(rows):
        say(make_account(urtam, vk, f"urtam_{number}"), two_steps, coordinator, days_ago=1)
    client.force_login(coordinator)
    client.get(reverse("registry:security_list"))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("registry:security_list"))


LIST_QUERIES = 12


# --- whom it concerns ------------------------------------------------------------------------------


PUBLIC = ("/", "/accounts.csv", "/accounts.json", "/accounts.ndjson", "/api/v1/accounts/", "/widget/urtam.json")


def test_nothing_of_it_stands_where_a_visitor_reads_of_the_page(
    client: Client, editor: User, urtam_vk: Account, two_steps: SecurityItem
) -> None:
    mark = "neprimetny"
    SecurityItem.objects.update(text=f"Пункт {mark}")
    two_steps.refresh_from_db()
    say(urtam_vk, two_steps, editor, days_ago=200, reply="no", note=f"нет {mark}")
    holders.add(urtam_vk, Person(f"Иванова {mark}", mark), level="owner", since=TODAY, by=editor)
    addresses = [*PUBLIC, reverse("registry:account_detail", args=[urtam_vk.pk])]
    addresses += [reverse("registry:api_account", args=[urtam_vk.pk])]

    said = {address: b"".join(client.get(address)).decode() for address in addresses}

    assert {address: (urtam_vk.handle in text, mark in text) for address, text in said.items()} == dict.fromkeys(
        addresses, (True, False)
    )


def test_the_card_leads_to_it_only_those_concerned(
    client: Client, editor: User, observer: User, urtam_vk: Account
) -> None:
    address, seen = reverse("registry:security_detail", args=[urtam_vk.pk]), []

    for user in (editor, observer):
        client.force_login(user)
        seen.append(address in client.get(reverse("registry:account_detail", args=[urtam_vk.pk])).content.decode())

    assert seen == [True, False]


# --- reminders -------------------------------------------------------------------------------------


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


def test_the_body_is_reminded_a_week_ahead_and_the_department_when_it_is_late(
    editor: User, coordinator: User, urtam_vk: Account, chilino_vk: Account, two_steps: SecurityItem
) -> None:
    say(urtam_vk, two_steps, editor, days_ago=84)

    reminders.remind(TODAY)
    early = (told("security_due"), told("security_overdue"))
    reminders.remind(TODAY + timedelta(days=7))

    assert early == (["editor"], [])
    assert (told("security_due"), told("security_overdue")) == (["editor", "editor"], ["coordinator"])


def test_a_repeat_in_the_same_week_says_nothing(
    editor: User, coordinator: User, urtam_vk: Account, two_steps: SecurityItem
) -> None:
    say(urtam_vk, two_steps, editor, days_ago=100)

    assert [reminders.remind(TODAY), reminders.remind(TODAY), reminders.remind(TODAY + timedelta(days=1))] == [2, 0, 0]


def test_rights_of_somebody_who_left_are_told_of_once(
    editor: User, coordinator: User, chilino_editor: User, urtam_vk: Account
) -> None:
    holders.add(urtam_vk, Person("Ушедшая", "", chilino_editor), level="owner", since=TODAY, by=editor)
    Membership.objects.filter(user=chilino_editor).update(ends_on=TODAY - timedelta(days=1))

    told_of = [reminders.remind(TODAY), reminders.remind(TODAY)]

    assert (told_of, told("rights_of_leaver")) == ([2, 0], ["coordinator", "editor"])


# --- lost access -----------------------------------------------------------------------------------


def test_one_press_suspends_the_page_without_a_second_person_and_leads_to_the_guide(
    client: Client, editor: User, coordinator: User, urtam_vk: Account
) -> None:
    client.force_login(editor)

    answer = client.post(reverse("registry:account_lost", args=[urtam_vk.pk]), {"note": "чужие записи с утра"})

    urtam_vk.refresh_from_db()
    assert urtam_vk.status == AccountStatus.SUSPENDED
    assert answer.headers["Location"] == reverse("registry:lost_guide", args=[urtam_vk.pk])
    assert EntryChange.objects.get(account=urtam_vk).by == editor
    assert (told("access_lost"), Notice.objects.get().text) == (["coordinator"], "чужие записи с утра")


def test_a_second_press_is_no_second_alarm(client: Client, editor: User, coordinator: User, urtam_vk: Account) -> None:
    client.force_login(editor)

    for _press in range(2):
        client.post(reverse("registry:account_lost", args=[urtam_vk.pk]))

    assert (told("access_lost"), EntryChange.objects.count()) == (["coordinator"], 1)


def test_asking_changes_nothing(client: Client, editor: User, urtam_vk: Account) -> None:
    client.force_login(editor)

    client.get(reverse("registry:account_lost", args=[urtam_vk.pk]))

    urtam_vk.refresh_from_db()
    assert (urtam_vk.status, Notice.objects.count()) == (AccountStatus.ACTIVE, 0)


def test_the_guide_names_who_may_still_get_in(client: Client, editor: User, urtam_vk: Account) -> None:
    holders.add(urtam_vk, Person("Кедрова Мария", ""), level="owner", since=TODAY, by=editor)
    holders.add(urtam_vk, Person("Рогов Степан", ""), level="editor", since=TODAY, by=editor)
    client.force_login(editor)

    page = client.get(reverse("registry:lost_guide", args=[urtam_vk.pk]))

    assert [holder.name for holder in page.context["holders"]] == ["Кедрова Мария"]
