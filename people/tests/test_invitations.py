"""People come by invitation: a letter with a link, for three days, once; nobody types another's password."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36
from pytest_django import DjangoCaptureOnCommitCallbacks

from conftest import make_user
from people.actions import free_login
from people.models import AuditEntry, Letter, Organization, User
from people.roles import Role

PASSWORD = "кедровый орех в ноябре"


@pytest.fixture
def form(urtam: Organization) -> dict[str, object]:
    return {
        "last_name": "Новикова",
        "first_name": "Анна",
        "patronymic": "Петровна",
        "job_title": "специалист первой категории",
        "email": "Novikova@example.org",
        "organization": urtam.pk,
        "role": "editor",
    }


@pytest.fixture
def invite(
    client: Client,
    administrator: User,
    form: dict[str, object],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> User:
    """The administrator has invited Novikova; the letter is out."""
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:user_invite"), form)
    return User.objects.get(email="novikova@example.org")


def link_of(letter: int = -1) -> str:
    """The address in a letter, without the portal's own name."""
    found = re.search(r"http://127\.0\.0\.1:8000(/me/invitation/\S+)", str(mail.outbox[letter].body))
    assert found
    return found[1]


def accept(link: str, password: str = PASSWORD, again: str | None = None) -> int:
    data = {"password": password, "again": password if again is None else again}
    return Client().post(link, data).status_code


def test_the_invited_person_has_the_role_and_no_password(invite: User, urtam: Organization) -> None:
    membership = invite.memberships.get()

    assert (membership.role, membership.organization, invite.has_usable_password()) == (Role.EDITOR, urtam, False)


def test_the_letter_goes_to_the_person_through_the_outbox(invite: User) -> None:
    letter = Letter.objects.get()

    assert (letter.to, letter.user, letter.sent_at is not None) == ("novikova@example.org", invite, True)
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["novikova@example.org"], "Ваш доступ в «Глашатай»")
    assert "Здравствуйте, Анна Петровна!" in str(mail.outbox[0].body)


def test_the_form_asks_for_no_password(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    page = client.get(reverse("people:user_invite")).content.decode()

    assert 'type="password"' not in page


def test_a_password_sent_along_is_not_taken(client: Client, administrator: User, form: dict[str, object]) -> None:
    client.force_login(administrator)

    client.post(reverse("people:user_invite"), {**form, "password": PASSWORD, "password1": PASSWORD})

    assert not User.objects.get(email="novikova@example.org").has_usable_password()


def test_the_person_sets_the_password_and_signs_in(invite: User) -> None:
    browser = Client()

    status = accept(link_of())
    browser.post(reverse("account_login"), {"login": "novikova@example.org", "password": PASSWORD})

    assert (status, browser.get("/today/").status_code) == (302, 200)


def test_the_link_works_once(invite: User) -> None:
    link = link_of()
    accept(link)

    second = accept(link, "another long password of a thief")

    invite.refresh_from_db()
    assert (second, invite.check_password(PASSWORD)) == (410, True)


@pytest.mark.parametrize(
    ("after", "status"), [(timedelta(days=3, minutes=-1), 302), (timedelta(days=3, minutes=1), 410)]
)
def test_the_link_lives_three_days(invite: User, after: timedelta, status: int) -> None:
    link = link_of()

    with time_machine.travel(timezone.localtime() + after, tick=False):
        assert accept(link) == status


@pytest.mark.parametrize("link", ["/me/invitation/1/x/", "/me/invitation/zz/c1-22/", "/me/invitation/-/-/"])
def test_a_broken_link_gets_a_page_that_says_what_to_do(client: Client, db: None, link: str) -> None:
    response = client.get(link)

    assert response.status_code == 410
    assert "Попросите того, кто вас пригласил, прислать приглашение ещё раз." in response.content.decode()


def test_a_link_of_one_person_opens_nobody_else(invite: User, editor: User) -> None:
    token = link_of().rstrip("/").rpartition("/")[2]
    other = make_user("other")
    other.set_unusable_password()
    other.save()

    assert accept(reverse("people:invitation_accept", args=[int_to_base36(other.pk), token])) == 410


@pytest.mark.parametrize(
    ("password", "again"), [("short", "short"), (PASSWORD, "not the same"), ("новикова анна", "новикова анна")]
)
def test_a_weak_or_mistyped_password_is_refused(invite: User, password: str, again: str) -> None:
    status = accept(link_of(), password, again)

    invite.refresh_from_db()
    assert (status, invite.has_usable_password()) == (200, False)


def test_a_new_invitation_ends_the_earlier_link(
    client: Client, invite: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    earlier = link_of()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:user_invite_again", args=[invite.pk]))

    assert (len(mail.outbox), accept(earlier), accept(link_of())) == (2, 410, 302)


def test_who_has_a_password_is_not_invited_again(client: Client, administrator: User, editor: User) -> None:
    client.force_login(administrator)

    client.post(reverse("people:user_invite_again", args=[editor.pk]))

    editor.refresh_from_db()
    assert (editor.has_usable_password(), Letter.objects.count()) == (True, 0)


def test_a_person_switched_off_cannot_use_the_link(invite: User) -> None:
    invite.is_active = False
    invite.save()

    assert accept(link_of()) == 410


def test_a_known_person_gets_the_role_and_a_short_letter(
    client: Client,
    administrator: User,
    chilino_editor: User,
    form: dict[str, object],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.force_login(administrator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("people:user_invite"), {**form, "email": "CHILINO_editor@example.org"})

    roles = set(chilino_editor.memberships.values_list("role", "organization__slug"))
    assert roles == {("editor", "chilino"), ("editor", "urtam")}
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["chilino_editor@example.org"], "У вас новая роль в «Глашатае»")
    ]
    chilino_editor.refresh_from_db()
    assert (chilino_editor.last_name, chilino_editor.has_usable_password()) == ("Chilino_editor", True)


def test_a_person_switched_off_is_not_invited(
    client: Client, administrator: User, editor: User, form: dict[str, object]
) -> None:
    editor.is_active = False
    editor.save()
    client.force_login(administrator)

    response = client.post(reverse("people:user_invite"), {**form, "email": "editor@example.org"})

    assert response.context["form"].errors["email"] == ["Этот человек отключён. Сначала включите его."]


def test_nobody_is_invited_into_a_body_out_of_reach(
    client: Client, administrator: User, form: dict[str, object], other_district: Organization
) -> None:
    client.force_login(administrator)

    response = client.post(reverse("people:user_invite"), {**form, "organization": other_district.pk})

    assert "organization" in response.context["form"].errors
    assert not User.objects.filter(email="novikova@example.org").exists()


def test_an_invitation_is_in_the_log_under_its_body(invite: User, administrator: User, urtam: Organization) -> None:
    entries = AuditEntry.objects.filter(actor=administrator).order_by("pk")

    told = [(entry.content_type.model, entry.action, entry.organization) for entry in entries]
    assert told == [("user", 0, urtam), ("membership", 0, urtam)]
    assert entries[0].changes["email"] == [None, "novikova@example.org"]


def test_the_first_password_is_in_the_log_without_itself(invite: User) -> None:
    accept(link_of())

    entry = AuditEntry.objects.latest("pk")
    assert (entry.changes, entry.actor) == ({"password": ["", "•••"]}, invite)


def test_a_login_is_taken_from_the_e_mail_and_numbered(db: None) -> None:
    first = free_login("ivanova@example.org")
    make_user("Ivanova")
    make_user("ivanova2")

    assert (first, free_login("ivanova@elsewhere.example")) == ("ivanova", "ivanova3")
