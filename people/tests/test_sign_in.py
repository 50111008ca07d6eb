"""Sign-in by login or e-mail, throttled; one answer for whatever is wrong."""

import pytest
from django.test import Client
from django.urls import reverse

from people.adapter import TOO_MANY, WRONG
from people.models import User

PASSWORD = "a good long password"


def try_login(client: Client, login: str, password: str = PASSWORD) -> list[str]:
    """The errors of the form; none when the person is in."""
    response = client.post(reverse("account_login"), {"login": login, "password": password})
    return [] if response.status_code == 302 else [str(error) for error in response.context["form"].non_field_errors()]


@pytest.mark.parametrize("login", ["editor", "EDITOR", "editor@example.org", "Editor@Example.ORG"])
def test_login_and_e_mail_both_fit_in_any_case(client: Client, editor: User, login: str) -> None:
    response = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})

    assert (response.status_code, response.headers["Location"]) == (302, "/today/")
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_after_sign_in_the_person_is_where_they_wanted(client: Client, editor: User) -> None:
    wanted = client.get("/journal/").headers["Location"]

    response = client.post(wanted, {"login": "editor", "password": PASSWORD, "next": "/journal/"})

    assert (wanted, response.headers["Location"]) == ("/me/login/?next=/journal/", "/journal/")


def test_sign_in_never_leads_to_another_site(client: Client, editor: User) -> None:
    data = {"login": "editor", "password": PASSWORD, "next": "https://evil.example/"}

    response = client.post(reverse("account_login"), data)

    assert response.headers["Location"] == "/today/"


@pytest.mark.parametrize("login", ["editor", "no-such-person", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_sentence(client: Client, editor: User, login: str) -> None:
    assert try_login(client, login, "wrong") == [str(WRONG)]


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client: Client, editor: User) -> None:
    tries = [try_login(client, "editor", f"wrong {n}") for n in range(5)]

    sixth = try_login(client, "editor")

    assert (tries, sixth) == ([[str(WRONG)]] * 5, [str(TOO_MANY)])
    assert "_auth_user_id" not in client.session


def test_another_person_behind_the_same_address_still_gets_in(
    client: Client, editor: User, chilino_editor: User
) -> None:
    for n in range(6):
        try_login(client, "editor", f"wrong {n}")

    assert try_login(client, "chilino_editor") == []


def test_the_e_mail_is_no_way_round_the_pause_of_the_login(client: Client, editor: User) -> None:
    for n in range(5):
        try_login(client, "editor@example.org", f"wrong {n}")

    assert try_login(client, "editor@example.org") == [str(TOO_MANY)]


def test_one_address_cannot_try_many_names(client: Client, editor: User) -> None:
    for n in range(20):
        try_login(client, f"name-{n}", "wrong")

    assert try_login(client, "editor") == [str(TOO_MANY)]


def test_right_passwords_are_not_counted(client: Client, editor: User) -> None:
    answers = [try_login(Client(), "editor") for _ in range(7)]

    assert answers == [[]] * 7


def test_a_person_switched_off_gets_no_session(client: Client, editor: User) -> None:
    editor.is_active = False
    editor.save()

    try_login(client, "editor")

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert [client.get(f"/me/{page}/").status_code for page in ("signup", "email", "password/set")] == [404, 404, 404]


def test_signing_out_leads_to_the_public_registry(client: Client, editor: User) -> None:
    client.force_login(editor)

    response = client.post(reverse("account_logout"))

    assert (response.headers["Location"], "_auth_user_id" in client.session) == ("/", False)
