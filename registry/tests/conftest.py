"""Entries as the portal stores them: with their search text, by the actions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conftest import make_account
from people.models import Organization, User
from registry import actions, importing
from registry.api.reading import PublicView
from registry.imports.reading import read_text
from registry.models import Account, AccountStatus, EntryImport, LegalAct, Proposal, SocialNetwork
from registry.proposing import version_of

PAGE, CSV, API = "/", "/accounts.csv", "/api/v1/accounts/"
EVERYWHERE = (PAGE, CSV, API)


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The throttle of the API counts in a cache that may outlive a test, or be a table."""
    monkeypatch.setattr(PublicView, "throttle_classes", [])


def enter(organization: Organization, network: SocialNetwork, handle: str, **fields: object) -> Account:
    """An entry that can be searched."""
    account = make_account(organization, network, handle, **fields)
    actions.refresh_search([account])
    return account


def text_of(client: Client, address: str, **query: Any) -> str:
    """The whole answer of an open address, whatever kind it is of."""
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    streamed = getattr(response, "streaming_content", None)
    return (b"".join(streamed) if streamed else response.content).decode()


Found = Callable[..., list[str]]


@pytest.fixture(params=EVERYWHERE, ids=["page", "csv", "api"])
def found(request: pytest.FixtureRequest, client: Client) -> Found:
    """Names of the pages that a filter lets through: the same on the page, in the file and in the API."""

    def ask(**query: Any) -> list[str]:
        if request.param == API:
            return [row["name"] for row in client.get(API, query).json()["results"]]
        if request.param == CSV:
            return [line.split(",")[3] for line in text_of(client, CSV, **query).splitlines()[1:]]
        bodies = client.get(PAGE, query).context["catalogue"].bodies
        return [account.name for body in bodies for account in body.accounts]

    return ask


@pytest.fixture
def duma_without_page(district: Organization, the_order: LegalAct) -> Account:
    """A body that lawfully keeps no page."""
    return Account.objects.create(
        organization=district, name="Дума района", status=AccountStatus.NOT_KEPT, legal_act=the_order
    )


def entered(client: Client, address: str, data: dict[str, object]) -> Any:
    """Sends the form of an entry, and accepts the proposal where it became one; answers what came last."""
    response = client.post(address, data)
    if proposal := Proposal.objects.pending().first():
        seen = {"decision-seen": version_of(proposal.account)}
        return client.post(f"/proposals/{proposal.pk}/accept/", {**data, **seen})
    return response


# --- a registry from a table ---

HEADER = "Орган\tСеть\tНазвание страницы\tСсылка\tСтатус\tРабочий телефон"
GOOD = "Urtam\tВКонтакте\tУртам сегодня\tvk.com/urtam_new\tдействует\t8 (38244) 2-11-11"
Bring = Callable[..., EntryImport]


@pytest.fixture
def bring(district: Organization, urtam: Organization, chilino: Organization, coordinator: User) -> Bring:
    def run(*rows: str, header: str = HEADER) -> EntryImport:
        return importing.start_import(district, read_text("\n".join([header, *rows])), by=coordinator)

    return run


def states(entry_import: EntryImport) -> list[str]:
    return list(entry_import.rows.values_list("state", flat=True))


def sentence(entry_import: EntryImport) -> str:
    return " ".join(entry_import.rows.get(state="bad").findings.values())
