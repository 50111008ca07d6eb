"""The browser keeps a text until the server says that it has it (review/taken.py, static/js/kept-text.js)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation.models import Message, ReplyStatus
from moderation.tests.replying import LINK, TEXT, ask, reply_to
from people.models import User
from registry.models import Account
from review.taken import SAVED_COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="100")
    urtam_vk.refresh_from_db()
    return ask(urtam_vk, timezone.now() - timedelta(minutes=5), editor)


def told(client: Client, user: User, name: str, pk: int, **data: object) -> str:
    """The key under which the browser is told to forget, or nothing."""
    client.force_login(user)
    answer = client.post(reverse(f"moderation:{name}", args=[pk]), data)
    return answer.cookies[SAVED_COOKIE].value if SAVED_COOKIE in answer.cookies else ""


@pytest.mark.parametrize("button", [{}, {"submit": 1}])
def test_a_reply_that_is_saved_is_forgotten_by_the_browser(
    button: dict[str, object], client: Client, message: Message, editor: User
) -> None:
    key = told(client, editor, "reply_save", message.pk, text=TEXT, revision=0, **button)

    assert key == f"{editor.pk}-reply-{message.pk}"


def test_a_reply_that_was_not_taken_stays_in_the_browser(
    client: Client, message: Message, editor: User, coordinator: User
) -> None:
    reply_to(message, ReplyStatus.DRAFT, author=coordinator)

    assert told(client, editor, "reply_save", message.pk, text=TEXT, revision=0) == ""


def test_a_reply_that_is_out_is_forgotten_by_the_browser(
    client: Client, message: Message, editor: User, coordinator: User
) -> None:
    reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    assert told(client, editor, "reply_send", message.pk, link=LINK, revision=1, thread=message.pk) != ""


@pytest.mark.parametrize(
    ("name", "form", "data"),
    [
        ("reply_correct", "correct", {"text": "Мост откроют."}),
        ("reply_return", "return", {"remark_1": "Короче"}),
    ],
)
def test_what_a_reviewer_typed_is_forgotten_by_the_browser(
    name: str, form: str, data: dict[str, object], client: Client, message: Message, editor: User, coordinator: User
) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)

    key = told(client, coordinator, name, reply.pk, revision=1, thread=message.pk, **data)

    assert key == f"{coordinator.pk}-reply-{message.pk}-{form}"
