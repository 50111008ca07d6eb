"""A decision is taken back by a new row: once, with a reason, and by those who moderate for the body."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moderation import actions, journal
from moderation.models import Decision
from moderation.tests.conftest import Record
from people.http import TooLate
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(record: Record) -> Decision:
    return record()


@pytest.fixture
def url(decision: Decision) -> str:
    return reverse("moderation:decision_reverse", args=[decision.number])


def test_a_reversal_is_a_new_row_that_names_the_old_one(
    client: Client, coordinator: User, decision: Decision, url: str
) -> None:
    client.force_login(coordinator)

    response = client.post(url, {"explanation": "Это критика"})

    row = Decision.objects.get(number=2)
    assert response.headers["Location"] == reverse("moderation:decision_detail", args=[2])
    assert (row.reverses, row.measure, row.explanation, row.made_by) == (
        decision,
        "restored",
        "Это критика",
        coordinator,
    )
    assert (row.account, row.text, row.ground) == (decision.account, decision.text, decision.ground)
    assert journal.verify().ok


def test_the_old_row_shows_that_it_was_taken_back(client: Client, coordinator: User, decision: Decision) -> None:
    actions.reverse(decision, "Это критика", by=coordinator)
    client.force_login(coordinator)

    page = client.get(reverse("moderation:decision_detail", args=[1])).content.decode()

    assert "отменено записью М-20" in page
    assert reverse("moderation:decision_reverse", args=[1]) not in page


def test_a_reversal_needs_a_reason(client: Client, editor: User, url: str) -> None:
    client.force_login(editor)

    response = client.post(url, {"explanation": "  "})

    assert list(response.context["form"].errors) == ["explanation"]
    assert Decision.objects.count() == 1


def test_a_decision_is_taken_back_once(decision: Decision, editor: User, coordinator: User) -> None:
    actions.reverse(decision, "Это критика", by=editor)

    with pytest.raises(TooLate, match="Это решение уже отменили"):
        actions.reverse(decision, "Это критика", by=coordinator)


def test_the_second_person_reads_a_sentence(client: Client, editor: User, decision: Decision, url: str) -> None:
    actions.reverse(decision, "Это критика", by=editor)
    client.force_login(editor)

    response = client.post(url, {"explanation": "Это критика"}, headers={"Referer": f"http://testserver{url}"})

    assert response.status_code == 302
    assert Decision.objects.count() == 2


def test_a_restoration_is_not_taken_back(decision: Decision, editor: User) -> None:
    row = actions.reverse(decision, "Это критика", by=editor)

    with pytest.raises(TooLate, match="внесите новое решение"):
        actions.reverse(row, "Передумали", by=editor)


@pytest.mark.parametrize(
    ("who", "status"),
    [("chilino_editor", 404), ("outsider", 404), ("nobody", 404), ("observer", 403), ("administrator", 403)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_take_back(
    who: str, status: int, method: str, client: Client, url: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    response = getattr(client, method)(url, {"explanation": "Это критика"})

    assert response.status_code == status
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "moderator", "coordinator"])
def test_who_may_take_back(who: str, client: Client, url: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))

    client.post(url, {"explanation": "Это критика"})

    assert Decision.objects.count() == 2


def test_other_methods_are_refused(client: Client, editor: User, url: str) -> None:
    client.force_login(editor)

    assert client.put(url).status_code == 405


def test_the_page_shows_what_is_taken_back(client: Client, editor: User, url: str) -> None:
    client.force_login(editor)

    page: Any = client.get(url).content.decode()

    assert "Заработок без вложений" in page
