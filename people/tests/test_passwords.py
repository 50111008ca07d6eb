"""Passwords: changed by the person alone, set anew through a letter whose link works once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from people.models import AuditEntry, Letter, User

OLD, NEW = "a good long password", "совсем другой длинный пароль"


def change(client: Client, new: str = NEW, old: str = OLD) -> int:
    data = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), data).status_code


def asked(client: Client, email: str, capture: DjangoCaptureOnCommitCallbacks) -> str:
    """Asks for a new password; the link of the letter, "" when none came."""
    before = len(mail.outbox)
    with capture(execute=True):
        client.post(reverse("account_reset_password"), {"email": email})
    if len(mail.outbox) == before:
        return ""
    found = re.search(r"http://127\.0\.0\.1:8000(/me/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def set_anew(client: Client, link: str, password: str = NEW) -> int:
    """Opens the link as a browser does and sends the form: 302 when the password was taken."""
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(address, {"password1": password, "password2": password}).status_code


def test_the_person_changes_the_password(client: Client, editor: User) -> None:
    client.force_login(editor)

    status = change(client)

    editor.refresh_from_db()
    assert (status, editor.check_password(NEW)) == (302, True)


def test_the_old_password_is_asked(client: Client, editor: User) -> None:
    client.force_login(editor)

    status = change(client, old="not the old one")

    editor.refresh_from_db()
    assert (status, editor.check_password(OLD)) == (200, True)


@pytest.mark.parametrize("weak", ["short", "123456789012", "editor@example.org", "qwertyuiop"])
def test_a_weak_password_is_refused(client: Client, editor: User, weak: str) -> None:
    client.force_login(editor)

    status = change(client, new=weak)

    editor.refresh_from_db()
    assert (status, editor.check_password(OLD)) == (200, True)


def test_a_change_ends_all_other_sessions_and_keeps_this_one(client: Client, editor: User) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(editor)

    change(client)

    assert [browser.get("/me/").status_code for browser in (client, elsewhere)] == [200, 302]


def test_a_change_is_in_the_log_without_the_password(client: Client, editor: User) -> None:
    client.force_login(editor)

    change(client)

    entry = AuditEntry.objects.latest("pk")
    assert (entry.changes, entry.actor) == ({"password": ["", "•••"]}, editor)


def test_the_letter_sets_a_new_password(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    link = asked(client, "editor@example.org", django_capture_on_commit_callbacks)

    status = set_anew(client, link)

    editor.refresh_from_db()
    assert (status, editor.check_password(NEW), mail.outbox[0].to) == (302, True, ["editor@example.org"])
    assert mail.outbox[0].subject == "Новый пароль для «Глашатая»"


def test_the_link_works_once(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    link = asked(client, "editor@example.org", django_capture_on_commit_callbacks)
    set_anew(client, link)

    set_anew(Client(), link, "third and rather long password")

    editor.refresh_from_db()
    assert editor.check_password(NEW)


def test_the_link_lives_three_days(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    link = asked(client, "editor@example.org", django_capture_on_commit_callbacks)

    with time_machine.travel(timezone.localtime() + timedelta(days=3, minutes=1), tick=False):
        set_anew(client, link)

    editor.refresh_from_db()
    assert editor.check_password(OLD)


def test_a_password_set_through_the_letter_ends_all_sessions(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(editor)
    visitor = Client()

    set_anew(visitor, asked(visitor, "editor@example.org", django_capture_on_commit_callbacks))

    assert client.get("/me/").status_code == 302


def test_strangers_get_no_letter_and_the_same_answer(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}).headers["Location"]
        for email in ("editor@example.org", "stranger@example.org")
    ]

    assert answers[0] == answers[1]
    assert list(Letter.objects.values_list("to", flat=True)) == ["editor@example.org"]


def test_a_person_switched_off_gets_no_letter(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    editor.is_active = False
    editor.save()

    assert asked(client, "editor@example.org", django_capture_on_commit_callbacks) == ""
