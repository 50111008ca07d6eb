"""The main navigation: only what this person may open, with the current part marked."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from people.context import navigation
from people.models import User

Keys = Callable[[User], list[str]]


@pytest.fixture
def keys(rf: RequestFactory) -> Keys:
    """Keys of the links a person sees."""

    def of(user: User) -> list[str]:
        request = rf.get("/today/")
        request.user = user
        return [item.key for item in navigation(request)]

    return of


def test_administrator(keys: Keys, administrator: User) -> None:
    assert keys(administrator) == ["today", "plans", "registry", "journal", "weeks", "people", "reference"]


def test_coordinator(keys: Keys, coordinator: User) -> None:
    assert keys(coordinator) == ["today", "review", "plans", "registry", "messages", "journal", "weeks"]


def test_editor(keys: Keys, editor: User) -> None:
    assert keys(editor) == ["today", "plan", "occasions", "registry", "messages", "journal", "weeks"]


def test_observer(keys: Keys, observer: User) -> None:
    assert keys(observer) == ["today", "plans", "registry", "journal", "weeks"]


def test_visitor_sees_the_registry_and_the_way_in(client: Client, db: None) -> None:
    html = client.get(reverse("account_login")).content.decode()

    assert [f'href="{address}"' in html for address in ("/", "/me/login/", "/today/")] == [True, True, False]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/today/", ["today"]),
        ("/plans/mine/", ["plan"]),
        ("/plans/urtam/2026-W49/", ["plan"]),
        ("/posts/7/edit/", ["plan"]),
        ("/accounts/7/edit/", ["registry"]),
        ("/me/", []),
    ],
)
def test_current_part_is_marked(rf: RequestFactory, editor: User, path: str, current: list[str]) -> None:
    request = rf.get(path)
    request.user = editor

    assert [item.key for item in navigation(request) if item.current] == current


@pytest.mark.parametrize(
    ("path", "current"), [("/posts/7/", ["review"]), ("/plans/", ["plans"]), ("/stops/", ["plans"])]
)
def test_whoever_decides_reads_a_post_in_the_part_of_approval(
    rf: RequestFactory, coordinator: User, path: str, current: list[str]
) -> None:
    request = rf.get(path)
    request.user = coordinator

    assert [item.key for item in navigation(request) if item.current] == current
