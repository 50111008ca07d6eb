"""Keys of programs: what they open, what they do not, what is left of them."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from people import api_keys
from people.http import TooLate
from people.models import ApiKey, AuditEntry, Organization, Scope, User

NOW = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


@api_keys.with_key(Scope.MESSAGES_WRITE)
def view(request: api_keys.ApiRequest) -> HttpResponse:
    return HttpResponse(request.api_key.name)


def ask(text: str = "", header: str = "") -> HttpResponse:
    header = header or f"Bearer {text}"
    request: HttpRequest = RequestFactory().post(
        "/api/v1/messages/", headers={"Authorization": header} if header else {}
    )
    request.user = AnonymousUser()
    response = view(request)
    assert isinstance(response, HttpResponse)
    return response


@pytest.fixture
def given(urtam: Organization, coordinator: User) -> tuple[ApiKey, str]:
    return api_keys.issue(urtam, "Сайт поселения", [Scope.MESSAGES_WRITE], by=coordinator)


def test_key_opens_what_its_scope_names(given: tuple[ApiKey, str]) -> None:
    response = ask(given[1])

    assert (response.status_code, response.content.decode()) == (200, "Сайт поселения")


def test_the_key_itself_is_kept_nowhere(given: tuple[ApiKey, str]) -> None:
    key, text = given

    kept = " ".join(str(value) for value in ApiKey.objects.filter(pk=key.pk).values_list()[0])

    assert text not in kept
    assert text.rsplit("_", 1)[1] not in kept
    assert text.startswith(f"glashatay_{key.prefix}_")


@pytest.mark.parametrize("header", ["", "Bearer ", "Basic abc", "Bearer glashatay_00000000_wrong", "glashatay_0_x"])
def test_without_a_key_the_answer_is_401(db: None, header: str) -> None:
    response = ask(header=header or " ")

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_revoked_key_opens_nothing(given: tuple[ApiKey, str], coordinator: User) -> None:
    key, text = given

    api_keys.revoke(key, by=coordinator)

    assert ask(text).status_code == 401
    assert not ApiKey.objects.in_force(timezone.now()).exists()


def test_key_is_revoked_once(given: tuple[ApiKey, str], coordinator: User) -> None:
    api_keys.revoke(given[0], by=coordinator)

    with pytest.raises(TooLate):
        api_keys.revoke(given[0], by=coordinator)


@pytest.mark.parametrize(("after", "code"), [(-1, 200), (0, 401)])
def test_key_ends_at_its_minute(urtam: Organization, coordinator: User, after: int, code: int) -> None:
    with time_machine.travel(NOW, tick=False):
        ends = timezone.now() + timedelta(days=1)
    _key, text = api_keys.issue(urtam, "Сайт", [Scope.MESSAGES_WRITE], by=coordinator)
    ApiKey.objects.update(made_at=NOW, expires_at=ends)

    with time_machine.travel(ends + timedelta(seconds=after), tick=False):
        response = ask(text)

    assert response.status_code == code


def test_key_without_the_scope_is_refused(urtam: Organization, coordinator: User) -> None:
    _key, text = api_keys.issue(urtam, "Сайт", [Scope.REGISTRY_READ], by=coordinator)

    response = ask(text)

    assert response.status_code == 403
    assert 'scope="messages:write"' in response["WWW-Authenticate"]


def test_each_key_has_an_allowance_of_its_own(
    given: tuple[ApiKey, str], urtam: Organization, coordinator: User, settings: Settings
) -> None:
    settings.API_RATES = {**settings.API_RATES, "key": "1/min"}
    _other, text = api_keys.issue(urtam, "Другой сайт", [Scope.MESSAGES_WRITE], by=coordinator)

    with time_machine.travel(NOW, tick=False):
        answers = [ask(given[1]), ask(given[1]), ask(text)]

    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert answers[0]["RateLimit-Remaining"] == "0"
    assert answers[1]["Retry-After"] == "60"


def test_whoever_tries_keys_is_stopped(db: None, settings: Settings) -> None:
    settings.API_RATES = {**settings.API_RATES, "read": "1/min"}

    with time_machine.travel(NOW, tick=False):
        answers = [ask("one").status_code, ask("two").status_code]

    assert answers == [401, 429]


def test_answers_to_keys_stay_in_no_cache(given: tuple[ApiKey, str]) -> None:
    assert [ask(given[1])["Cache-Control"], ask("wrong")["Cache-Control"]] == ["private, no-store"] * 2


def test_no_log_tells_a_key(given: tuple[ApiKey, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    ask(given[1])
    ask(given[1] + "x")

    assert given[1] not in caplog.text
    assert given[1] not in str(list(AuditEntry.objects.values_list()))


def test_use_is_noted_to_the_minute(given: tuple[ApiKey, str]) -> None:
    noted = []
    for second in (0, 59, 60):
        with time_machine.travel(NOW + timedelta(seconds=second), tick=False):
            ask(given[1])
        noted.append(ApiKey.objects.get().last_used_at)

    assert noted == [NOW, NOW, NOW + timedelta(seconds=60)]


def test_giving_and_revoking_stand_in_the_audit_log(given: tuple[ApiKey, str], coordinator: User) -> None:
    api_keys.revoke(given[0], by=coordinator)

    entries = AuditEntry.objects.filter(object_id=str(given[0].pk), content_type__model="apikey").order_by("pk")

    assert [sorted(entry.changes or {}) for entry in entries][1] == ["revoked_at", "revoked_by"]
    assert "digest" not in (entries[0].changes or {})


def test_key_revoked_by_nobody_is_refused_by_the_database(given: tuple[ApiKey, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.update(revoked_at=NOW)


def test_key_reaches_its_body_and_those_below(
    district: Organization, urtam: Organization, chilino: Organization, coordinator: User
) -> None:
    own, _text = api_keys.issue(urtam, "Сайт", [], by=coordinator)
    whole, _text = api_keys.issue(district, "Сайт", [], by=coordinator)

    assert [own.opens(urtam), own.opens(chilino), own.opens(district)] == [True, False, False]
    assert [whole.opens(urtam), whole.opens(district)] == [True, True]
