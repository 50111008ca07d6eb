"""The path of a reply: every state by every move, four eyes, one wording at a time (procedure, cl. 2.3)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from moderation.inbox import actions as inbox
from moderation.models import Message, Reply, ReplyMove, ReplyRemark, ReplyReview, ReplyStatus, State
from moderation.models.replies import TRANSITIONS
from moderation.replies import answering, path, sending, wordings
from moderation.tests.replying import LINK, TEXT, ask, reply_to
from people.http import TooLate
from people.models import Notice, User
from registry.models import Account

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 in Tomsk
pytestmark = pytest.mark.django_db


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    urtam_vk.external_id = "100"
    urtam_vk.save()
    return ask(urtam_vk, NOW, editor)


def do(move: ReplyMove, reply: Reply, *, author: User, reviewer: User) -> None:
    if move == ReplyMove.SUBMIT and reply.is_returned:
        mend(reply, author)
    n, thread = reply.revision, reply.thread_seen
    moves: dict[ReplyMove, Callable[[], object]] = {
        ReplyMove.SUBMIT: lambda: path.submit(reply, revision=n, by=author),
        ReplyMove.WITHDRAW: lambda: path.withdraw(reply, revision=n, by=author),
        ReplyMove.APPROVE: lambda: path.approve(reply, revision=n, thread=thread, by=reviewer),
        ReplyMove.CORRECT: lambda: path.correct(reply, "Мост починят.", revision=n, thread=thread, by=reviewer),
        ReplyMove.RETURN: lambda: path.return_for_changes(
            reply, revision=n, remarks=[ReplyRemark(body="Короче")], by=reviewer
        ),
        ReplyMove.UNDO: lambda: path.undo(reply, by=reviewer),
        ReplyMove.REOPEN: lambda: path.move(
            reply, ReplyMove.REOPEN, seen=n, by=author, approved_by=None, submitted_by=author
        ),
        ReplyMove.SEND: lambda: sending.send(reply, link=LINK, revision=n, thread=thread, by=author),
    }
    moves[move]()


def mend(reply: Reply, author: User) -> None:
    """Another wording, and every remark answered."""
    wordings.write(reply, "Мост починят.", is_interim=False, revision=reply.revision, by=author)
    answering.answer_remarks(reply, dict.fromkeys(ReplyRemark.objects.values_list("pk", flat=True), ""), by=author)


@pytest.mark.parametrize("move", ReplyMove)
@pytest.mark.parametrize("status", ReplyStatus)
def test_every_state_by_every_move(
    message: Message, editor: User, coordinator: User, status: ReplyStatus, move: ReplyMove
) -> None:
    reply = reply_to(message, status, author=editor, reviewer=coordinator)
    # A press that arrives twice is the same press: not what is asked here.
    again = {(ReplyStatus.APPROVED, ReplyMove.APPROVE), (ReplyStatus.SUBMITTED, ReplyMove.SUBMIT)}
    again |= {(ReplyStatus.RETURNED, ReplyMove.RETURN), (ReplyStatus.SENT, ReplyMove.SEND)}

    if status in TRANSITIONS[move].starts:
        do(move, reply, author=editor, reviewer=coordinator)
        assert Reply.objects.get().status == TRANSITIONS[move].end
    elif (status, move) in again:
        do(move, reply, author=editor, reviewer=coordinator)
        assert Reply.objects.get().status == status
    else:
        with pytest.raises(TooLate):
            do(move, reply, author=editor, reviewer=coordinator)
        assert Reply.objects.get().status == status


def test_who_begins_to_write_takes_the_message(message: Message, editor: User) -> None:
    wordings.begin(message, TEXT, is_interim=False, by=editor)

    message.refresh_from_db()
    assert (message.state, message.assigned_to) == (State.ASSIGNED, editor)


def test_a_sent_reply_answers_the_message_and_says_whether_it_was_in_time(
    message: Message, editor: User, coordinator: User
) -> None:
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        reply = reply_to(message, ReplyStatus.SENT, author=editor, reviewer=coordinator)

    message.refresh_from_db()
    assert (message.state, reply.due_at, reply.was_late) == (State.ANSWERED, message.due_at, False)


def test_an_interim_reply_owes_the_final_one_in_seven_working_days(
    message: Message, editor: User, coordinator: User
) -> None:
    with time_machine.travel(NOW, tick=False):
        reply = wordings.begin(message, TEXT, is_interim=True, by=editor)
        path.submit(reply, revision=1, by=editor)
        path.approve(reply, revision=1, thread=reply.thread_seen, by=coordinator)
        sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=editor)

    message.refresh_from_db()
    # Thursday, the seventh working day after Tuesday the 24th, to its end at 18:00 in Tomsk.
    assert (message.state, message.due_at) == (State.ASSIGNED, datetime(2026, 12, 3, 11, 0, tzinfo=UTC))


def test_nobody_approves_a_text_they_have_touched(message: Message, coordinator: User, deputy: User) -> None:
    reply = reply_to(message, ReplyStatus.DRAFT, author=deputy)
    wordings.write(reply, "Ответ вдвоём.", is_interim=False, revision=1, by=coordinator)
    path.submit(reply, revision=2, by=deputy)

    with pytest.raises(PermissionDenied):
        path.approve(reply, revision=2, thread=reply.thread_seen, by=coordinator)


def test_the_database_refuses_an_author_as_approver(message: Message, editor: User) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(status=ReplyStatus.APPROVED, approved_by=editor, approved_revision=1)


def test_the_database_refuses_to_send_another_wording_than_the_approved(
    message: Message, editor: User, coordinator: User
) -> None:
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(text="Другое", revision=2)


def test_steps_are_only_added_to(message: Message, editor: User) -> None:
    reply_to(message, ReplyStatus.SUBMITTED, author=editor)

    with pytest.raises(DatabaseError), transaction.atomic():
        ReplyReview.objects.update(comment="иначе")


def test_an_edit_after_approval_awaits_approval_again(message: Message, editor: User, coordinator: User) -> None:
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    wordings.write(reply, "Другой ответ.", is_interim=False, revision=1, by=editor)

    reply = Reply.objects.get()
    assert (reply.status, reply.text, reply.approved_by) == (ReplyStatus.SUBMITTED, "Другой ответ.", None)


def test_a_newer_revision_is_not_approved_unseen(message: Message, editor: User, coordinator: User) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    path.withdraw(reply, revision=1, by=editor)
    wordings.write(reply, "Ещё раз.", is_interim=False, revision=1, by=editor)
    path.submit(reply, revision=2, by=editor)

    with pytest.raises(TooLate, match=r"изменили|changed"):
        path.approve(reply, revision=1, thread=reply.thread_seen, by=coordinator)


def test_a_newer_message_in_the_thread_makes_the_reply_stale(
    urtam_vk: Account, editor: User, coordinator: User, message: Message
) -> None:
    Message.objects.update(thread="t")
    message.refresh_from_db()
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    newer = ask(urtam_vk, NOW + timedelta(hours=1), editor, external_id="78", thread="t", text="Уже починили!")
    reply = Reply.objects.get()

    assert (reply.is_stale, reply.newer) == (True, [newer])
    with pytest.raises(TooLate):
        path.approve(reply, revision=1, thread=message.pk, by=coordinator)
    path.approve(reply, revision=1, thread=newer.came, by=coordinator)  # read, and still right


def test_a_correction_is_seen_and_can_be_taken_back(message: Message, editor: User, coordinator: User) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)

    path.correct(reply, "Мост починят.", revision=1, thread=reply.thread_seen, by=coordinator)
    assert (reply.text, reply.approved_revision) == ("Мост починят.", 2)
    path.undo(reply, by=coordinator)

    reply = Reply.objects.get()
    assert (reply.status, reply.text, reply.revision) == (ReplyStatus.SUBMITTED, TEXT, 3)
    assert not Notice.objects.filter(user=editor, kind="reply_corrected").exists()


def test_what_one_person_types_in_one_go_is_one_wording(message: Message, editor: User, moderator: User) -> None:
    reply = wordings.begin(message, "Здрав", is_interim=False, by=editor)
    wordings.write(reply, "Здравствуйте", is_interim=False, revision=1, by=editor)
    wordings.write(reply, "Здравствуйте, мост чинят.", is_interim=False, revision=2, by=moderator)

    kept = list(reply.revisions.values_list("text", "made_by"))
    assert kept == [("Здравствуйте", editor.pk), ("Здравствуйте, мост чинят.", moderator.pk)]


def test_two_who_write_at_once_do_not_overwrite_each_other(message: Message, editor: User, moderator: User) -> None:
    reply = wordings.begin(message, "Раз", is_interim=False, by=editor)
    other = Reply.objects.get()
    wordings.write(reply, "Раз два", is_interim=False, revision=1, by=editor)

    with pytest.raises(TooLate):
        wordings.write(other, "Три", is_interim=False, revision=1, by=moderator)
    with pytest.raises(TooLate):
        wordings.begin(message, "Четыре", is_interim=False, by=moderator)

    assert Reply.objects.get().text == "Раз два"


def test_nobody_decides_on_a_reply_to_a_closed_message(message: Message, editor: User, coordinator: User) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    inbox.close(message, reason="Благодарность", by=editor)

    with pytest.raises(TooLate):
        path.approve(reply, revision=1, thread=reply.thread_seen, by=coordinator)


def test_a_case_is_answered_by_one_reply(urtam_vk: Account, message: Message, editor: User, coordinator: User) -> None:
    other = ask(urtam_vk, NOW, editor, external_id="78")
    inbox.merge([message, other], title="Мост", by=editor)
    reply = reply_to(Message.objects.get(pk=message.pk), ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    sending.send(reply, link=LINK, revision=1, thread=reply.thread_seen, by=editor, with_case=True)

    assert set(Message.objects.values_list("state", flat=True)) == {State.ANSWERED}


@pytest.mark.parametrize(
    "link",
    ["", "https://ok.ru/group/1001/topic/5", "https://vk.com/wall-999_5?reply=9", "https://vk.com/durov", "мост"],
)
def test_the_link_of_a_reply_leads_to_the_page_it_was_asked_on(
    message: Message, editor: User, coordinator: User, link: str
) -> None:
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    with pytest.raises(ValidationError):
        sending.send(reply, link=link, revision=1, thread=reply.thread_seen, by=editor)
    assert Reply.objects.get().status == ReplyStatus.APPROVED


def test_past_the_approval_only_who_approves_marks_a_message_as_answered(
    message: Message, editor: User, coordinator: User
) -> None:
    with pytest.raises(PermissionDenied):
        inbox.answer(message, by=editor)

    inbox.answer(message, by=coordinator)
    assert Message.objects.get().state == State.ANSWERED
