"""The API keeps to its own description, whatever it is asked: no failure, no answer that is not described."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from conftest import make_account
from people import api_keys
from people.models import Organization, Scope, User
from registry.models import SocialNetwork

pytestmark = pytest.mark.django_db
HELD = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
ADDRESSES = [
    ("GET", "/api/v1/"),
    ("GET", "/api/v1/accounts/"),
    ("GET", "/api/v1/accounts/{id}/"),
    ("GET", "/api/v1/accounts/verify/"),
    ("POST", "/api/v1/accounts/verify/"),
    ("GET", "/api/v1/changes/"),
    ("POST", "/api/v1/messages/"),
    ("GET", "/api/v1/networks/"),
    ("GET", "/api/v1/organizations/"),
    ("GET", "/api/v1/organizations/{slug}/"),
    ("GET", "/api/v1/staff/accounts/"),
]
BOUNDED = bounds(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(client: Client, urtam: Organization, vk: SocialNetwork) -> Iterator[Any]:
    """The description as the portal gives it, with something to read."""
    make_account(urtam, vk, "urtam")
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    schema.app = WSGIHandler()
    # The end of a request closes the connection, and with it the transaction of the test; the client of Django, asked
    # above, switches this on again.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_address_of_the_description_is_asked(described: Any) -> None:
    told = {(found.ok().method.upper(), found.ok().path) for found in described.get_all_operations()}

    assert told == set(ADDRESSES)


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_the_api_keeps_to_its_description(described: Any, method: str, path: str) -> None:
    operation = described[path][method]

    @BOUNDED
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(checks=HELD, headers={"Accept-Encoding": "identity"})

    ask()


def test_the_batch_of_messages_keeps_to_its_description_with_a_key(
    described: Any, urtam: Organization, coordinator: User, settings: Any
) -> None:
    settings.API_RATES = {**settings.API_RATES, "key": "100000/m"}
    _key, text = api_keys.issue(urtam, "Сборщик", [Scope.MESSAGES_WRITE], by=coordinator)
    operation = described["/api/v1/messages/"]["POST"]

    @BOUNDED
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(checks=HELD, headers={"Accept-Encoding": "identity", "Authorization": f"Bearer {text}"})

    ask()
