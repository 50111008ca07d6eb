"""`manage.py triage`: one answer for each line, whatever stands in it. Every sentence here was made up."""

import io
import json
import sys
import time
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.management.commands import triage
from moderation.tests.sorting import sorter
from moderation.triage.rule import Rule
from moderation.triage.sorter import MAX_TEXT, Sorter

FEW = Sorter([Rule("insult", "word", "дебил"), Rule("obscene", "word", "хуй")])


def ask(*lines: bytes) -> list[dict[str, Any]]:
    return list(triage.answers(lines, FEW))


def asked(text: str, ascii_only: bool = False) -> list[str]:
    """What the flags of a text quote, by their offsets."""
    line = json.dumps({"text": text}, ensure_ascii=ascii_only).encode("utf-8")
    return [text[flag["start"] : flag["end"]] for flag in ask(line)[0]["flags"]]


def test_each_line_gets_its_answer() -> None:
    found = ask('{"text": "Вот дебил"}'.encode(), '{"text": "Почините дорогу"}'.encode())

    assert [(flag["class"], flag["start"], flag["end"]) for flag in found[0]["flags"]] == [("insult", 4, 9)]
    assert found[1] == {"flags": []}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"   \r\n",
        "слова".encode(),
        b'{"text": "a"',
        b"[1]",
        b"5",
        b"null",
        b'"text"',
        b'{"words": "a"}',
        b'{"text": 5}',
        b'{"text": null}',
        b'{"text": ["a"]}',
        b'{"text": "\xff\xfe"}',
        b"\xff",
        b"\x00",
        '{"text": "а"}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_line_that_cannot_be_read_is_answered_and_the_next_is_read(line: bytes) -> None:
    found = ask(b'{"text": "a"}', line, '{"text": "Вот дебил"}'.encode())

    assert {key: found[1][key] for key in ("flags", "line")} == {"flags": [], "line": 2}
    assert found[1]["error"].endswith(".")
    assert len(found[2]["flags"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "дебил",
        "😀👨‍👩‍👧 вот де\u0301бил",
        "и\u0306 е\u0308 д\u0336е\u0336б\u0336и\u0336л\u0336",
        "\x00дебил\x00",
        "\ud800дебил\udfff",
        "\ufeffдебил",
        "🏳️‍🌈\u200fдебил\u200f",
        "İstanbul ﷺ ß дебил",
    ],
)
def test_offsets_are_characters_of_the_text_given(text: str) -> None:
    quoted = asked(text, ascii_only=True)

    assert [quote for quote in quoted if quote.startswith("д") and quote.rstrip("\u0336").endswith("л")] == quoted
    assert len(quoted) == 1


def test_a_mark_of_byte_order_and_ends_of_lines_of_windows_are_no_part_of_a_line() -> None:
    found = ask(b'\xef\xbb\xbf{"text": "a"}\r\n', b'{"text": "a"}\r\n')

    assert found == [{"flags": []}, {"flags": []}]


def test_of_a_text_of_a_megabyte_the_beginning_is_read_and_that_is_said() -> None:
    text = "дебил " + "а" * 1_000_000 + " дебил"

    found = ask(json.dumps({"text": text}).encode())

    assert [flag["start"] for flag in found[0]["flags"]] == [0]
    assert found[0]["read"] == MAX_TEXT


def test_the_same_text_under_three_posts_is_a_hint() -> None:
    line = '{{"text": "Самый лучший мёд у нас в Примерово", "post": {}}}'

    found = ask(*(line.format(number).encode() for number in (1, 1, 2, 3)))

    assert [len(one["flags"]) for one in found] == [0, 0, 0, 1]


@pytest.mark.parametrize(("lines", "code"), [(b'{"text": "a"}\n', 0), (b'{"text": "a"}\n{\n{"text": "a"}\n', 1)])
def test_the_exit_code_tells_whether_all_was_read(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], lines: bytes, code: int
) -> None:
    monkeypatch.setattr(triage, "sorter_without_database", lambda: FEW)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    ended = 0

    try:
        call_command("triage")
    except SystemExit as stopped:
        ended = int(str(stopped.code))

    assert ended == code
    assert capfdbinary.readouterr().out.count(b"\n") == lines.count(b"\n")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=60).map(lambda text: json.dumps({"text": text}).encode()))
def test_no_line_whatever_breaks_the_reading(line: bytes) -> None:
    answer = next(triage.answers([line], sorter()))

    assert isinstance(json.loads(json.dumps(answer, ensure_ascii=False).encode())["flags"], list)


HOSTILE = {
    **{piece: piece for piece in ("а", "х у ", "@", "*", "а.", "а*", "1 ", "1-", "+7 ", "а@", "а..", "х*й", "а\u0301")},
    "links": "https://t.me/abc?x=1 ",
    "digits": "1234567890",
    "telephones": "8 913 000 11 22 ",
    "addresses": "ул. Лесная, д. 5, кв. 12 ",
    "streets": "ул а а а ",
    "names": "Примеров Пётр ",
    "mail": "a.b.c@",
    "passports": "паспорт № ",
    "called": "пишешь, клоун. ",
    "self": "я такой глупый дурак ",
    "quotes": "«дурак ",
    "gaps": "бл..... ",
    "torn": "ху йня ",
    "offers": "пиши в лс 5000 руб ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_takes_long_to_read(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    started = time.process_time()

    sorter().sort(text)

    assert time.process_time() - started < 1  # a tenth of it is usual; a pattern gone wild takes minutes
