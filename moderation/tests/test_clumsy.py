"""The entry form in hurried hands: the button back, a mistyped year, a link of the wrong network."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from moderation import actions
from moderation.actions import Entry
from moderation.models import Decision, Evidence
from moderation.tests.conftest import PDF, make_upload
from people.models import User
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Совсем другой комментарий"},
        {"link": "https://vk.com/wall-1_2"},
        {"kind": "message", "measure": "warned"},
        {"measure": "hidden"},
        {"explanation": "Ещё раз"},
        {"seen_at": datetime(2026, 11, 23, 4, 0, tzinfo=UTC)},
    ],
)
def test_a_form_got_back_and_written_anew_is_another_record(
    fields: dict[str, Any], entry: Callable[..., Entry], editor: User
) -> None:
    key = uuid4()
    first = actions.record(entry(key=key), by=editor)
    second = actions.record(entry(key=key, **fields), by=editor)

    assert (first.number, second.number) == (1, 2)
    assert actions.record(entry(key=key), by=editor).number == 1


def test_another_file_is_another_record(entry: Callable[..., Entry], editor: User) -> None:
    key = uuid4()
    actions.record(entry(key=key, files=(make_upload(),)), by=editor)
    actions.record(entry(key=key, files=(make_upload(),)), by=editor)
    actions.record(entry(key=key, files=(make_upload("другой.pdf", PDF),)), by=editor)

    assert (Decision.objects.count(), Evidence.objects.count()) == (2, 2)


def problem(entry: Entry, by: User) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        actions.record(entry, by=by)
    assert not Decision.objects.exists()
    return error.value.message_dict


@pytest.mark.parametrize("year", [1, 1026])
def test_a_moment_long_ago_is_refused(year: int, entry: Callable[..., Entry], editor: User) -> None:
    found = problem(entry(seen_at=datetime(year, 1, 1, tzinfo=UTC)), editor)

    assert found == {"seen_at": ["Проверьте год: так давно вы этого видеть не могли."]}


@pytest.mark.parametrize("year", [2206, 9999])
def test_a_block_of_a_lifetime_is_refused(year: int, entry: Callable[..., Entry], editor: User) -> None:
    found = problem(entry(measure="blocked", blocked_until=date(year, 12, 1)), editor)

    assert found == {"blocked_until": ["Проверьте год: так надолго не запрещают."]}


def test_a_link_of_another_network_is_refused(
    entry: Callable[..., Entry], editor: User, urtam_vk: Account, ok: SocialNetwork
) -> None:
    found = problem(entry(link="https://ok.ru/group/1/topic/2"), editor)

    assert found == {"link": ["Это не адрес сети «ВКонтакте», а страница в ней. Скопируйте адрес комментария оттуда."]}


@pytest.mark.parametrize(
    "link", ["https://vk.com/wall-1_2?reply=3", "https://m.vk.com/topic-1_2", "https://WWW.vk.com/x"]
)
def test_any_address_of_the_network_is_taken(link: str, entry: Callable[..., Entry], editor: User) -> None:
    assert actions.record(entry(link=link), by=editor).link == link


@pytest.mark.parametrize("days", [{"until": "9999-12-31"}, {"since": "0001-01-01"}])
def test_a_filter_by_a_day_that_cannot_be_is_left_out(
    days: dict[str, str], client: Client, record: Callable[..., Decision], editor: User
) -> None:
    record()
    client.force_login(editor)

    response = client.get("/journal/", days)

    assert len(response.context["page"]) == 1
    assert dict(response.context["filters"].errors) == {name: ["Проверьте год."] for name in days}
