"""A person says that they wrote a message: the mark answers, nobody can try numbers, everybody sees who asked."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from moderation.inbox import actions, authors
from moderation.models import AuthorCheck, Message
from moderation.tests.replying import NOW, ask
from people.models import User
from registry.models import Account


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    return ask(urtam_vk, NOW, editor, author_name="Анна Петрова", author_id="https://vk.com/id7234567890")


@pytest.fixture
def page(message: Message) -> str:
    return f"/messages/{message.pk}/author/"


def claim(client: Client, page: str, number: str) -> str:
    return client.post(page, {"number": number, "reason": "Возражает"}, follow=True).content.decode()


@pytest.mark.parametrize(
    "number", ["id7234567890", "7234567890", " ID7234567890 ", "@id7234567890", "vk.com/id7234567890?from=feed"]
)
def test_whoever_names_the_profile_in_any_form_is_recognised(message: Message, number: str) -> None:
    assert authors.is_author(message, number) is True


@pytest.mark.parametrize("number", ["id1234", "id72345678906", "", "id", "https://vk.com/", "Анна Петрова"])
def test_whoever_names_another_is_not(message: Message, number: str) -> None:
    assert authors.is_author(message, number) is False


def test_a_claim_is_answered_and_noted_without_the_number(
    client: Client, editor: User, message: Message, page: str
) -> None:
    client.force_login(editor)

    wrong, right = claim(client, page, "id54321"), claim(client, page, "id7234567890")

    assert ("не совпало" in wrong.lower(), "совпало: сообщение" in right.lower()) == (True, True)
    assert list(AuthorCheck.objects.values_list("matches", "made_by")) == [(False, editor.pk), (True, editor.pk)]
    assert "7234567890" not in str(list(AuthorCheck.objects.values("reason", "matches")))


def test_numbers_cannot_be_tried_one_by_one(client: Client, editor: User, message: Message, page: str) -> None:
    client.force_login(editor)
    for number in range(authors.MOST_CHECKS):
        claim(client, page, f"id{number}")

    said = claim(client, page, "id7234567890")

    assert (AuthorCheck.objects.filter(matches=True).count(), 'value="id7234567890"' in said) == (0, True)
    with time_machine.travel(timezone.now() + authors.CHECKS_WITHIN + timedelta(minutes=1), tick=False):
        assert authors.check(message, "id7234567890", reason="Возражает", by=editor).matches is True


def test_people_of_another_body_check_nothing(client: Client, outsider: User, message: Message, page: str) -> None:
    client.force_login(outsider)

    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)


def test_without_the_number_of_its_author_there_is_nothing_to_check(
    client: Client, urtam_vk: Account, editor: User
) -> None:
    other = ask(urtam_vk, NOW, editor, external_id="78", author_name="Анна")
    client.force_login(editor)

    answer = client.post(f"/messages/{other.pk}/author/", {"number": "id5", "reason": "Возражает"})

    assert (answer.status_code, AuthorCheck.objects.count(), "<textarea" in answer.content.decode()) == (200, 0, False)


def test_what_was_checked_is_never_rewritten(message: Message, editor: User) -> None:
    row = authors.check(message, "id5", reason="Возражает", by=editor)

    with pytest.raises(DatabaseError), transaction.atomic():
        AuthorCheck.objects.filter(pk=row.pk).update(matches=True)


def test_after_the_term_no_table_holds_the_author_and_the_claim_is_still_answered(
    message: Message, editor: User
) -> None:
    actions.assign(message, to=editor, by=editor)
    actions.close(message, reason="Благодарность", by=editor)

    assert authors.name_of(message) == "Анна Петрова"

    authors.forget(timezone.now() + timedelta(days=5000))

    left = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # a name the database has just told
            left += [table for row in cursor.fetchall() if "Петрова" in str(row) or "7234567890" in str(row)]
    message = Message.objects.get()
    assert (left, message.author, authors.name_of(message)) == ([], "", "")
    assert authors.is_author(message, "id7234567890") is True
