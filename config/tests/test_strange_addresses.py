"""Addresses nobody's link has: numbers too large, weeks that are none, garbage for parameters. Never our error."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from config.tests.access_table import OPEN, ROWS
from config.tests.stage import Place
from config.tests.test_access import ARGS, people, places, quiet, refusals_are_drawn_once, stage
from people.models import User

__all__ = ["people", "places", "quiet", "refusals_are_drawn_once", "stage"]  # fixtures

READ = sorted({row.name.rstrip("*") for row in ROWS if row.method == "GET" and not row.name.startswith("admin:")})
# Every parameter that some page reads from its address.
PARAMETERS = re.findall(
    r"\w+",
    """
    page after before from to since until month week weeks first last next day year date at time q words body account
    accounts organization network state status kind ground flag whose due measure message wave objections number code
    only show view format separator url urls post posts new move rubric topic topics template idea event key save seen
    about again person left right all
    """,
)
GARBAGE = ["-1", "99999999999999999999999", "\x00<й'\"%>\u202e2026-W54"]
NUMBERS = [0, 99999999999999999999999]
WEEKS = ["2026-W54", "9999-W53"]


def strange(args: list[object]) -> list[list[object]]:
    """The same address about things that cannot be, one at a time."""
    found = []
    for place, arg in enumerate(args):
        worse = NUMBERS if isinstance(arg, int) else [*WEEKS, "x" * 300]
        found += [[*args[:place], other, *args[place + 1 :]] for other in worse]
    return found


def addresses(name: str, args: list[object]) -> list[str]:
    """All that is asked under one name."""
    own = reverse(name, args=args)
    found = [f"{own}?{urlencode(dict.fromkeys(PARAMETERS, value))}" for value in GARBAGE]
    for others in strange(args):
        try:
            found.append(reverse(name, args=others))
        except NoReverseMatch:
            continue  # the address itself does not take it
    return found


@pytest.mark.parametrize(
    ("name", "who"), [(name, "coord") for name in READ] + [(name, "visit") for name in READ if name in OPEN]
)
def test_a_strange_address_gets_an_answer_and_never_an_error(
    name: str, who: str, places: dict[str, Place], people: dict[str, User | None]
) -> None:
    client = Client(raise_request_exception=False)
    if user := people[who]:
        client.force_login(user)
    args = list(ARGS[name](places["urtam"])) if name in ARGS else []
    failed = []
    for address in addresses(name, args):
        answer = client.get(address)
        for close in vars(answer)["_resource_closers"]:  # files; `close()` would close the database as well
            close()
        if answer.status_code >= 500:
            failed.append(address)
    assert failed == []
