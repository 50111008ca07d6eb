"""The web server lets through the longest link a citizen may ask about (registry.links.MAX_LENGTH)."""

import runpy
from typing import Any
from urllib.parse import quote

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import LimitRequestLine

from registry.links import MAX_LENGTH


@pytest.fixture
def server() -> Config:
    """The settings as gunicorn reads them from our file."""
    config = Config()
    for name, value in runpy.run_path("deploy/gunicorn_conf.py").items():
        if name in config.settings:
            config.set(name, value)
    return config


def asked(server: Config, address: str) -> Any:
    line = f"GET {address} HTTP/1.1\r\nHost: portal\r\n\r\n".encode()
    return next(RequestParser(server, iter([line]), ("127.0.0.1", 1)))


@pytest.mark.parametrize("character", ["a", "я", "😀"])
def test_a_link_of_the_greatest_length_reaches_the_portal(server: Config, character: str) -> None:
    query = "url=" + quote(character * MAX_LENGTH)

    assert asked(server, f"/api/v1/accounts/verify/?{query}").query == query


def test_an_address_without_end_does_not(server: Config) -> None:
    with pytest.raises(LimitRequestLine):
        asked(server, "/?url=" + "a" * 40_000)
