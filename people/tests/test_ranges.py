"""Parts of a file: what is asked for, what is answered."""

import io
from typing import Any

import pytest
from django.test import RequestFactory

from people.ranges import send

WHOLE = bytes(range(100))


def ask(asked: str, method: str = "GET", **headers: str) -> Any:
    request = RequestFactory().generic(method, "/", headers={"Range": asked, **headers} if asked else headers)
    return send(request, io.BytesIO(WHOLE), len(WHOLE), '"mark"', "video/mp4", "мост.mp4")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, 99),
        ("bytes=40-59", 40, 59),
        ("bytes=90-200", 90, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-1000", 0, 99),
        ("Bytes = 99-99", 99, 99),
    ],
)
def test_a_part_is_answered_with_where_it_stands(asked: str, start: int, end: int) -> None:
    answer = ask(asked)

    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {start}-{end}/100")
    assert answer["Content-Length"] == str(end - start + 1)
    assert (answer["Content-Type"], answer["Accept-Ranges"]) == ("video/mp4", "bytes")
    assert b"".join(answer) == WHOLE[start : end + 1]


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=500-600", "bytes=-0", "bytes=5-4"])
def test_a_part_that_is_not_there_is_refused_with_the_length(asked: str) -> None:
    answer = ask(asked)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,5-6", "bytes=" + "9" * 19 + "-", "bytes=٣-"]
)
def test_what_cannot_be_understood_gets_the_whole(asked: str) -> None:
    answer = ask(asked)

    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
    assert b"".join(answer) == WHOLE


def test_a_part_of_what_it_was_before_is_the_whole_of_what_it_is() -> None:
    assert ask("bytes=0-1", **{"If-Range": '"older"'}).status_code == 200
    assert ask("bytes=0-1", **{"If-Range": '"mark"'}).status_code == 206


def test_who_asks_for_the_head_only_gets_the_head_of_the_whole() -> None:
    assert ask("bytes=0-1", method="HEAD").status_code == 200


def test_a_part_is_saved_under_the_name_of_the_file() -> None:
    answer = ask("bytes=0-1")

    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


@pytest.mark.django_db  # the end of a request looks after connections
def test_the_file_is_closed_when_the_part_has_gone() -> None:
    file = io.BytesIO(WHOLE)
    request = RequestFactory().get("/", headers={"Range": "bytes=0-1"})

    send(request, file, 100, '"mark"', "video/mp4").close()

    assert file.closed
