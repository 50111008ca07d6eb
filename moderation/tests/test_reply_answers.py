"""What the author of a reply says to its reviewer: to each remark, and to a correction."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from moderation.models import Message, Reply, ReplyAcknowledgement, ReplyRemark, ReplyRemarkAnswer, ReplyStatus
from moderation.replies import answering, path
from moderation.tests.replying import NOW, ask, reply_to
from people.http import TooLate
from people.models import Notice, User
from registry.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="100")
    urtam_vk.refresh_from_db()
    return ask(urtam_vk, NOW, editor)


@pytest.fixture
def corrected(message: Message, editor: User, coordinator: User) -> Reply:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    path.correct(reply, "Мост починят.", revision=1, thread=reply.thread_seen, by=coordinator)
    return reply


@pytest.fixture
def returned(message: Message, editor: User, coordinator: User) -> Reply:
    return reply_to(message, ReplyStatus.RETURNED, author=editor, reviewer=coordinator)


def page(client: Client, user: User, message: Message) -> str:
    client.force_login(user)
    return client.get(reverse("moderation:message_detail", args=[message.pk])).content.decode()


def test_the_author_says_that_a_correction_is_understood(client: Client, corrected: Reply, editor: User) -> None:
    client.force_login(editor)

    client.post(reverse("moderation:reply_acknowledge", args=[corrected.message_id]))

    answer = ReplyAcknowledgement.objects.get()
    assert (answer.objects_to_it, answer.made_by) == (False, editor)
    assert "Принято: " in page(client, editor, corrected.message)


def test_an_objection_goes_to_whoever_corrected(
    client: Client, corrected: Reply, editor: User, coordinator: User
) -> None:
    client.force_login(editor)

    words = {"objects": "1", "objection": "Срок назван прорабом"}
    client.post(reverse("moderation:reply_acknowledge", args=[corrected.message_id]), words)

    notice = Notice.objects.get(user=coordinator, kind="reply_objected")
    assert (notice.text, notice.url) == (
        "Срок назван прорабом",
        reverse("moderation:reply_detail", args=[corrected.pk]),
    )
    assert [row.reply for row in answering.waiting_for(coordinator).objections] == [corrected]


def test_an_objection_without_words_stays_open(client: Client, corrected: Reply, editor: User) -> None:
    client.force_login(editor)

    told = client.post(reverse("moderation:reply_acknowledge", args=[corrected.message_id]), {"objects": "1"})

    assert "Напишите, что не так" in told.content.decode()
    assert not ReplyAcknowledgement.objects.exists()


def test_who_did_not_write_the_reply_answers_for_nobody(corrected: Reply, coordinator: User, moderator: User) -> None:
    step = corrected.reviews.get(move="correct")

    for stranger in (coordinator, moderator):
        with pytest.raises(PermissionDenied):
            answering.acknowledge(step, by=stranger)


def test_a_correction_is_answered_once(corrected: Reply, editor: User) -> None:
    step = corrected.reviews.get(move="correct")
    answering.acknowledge(step, by=editor)

    answering.acknowledge(step, by=editor)
    with pytest.raises(TooLate):
        answering.acknowledge(step, by=editor, objection="Нет")


def test_corrections_wait_on_today_until_they_are_answered(client: Client, corrected: Reply, editor: User) -> None:
    client.force_login(editor)
    today = reverse("compliance:today")
    before = client.get(today).content.decode()

    answering.acknowledge(corrected.reviews.get(move="correct"), by=editor)

    number = f"сообщение № {corrected.message_id}"
    assert (number in before, number in client.get(today).content.decode()) == (True, False)


def test_a_returned_reply_goes_on_when_every_remark_is_answered(client: Client, returned: Reply, editor: User) -> None:
    client.force_login(editor)
    address, remark = reverse("moderation:reply_save", args=[returned.message_id]), ReplyRemark.objects.get()
    text = {"text": "Мост починят.", "submit": "1", "confirm": "on"}

    told = client.post(address, {**text, "revision": 1}).content.decode()
    assert "Сначала ответьте на каждое замечание" in told
    client.post(address, {**text, "revision": 2, f"answer_{remark.pk}": "done"})

    assert (Reply.objects.get().status, ReplyRemarkAnswer.objects.get().body) == (ReplyStatus.SUBMITTED, "")


def test_done_without_a_change_is_asked_about(returned: Reply, editor: User) -> None:
    remark = ReplyRemark.objects.get()
    answering.answer_remarks(returned, {remark.pk: ""}, by=editor)

    with pytest.raises(ValidationError):
        path.submit(returned, revision=1, by=editor)
    answering.answer_remarks(returned, {remark.pk: "Короче нельзя: спросили о трёх улицах"}, by=editor)
    path.submit(returned, revision=1, by=editor)

    assert Reply.objects.get().status == ReplyStatus.SUBMITTED


def test_the_reviewer_reads_what_the_author_answered(
    client: Client, returned: Reply, editor: User, coordinator: User
) -> None:
    answering.answer_remarks(returned, {ReplyRemark.objects.get().pk: "Короче нельзя"}, by=editor)
    path.submit(returned, revision=1, by=editor)
    client.force_login(coordinator)

    said = client.get(reverse("moderation:reply_detail", args=[returned.pk])).content.decode()

    assert "Короче нельзя" in said


def test_remarks_typed_too_late_are_not_lost(
    client: Client, message: Message, editor: User, coordinator: User, deputy: User
) -> None:
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=deputy)
    client.force_login(coordinator)

    words = {"revision": 1, "remark_1": "Назовите улицу"}
    told = client.post(reverse("moderation:reply_return", args=[reply.pk]), words)

    assert "Назовите улицу" in told.content.decode()
