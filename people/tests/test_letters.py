"""The outbox: a letter goes out once, after commit, and again when the mail server was away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from people import delivery, outbox
from people.models import Letter, User

NOON = datetime(2026, 11, 26, 12, tzinfo=ZoneInfo("Asia/Tomsk"))


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def server_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMessage) -> int:
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(EmailMessage, "send", refuse)


def write(user: User, key: str = "event:1") -> bool:
    return outbox.write(key=key, user=user, subject="Тема", body="Текст\n")


def test_a_letter_goes_out_after_commit(
    editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(editor)
        before = len(mail.outbox)

    assert (before, [(letter.to, letter.subject) for letter in mail.outbox]) == (0, [([editor.email], "Тема")])


def test_the_same_event_writes_once(editor: User) -> None:
    assert [write(editor), write(editor), write(editor, "event:2")] == [True, False, True]


def test_what_is_rolled_back_writes_nothing(editor: User) -> None:
    with transaction.atomic():
        write(editor)
        transaction.set_rollback(True)

    assert (delivery.deliver(), mail.outbox) == (0, [])


def test_a_letter_that_is_out_does_not_go_out_again(editor: User) -> None:
    write(editor)

    assert [delivery.deliver(), delivery.deliver(), len(mail.outbox)] == [1, 0, 1]


def test_a_letter_in_the_hands_of_one_worker_is_left_alone_by_others(editor: User) -> None:
    write(editor)
    letter = Letter.objects.get()

    assert [delivery._claim(letter), delivery._claim(letter), delivery.deliver()] == [True, False, 0]


def test_a_worker_that_died_leaves_the_letter_to_the_next(editor: User, clock: time_machine.Traveller) -> None:
    write(editor)
    delivery._claim(Letter.objects.get())

    clock.shift(timedelta(minutes=11))

    assert delivery.deliver() == 1


def test_a_refused_letter_is_tried_again_after_pauses_and_given_up_in_the_end(
    editor: User, clock: time_machine.Traveller, server_is_away: None
) -> None:
    write(editor)
    tried = []
    for _ in range(8):
        delivery.deliver()
        letter = Letter.objects.get()
        tried.append(letter.try_after - NOON if letter.try_after else None)
        if letter.try_after:
            clock.move_to(letter.try_after)

    minutes = [int(wait.total_seconds() // 60) for wait in tried if wait]
    assert (minutes, tried[6:]) == ([1, 6, 21, 81, 321, 1041], [None, None])
    assert Letter.objects.get().error == "nobody there"


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(editor: User) -> None:
    write(editor)
    Letter.objects.update(subject="Тема\nв две строки")
    write(editor, "event:2")

    assert (delivery.deliver(), [letter.subject for letter in mail.outbox]) == (1, ["Тема"])
    assert Letter.objects.get(key="event:1").error


def test_a_subject_is_one_line(editor: User) -> None:
    outbox.write(key="event:1", user=editor, subject="Мост\r\nоткрыт", body="Да.")

    assert Letter.objects.get().subject == "Мост открыт"


def test_a_letter_keeps_its_number_whenever_it_goes_out(editor: User) -> None:
    write(editor)
    delivery.deliver()
    Letter.objects.update(sent_at=None, try_after=NOON)
    delivery.deliver()

    numbers = {letter.extra_headers["Message-ID"] for letter in mail.outbox if isinstance(letter, EmailMessage)}
    assert (len(mail.outbox), len(numbers)) == (2, 1)
