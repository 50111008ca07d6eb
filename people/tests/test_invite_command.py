"""The first administrator of a new portal comes by a command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import Letter, Organization, User


def invite(*words: str) -> str:
    said = StringIO()
    call_command("invite", *words, stdout=said)
    return said.getvalue()


def test_the_first_person_is_the_administrator_of_the_whole_tree(urtam: Organization, district: Organization) -> None:
    invite("anna@example.org")

    membership = User.objects.get(email="anna@example.org").memberships.get()
    assert (membership.role, membership.organization) == ("administrator", district)


def test_the_printed_link_leads_to_the_first_password(client: Client, district: Organization) -> None:
    link = invite("anna@example.org").split()[-1]

    assert client.get(link).status_code == 200
    assert Letter.objects.count() == 1


def test_somebody_known_gets_the_role_and_no_link(editor: User, district: Organization) -> None:
    said = invite(editor.email, "--role", "coordinator", "--organization", "kozhevnikovo")

    assert "http" not in said
    assert set(editor.memberships.values_list("role", flat=True)) == {"editor", "coordinator"}


@pytest.mark.parametrize("words", [("anna",), ("anna@example.org", "--organization", "nowhere")])
def test_a_slip_of_the_pen_changes_nothing(district: Organization, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        invite(*words)

    assert User.objects.count() == 0


def test_the_same_role_twice_is_refused(editor: User, urtam: Organization) -> None:
    with pytest.raises(CommandError):
        invite(editor.email, "--role", "editor", "--organization", "urtam")
