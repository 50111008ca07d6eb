"""The second person has everything that a decision needs; where there is none, it is said and nothing is stuck."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation import objections, second, second_notices
from moderation.actions import Entry
from moderation.models import PendingDecision
from moderation.tests.conftest import PNG, Record, make_upload
from people.http import TooLate
from people.models import Membership, Notice, Organization, User
from people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(entry: Callable[..., Entry], editor: User) -> PendingDecision:
    day = timezone.localdate() + timedelta(days=7)
    more = {"measure": "blocked", "blocked_until": day, "tags": ("fraud",), "files": (make_upload(),)}
    return second.propose(entry(is_criticism=True, **more), by=editor)


@pytest.fixture
def alone(editor: User) -> User:
    """Nobody but the editor moderates."""
    Membership.objects.exclude(user=editor).exclude(role=Role.ADMINISTRATOR).delete()
    return editor


def page_of(client: Client, user: User, pending: PendingDecision) -> str:
    client.force_login(user)
    return client.get(reverse("moderation:pending_decide", args=[pending.pk])).content.decode()


def test_the_page_shows_the_evidence_with_its_checksum(
    wanted: PendingDecision, client: Client, coordinator: User
) -> None:
    page = page_of(client, coordinator, wanted)

    assert wanted.files[0]["sha256"] in page
    assert f'src="{reverse("moderation:pending_file", args=[wanted.pk, 0])}"' in page


def test_the_page_shows_until_when_the_author_would_be_blocked(
    wanted: PendingDecision, client: Client, coordinator: User
) -> None:
    assert wanted.measure_words in page_of(client, coordinator, wanted)
    assert " до " in wanted.measure_words


def test_the_file_is_handed_to_who_may_decide(wanted: PendingDecision, client: Client, coordinator: User) -> None:
    client.force_login(coordinator)

    answer = client.get(reverse("moderation:pending_file", args=[wanted.pk, 0]))

    assert b"".join(answer) == PNG


@pytest.mark.parametrize("place", [1, 99])
def test_there_is_no_file_beyond_the_last(
    place: int, wanted: PendingDecision, client: Client, coordinator: User
) -> None:
    client.force_login(coordinator)

    assert client.get(reverse("moderation:pending_file", args=[wanted.pk, place])).status_code == 404


def test_the_file_of_another_body_does_not_exist(wanted: PendingDecision, client: Client, outsider: User) -> None:
    client.force_login(outsider)

    assert client.get(reverse("moderation:pending_file", args=[wanted.pk, 0])).status_code in (403, 404)


def test_no_answer_stands_there_beforehand(wanted: PendingDecision, client: Client, coordinator: User) -> None:
    assert "checked" not in page_of(client, coordinator, wanted).split('<form class="card stack')[1]


def test_whoever_wanted_it_reads_who_may_decide(
    wanted: PendingDecision, client: Client, editor: User, coordinator: User
) -> None:
    assert str(coordinator) in page_of(client, editor, wanted).split("Кто может решить")[1]


# --- nobody else --------------------------------------------------------------------------------


def test_alone_it_is_said_and_the_administrator_is_asked(
    alone: User, administrator: User, wanted: PendingDecision, client: Client
) -> None:
    assert "подтвердить больше некому" in page_of(client, alone, wanted)
    assert list(Notice.objects.filter(kind="removal_stuck").values_list("user", flat=True)) == [administrator.pk]


def test_alone_one_does_not_confirm_oneself(alone: User, wanted: PendingDecision, client: Client) -> None:
    client.force_login(alone)

    answer = client.post(reverse("moderation:pending_decide", args=[wanted.pk]), {"verdict": "yes"})

    assert answer.status_code == 403
    with pytest.raises(TooLate):
        second.confirm(wanted, by=alone)


def test_today_tells_whoever_is_alone(alone: User, wanted: PendingDecision, client: Client) -> None:
    client.force_login(alone)

    assert "Подтвердить удаление критики некому" in client.get(reverse("compliance:today")).content.decode()


def test_today_says_nothing_of_it_where_another_may_decide(
    wanted: PendingDecision, coordinator: User, client: Client, editor: User
) -> None:
    client.force_login(editor)

    assert "некому" not in client.get(reverse("compliance:today")).content.decode()


@pytest.mark.parametrize("where", ["urtam", "district"])
def test_a_role_given_later_sets_it_going(
    where: str, alone: User, wanted: PendingDecision, outsider: User, urtam: Organization, district: Organization
) -> None:
    assert second_notices.stuck(User.objects.get(pk=alone.pk)) == 1
    place, role = {"urtam": (urtam, Role.MODERATOR), "district": (district, Role.COORDINATOR)}[where]
    Membership.objects.create(user=outsider, organization=place, role=role)

    row = second.confirm(wanted, by=outsider)

    assert second_notices.stuck(User.objects.get(pk=alone.pk)) == 0
    assert (row.made_by, row.confirmed_by) == (alone, outsider)


def test_a_role_that_has_ended_confirms_nothing(
    alone: User, wanted: PendingDecision, outsider: User, urtam: Organization
) -> None:
    day = timezone.localdate() - timedelta(days=1)
    Membership.objects.create(user=outsider, organization=urtam, role=Role.MODERATOR, starts_on=day, ends_on=day)

    assert second_notices.stuck(User.objects.get(pk=alone.pk)) == 1


def test_the_administrator_is_asked_where_all_who_moderate_took_the_decision_objected_to(
    alone: User, administrator: User, record: Record
) -> None:
    objections.file(record(by=alone), "Это не реклама")

    assert list(Notice.objects.filter(kind="objection_left").values_list("user", flat=True)) == [administrator.pk]


def test_nobody_is_asked_for_a_role_where_another_moderator_may_answer(
    alone: User, coordinator: User, administrator: User, record: Record
) -> None:
    objections.file(record(by=alone), "Это не реклама")

    assert not Notice.objects.filter(kind="objection_left").exists()
