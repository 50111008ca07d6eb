"""One reply to a whole case, and a reply whose conversation goes on without it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from moderation.inbox import actions as inbox
from moderation.models import Message, Reply, ReplyStatus, State
from moderation.replies import path, sending, wordings
from moderation.tests.replying import LINK, NOW, TEXT, ask, reply_to
from people.http import TooLate
from people.models import Notice, Organization, User
from registry.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="100")
    urtam_vk.refresh_from_db()
    return ask(urtam_vk, NOW, editor)


def case_of_two(account: Account, message: Message, editor: User) -> tuple[Message, Message]:
    other = ask(account, NOW, editor, external_id="78", text="А мост-то когда?")
    inbox.merge([message, other], title="Мост", by=editor)
    return Message.objects.get(pk=message.pk), Message.objects.get(pk=other.pk)


def test_each_message_of_a_case_knows_which_reply_answered_it_and_where(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    message, other = case_of_two(urtam_vk, message, editor)
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)
    own = "https://vk.com/wall-100_5?reply=10"

    links, seen = {other.pk: own}, reply.thread_seen
    sending.send(reply, link=LINK, revision=1, thread=seen, by=editor, with_case=True, links=links)

    steps = [step.reason for one in (message, other) for step in one.steps.filter(step="answer", reply=reply)]
    assert steps == [LINK, own]


def test_a_message_of_the_case_can_be_left_out_of_the_reply(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    message, other = case_of_two(urtam_vk, message, editor)
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=editor, with_case=False)

    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {message.pk: State.ANSWERED, other.pk: State.NEW}


def test_an_interim_reply_to_a_case_owes_the_final_one_to_each(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    message, _other = case_of_two(urtam_vk, message, editor)
    with time_machine.travel(NOW, tick=False):
        reply = wordings.begin(message, TEXT, is_interim=True, by=editor)
        path.submit(reply, revision=1, by=editor)
        path.approve(reply, revision=1, thread=reply.thread_seen, by=coordinator)
        sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=editor, with_case=True)

    terms = Message.objects.values_list("state", "due_at")
    assert set(terms) == {(State.ASSIGNED, datetime(2026, 12, 3, 11, 0, tzinfo=UTC))}


def test_the_link_under_another_message_of_the_case_leads_to_its_page(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    message, other = case_of_two(urtam_vk, message, editor)
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)
    elsewhere = {other.pk: "https://vk.com/wall-999_5?reply=10"}

    seen = reply.thread_seen
    with pytest.raises(ValidationError) as error:
        sending.send(reply, link=LINK, revision=1, thread=seen, by=editor, with_case=True, links=elsewhere)

    assert list(error.value.message_dict) == [f"link_{other.pk}"]
    assert Reply.objects.get().status == ReplyStatus.APPROVED


def told_stale(user: User) -> int:
    return Notice.objects.filter(user=user, kind="reply_stale").count()


@pytest.mark.parametrize(
    ("status", "told"), [("draft", (1, 0)), ("submitted", (1, 1)), ("approved", (1, 1)), ("sent", (0, 0))]
)
def test_author_and_approver_are_told_that_the_conversation_went_on(
    urtam_vk: Account, message: Message, editor: User, moderator: User, coordinator: User, status: str, told: object
) -> None:
    Message.objects.update(thread="t")
    message.refresh_from_db()
    reply_to(message, ReplyStatus(status), author=editor, reviewer=coordinator)

    ask(urtam_vk, NOW + timedelta(hours=1), moderator, external_id="78", thread="t", text="Уже починили!")

    assert (told_stale(editor), told_stale(coordinator)) == told


def test_a_case_that_grows_makes_the_reply_stale(
    urtam_vk: Account, message: Message, editor: User, moderator: User, coordinator: User
) -> None:
    message, _other = case_of_two(urtam_vk, message, editor)
    reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)
    third = ask(urtam_vk, NOW, editor, external_id="79", text="И объезд закрыт!")

    inbox.merge([Message.objects.select_related("case").get(pk=message.pk), third], title="", by=moderator)

    assert (Reply.objects.get().newer, told_stale(editor)) == ([third], 1)


def test_an_older_message_that_joins_the_case_makes_the_reply_stale(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    older = ask(urtam_vk, NOW - timedelta(days=3), editor, external_id="70", text="Мост закрыт, как в школу?")
    late = ask(urtam_vk, NOW, editor, external_id="79", text="Объезд размыло")
    reply = reply_to(late, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)
    assert reply.is_stale is False

    inbox.merge([late, older], title="Мост", by=editor)

    reply = Reply.objects.get()
    assert (reply.newer, Reply.objects.stale().count()) == ([older], 1)
    with pytest.raises(TooLate):
        sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=editor, with_case=True)


def test_a_reply_is_asked_to_read_the_whole_case_its_message_joins(
    urtam_vk: Account, message: Message, editor: User
) -> None:
    case_of_two(urtam_vk, message, editor)
    late = ask(urtam_vk, NOW, editor, external_id="79", text="Объезд размыло")
    reply_to(late, ReplyStatus.DRAFT, author=editor)

    inbox.merge([Message.objects.get(pk=message.pk), late], title="", by=editor)

    reply = Reply.objects.get()
    assert ([row.external_id for row in reply.newer], Reply.objects.stale().count()) == (["77", "78"], 1)


def test_older_words_of_the_conversation_brought_late_do_not_make_the_reply_stale(
    urtam_vk: Account, message: Message, editor: User
) -> None:
    Message.objects.update(thread="t")
    message.refresh_from_db()
    reply_to(message, ReplyStatus.DRAFT, author=editor)

    ask(urtam_vk, NOW - timedelta(hours=1), editor, external_id="70", thread="t", text="Мост закрыт?")

    assert (Reply.objects.get().is_stale, Reply.objects.stale().count()) == (False, 0)


def test_words_handed_over_to_another_body_are_shown_to_nobody_of_this_one(
    urtam_vk: Account, message: Message, editor: User, chilino: Organization
) -> None:
    Message.objects.update(thread="t")
    message.refresh_from_db()
    reply_to(message, ReplyStatus.DRAFT, author=editor)
    newer = ask(urtam_vk, NOW + timedelta(hours=1), editor, external_id="78", thread="t", text="А в Чилине?")
    assert Reply.objects.get().newer == [newer]

    inbox.forward(newer, to=chilino, note="Это их дорога", by=editor)

    assert (Reply.objects.get().newer, Reply.objects.stale().count()) == ([], 0)


def test_a_message_taken_out_of_the_case_leaves_the_reply_as_it_was(
    urtam_vk: Account, message: Message, editor: User
) -> None:
    message, other = case_of_two(urtam_vk, message, editor)
    reply_to(message, ReplyStatus.DRAFT, author=editor)

    inbox.part(other, by=editor)

    assert Reply.objects.get().is_stale is False


def test_a_stale_reply_comes_out_only_when_the_new_message_was_read(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    Message.objects.update(thread="t")
    message.refresh_from_db()
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)
    newer = ask(urtam_vk, NOW + timedelta(hours=1), editor, external_id="78", thread="t", text="Уже починили!")

    with pytest.raises(TooLate):
        sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=editor)
    sending.send(reply, link=LINK, revision=1, thread=newer.came, by=editor)

    assert Reply.objects.get().status == ReplyStatus.SENT


def test_what_the_approver_read_is_not_asked_of_the_author_again(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    Message.objects.update(thread="t")
    message.refresh_from_db()
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    newer = ask(urtam_vk, NOW + timedelta(hours=1), editor, external_id="78", thread="t", text="И объезд!")

    path.approve(reply, revision=1, thread=newer.came, by=coordinator)

    assert Reply.objects.get().is_stale is False


def test_who_writes_a_reply_is_told_when_the_message_is_closed(message: Message, editor: User, moderator: User) -> None:
    reply_to(message, ReplyStatus.DRAFT, author=editor)

    inbox.close(Message.objects.get(), reason="Благодарность", by=moderator)

    assert Notice.objects.filter(user=editor, kind="reply_needless").count() == 1


def test_the_page_of_a_case_offers_what_can_be_done_with_its_open_messages(
    client: Client, urtam_vk: Account, message: Message, editor: User
) -> None:
    message, _other = case_of_two(urtam_vk, message, editor)
    client.force_login(editor)

    page = client.get(reverse("moderation:case_detail", args=[message.case_id])).content.decode()

    assert ('id="bulk"' in page, "ждёт ответа" in page) == (True, True)
