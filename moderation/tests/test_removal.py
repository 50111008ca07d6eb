"""A message that breaks cl. 7 goes from the inbox into the journal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import make_user
from moderation import second
from moderation.models import Decision, Ground, Message, PendingDecision, State
from moderation.tests.replying import ask
from people.models import Organization, User
from people.roles import Role
from registry.models import Account

pytestmark = pytest.mark.django_db
WORDS = "Заработок без вложений, пишите на 8 913 123-45-67"


@pytest.fixture
def message(urtam_vk: Account, editor: User, grounds: dict[str, Ground]) -> Message:
    return ask(urtam_vk, timezone.now() - timedelta(minutes=5), editor, text=WORDS)


def enter(client: Client, message: Message, **more: object) -> None:
    address = f"{reverse('moderation:decision_create')}?message={message.pk}"
    shown = client.get(address).context["form"].initial
    given = {name: shown[name] for name in ("account", "kind", "text", "measure")}
    ground = Ground.objects.get(slug="spam").pk
    seen = timezone.localtime(message.received_at).strftime("%Y-%m-%dT%H:%M")
    client.post(
        address, {**given, "seen_at": seen, "ground": ground, "message": message.pk, "is_criticism": "no", **more}
    )


def test_the_form_begins_with_the_message_and_hides_its_telephones(
    client: Client, message: Message, editor: User
) -> None:
    client.force_login(editor)

    page = client.get(reverse("moderation:decision_create"), {"message": message.pk}).content.decode()

    assert ("Заработок без вложений" in page, "123-45-67" in page) == (True, False)


def test_the_decision_keeps_the_words_as_they_were_and_closes_the_message(
    client: Client, message: Message, editor: User
) -> None:
    client.force_login(editor)

    enter(client, message)

    decision = Decision.objects.get()
    message.refresh_from_db()
    assert (decision.text, message.state, message.decision) == (WORDS, State.CLOSED, decision)


@pytest.mark.parametrize(("confirmed", "state"), [(True, State.CLOSED), (False, State.NEW)])
def test_a_removal_of_criticism_waits_for_the_second_person(
    client: Client, message: Message, editor: User, deputy: User, confirmed: bool, state: str
) -> None:
    client.force_login(editor)
    enter(client, message, is_criticism="yes")
    message.refresh_from_db()
    assert message.state == State.PAUSED

    pending = PendingDecision.objects.get()
    if confirmed:
        second.confirm(pending, by=deputy)
    else:
        second.refuse(pending, "Это критика, а не реклама", by=deputy)

    message.refresh_from_db()
    assert message.state == state


def test_nobody_removes_a_message_of_another_body(client: Client, message: Message, chilino: Organization) -> None:
    client.force_login(make_user("stranger", Role.EDITOR, chilino))

    told = client.get(reverse("moderation:decision_create"), {"message": message.pk})

    assert told.status_code == 404


def test_what_is_removed_already_is_not_removed_again(client: Client, message: Message, editor: User) -> None:
    client.force_login(editor)
    enter(client, message)
    words = {"account": message.account_id, "kind": "comment", "text": "Ещё раз", "measure": "removed"}
    seen = timezone.localtime(message.received_at).strftime("%Y-%m-%dT%H:%M")
    again = {**words, "seen_at": seen, "ground": Ground.objects.get(slug="spam").pk}
    address = f"{reverse('moderation:decision_create')}?message={message.pk}"

    told = client.post(address, {**again, "is_criticism": "no"}, follow=True)

    assert f"Уже удалено: решение {Decision.objects.get().label}" in told.content.decode()


def test_a_removal_that_waits_for_a_second_person_is_not_proposed_again(
    client: Client, message: Message, editor: User
) -> None:
    client.force_login(editor)
    enter(client, message, is_criticism="yes")

    told = client.get(reverse("moderation:decision_create"), {"message": message.pk}, follow=True)

    assert "Его удаление уже рассматривает второй человек" in told.content.decode()


def test_a_double_click_is_one_removal_and_no_complaint(client: Client, message: Message, editor: User) -> None:
    client.force_login(editor)
    key = "6d8b9a2e-7d1f-4a6b-9a55-0d4c3f1f7c11"
    words = {"account": message.account_id, "kind": "comment", "text": WORDS, "measure": "removed"}
    seen = timezone.localtime(message.received_at).strftime("%Y-%m-%dT%H:%M")
    sent = {**words, "seen_at": seen, "ground": Ground.objects.get(slug="spam").pk, "is_criticism": "no"}
    address = f"{reverse('moderation:decision_create')}?message={message.pk}"

    first, second = (client.post(address, {**sent, "entry_key": key}) for _ in range(2))

    assert (first.url, Decision.objects.count()) == (second.url, 1)  # type: ignore[attr-defined] # redirects
