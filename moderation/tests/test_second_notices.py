"""Who hears that something waits for a second person, and the number in the menu."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from conftest import make_user
from moderation import objections, second
from moderation.actions import Entry
from moderation.models import PendingDecision, Verdict
from moderation.tests.conftest import Record
from people.models import Notice, Organization, User
from people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(urtam: Organization) -> User:
    return make_user("colleague", Role.MODERATOR, urtam)


@pytest.fixture
def pending(entry: Callable[..., Entry], editor: User, colleague: User, coordinator: User) -> PendingDecision:
    return second.propose(entry(is_criticism=True), by=editor)


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


def in_menu(client: Client, user: User) -> str:
    client.force_login(user)
    page = client.get("/journal/").content.decode()
    found = re.search(r'href="/journal/"[^>]*>\s*Модерация\s*<span class="count">(\d+)', page)
    return found.group(1) if found else ""


def test_all_who_may_confirm_hear_of_a_removal_but_not_who_wanted_it(
    pending: PendingDecision, editor: User, chilino: Organization
) -> None:
    assert told("removal_waits") == {"colleague", "coordinator"}
    assert pending.text not in "".join(Notice.objects.values_list("title", flat=True))


def test_the_menu_shows_the_number_to_who_may_decide(
    client: Client, pending: PendingDecision, editor: User, colleague: User, coordinator: User
) -> None:
    assert [in_menu(client, user) for user in (editor, colleague, coordinator)] == ["", "1", "1"]

    second.confirm(pending, by=coordinator)

    assert in_menu(client, colleague) == ""


def test_who_wanted_it_hears_the_outcome(pending: PendingDecision, coordinator: User) -> None:
    second.refuse(pending, "Это критика", by=coordinator)

    assert told("removal_settled") == {"editor"}


def test_an_objection_is_told_to_all_but_who_decided_and_counts_in_their_menu(
    client: Client, record: Record, editor: User, colleague: User, coordinator: User
) -> None:
    objection, _code = objections.file(record(), "Это не реклама")

    assert told("objection_filed") == {"colleague", "coordinator"}
    assert [in_menu(client, user) for user in (editor, colleague)] == ["", "1"]

    objections.decide(objection, Verdict.YES, "Вы правы", by=coordinator)

    assert told("objection_answered") == {"editor"}
    assert in_menu(client, colleague) == ""
