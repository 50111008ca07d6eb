"""The path of a message: one door, one row for each step, one winner."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from moderation.inbox import actions
from moderation.inbox.intake import Arrival, receive
from moderation.models import Case, Message, MessageStep, Source, State, Step
from moderation.models.message_path import TRANSITIONS
from people.http import TooLate
from people.models import Organization, User
from registry.models import Account


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    return bring(urtam_vk, editor, "501")


def bring(account: Account, by: User, number: str, text: str = "Где фонари?") -> Message:
    arrival = Arrival(account, text, datetime(2026, 11, 24, 3, 0, tzinfo=UTC), external_id=number)
    [(message, _new)] = receive([arrival], by=by, source=Source.FORM)
    return message


def do(step: Step, message: Message, by: User) -> None:
    {
        Step.ASSIGN: lambda: actions.assign(message, to=by, by=by),
        Step.RELEASE: lambda: actions.release(message, by=by),
        Step.PAUSE: lambda: actions.pause(message, reason="Ждём ответа подрядчика", by=by),
        Step.RESUME: lambda: actions.resume(message, by=by),
        Step.INTERIM: lambda: actions.interim(message, due_at=None, by=by),
        Step.ANSWER: lambda: actions.answer(message, by=by, approved=True),
        Step.CLOSE: lambda: actions.close(message, reason="Благодарность", by=by),
        Step.REOPEN: lambda: actions.reopen(message, by=by),
        Step.FORWARD: lambda: actions.forward(message, to=another_body(message), note="Это их дорога", by=by),
    }[step]()


def another_body(message: Message) -> Organization:
    other: Organization = Organization.objects.exclude(pk=message.organization_id)[0]
    return other


LEADS_TO = {
    State.NEW: [],
    State.ASSIGNED: [Step.ASSIGN],
    State.PAUSED: [Step.PAUSE],
    State.ANSWERED: [Step.ANSWER],
    State.CLOSED: [Step.CLOSE],
}


@pytest.mark.parametrize("step", TRANSITIONS)
@pytest.mark.parametrize("state", State)
def test_every_state_by_every_step(message: Message, editor: User, state: State, step: Step) -> None:
    for earlier in LEADS_TO[state]:
        do(earlier, message, editor)

    if state in TRANSITIONS[step].starts:
        do(step, message, editor)
        message.refresh_from_db()
        assert (message.state, message.steps.last().step) == (TRANSITIONS[step].end, step)  # type: ignore[union-attr]
    else:
        with pytest.raises(TooLate):
            do(step, message, editor)
        message.refresh_from_db()
        assert message.state == state


def test_of_two_who_take_it_at_once_one_wins(message: Message, editor: User, coordinator: User) -> None:
    seen_by_the_other = Message.objects.get(pk=message.pk)
    actions.assign(message, to=editor, by=editor)

    with pytest.raises(TooLate):
        actions.assign(seen_by_the_other, to=coordinator, by=coordinator)

    assert Message.objects.get().assigned_to == editor


def test_nobody_moves_messages_of_a_body_they_do_not_moderate(message: Message, outsider: User) -> None:
    for step in (Step.PAUSE, Step.ANSWER, Step.CLOSE):
        with pytest.raises(PermissionDenied):
            do(step, message, outsider)


def test_a_message_is_given_only_to_those_who_moderate_its_body(message: Message, editor: User, outsider: User) -> None:
    with pytest.raises(ValidationError):
        actions.assign(message, to=outsider, by=editor)


def test_a_pause_needs_words(message: Message, editor: User) -> None:
    with pytest.raises(ValidationError):
        actions.pause(message, reason="  ", by=editor)


def test_steps_are_never_rewritten(message: Message, editor: User) -> None:
    actions.assign(message, to=editor, by=editor)

    with pytest.raises(DatabaseError), transaction.atomic():
        MessageStep.objects.update(reason="иначе")
    with pytest.raises(DatabaseError), transaction.atomic():
        MessageStep.objects.all().delete()


def test_messages_about_one_thing_become_a_case_and_later_ones_join_it(urtam_vk: Account, editor: User) -> None:
    rows = [bring(urtam_vk, editor, number) for number in ("1", "2", "3")]

    case = actions.merge(rows[:2], title="Фонари на Советской", by=editor)
    joined = actions.merge([Message.objects.select_related("case").get(external_id="1"), rows[2]], title="", by=editor)

    assert (joined, Case.objects.count(), case.messages.count()) == (case, 1, 3)


def test_messages_of_two_bodies_make_no_case(
    urtam_vk: Account, chilino_vk: Account, coordinator: User, editor: User
) -> None:
    rows = [bring(urtam_vk, editor, "1"), bring(chilino_vk, coordinator, "2")]

    with pytest.raises(ValidationError):
        actions.merge(rows, title="Всё сразу", by=coordinator)


def history(message: Message) -> list[tuple[str, str]]:
    """Steps about cases: what was done, which case."""
    return [(row.step, row.case.title) for row in message.steps.select_related("case") if row.case]


def test_who_put_a_message_into_which_case_stands_in_its_history(
    urtam_vk: Account, editor: User, moderator: User
) -> None:
    rows = [bring(urtam_vk, editor, number) for number in ("1", "2", "3")]
    actions.assign(rows[2], to=editor, by=editor)

    actions.merge(rows[:2], title="Фонари", by=editor)
    actions.merge([rows[0], rows[2]], title="", by=moderator)

    assert [history(row) for row in rows] == [[("merge", "Фонари")]] * 3
    joined = rows[2].steps.get(step="merge")
    assert (joined.made_by, joined.state) == (moderator, State.ASSIGNED)


def test_a_message_of_another_case_leaves_it_in_writing(urtam_vk: Account, editor: User) -> None:
    rows = [bring(urtam_vk, editor, number) for number in ("1", "2", "3")]
    actions.merge(rows[:1], title="Фонари", by=editor)
    actions.merge(rows[1:2], title="Мост", by=editor)

    actions.merge(rows[:2], title="", by=editor)

    assert history(rows[1]) == [("merge", "Мост"), ("part", "Мост"), ("merge", "Фонари")]


def test_a_message_put_into_the_wrong_case_is_taken_out_again(urtam_vk: Account, editor: User) -> None:
    rows = [bring(urtam_vk, editor, number) for number in ("1", "2")]
    actions.merge(rows, title="Фонари", by=editor)
    message = Message.objects.get(pk=rows[1].pk)

    actions.part(message, by=editor)

    assert (Message.objects.get(pk=message.pk).case, history(message)[-1]) == (None, ("part", "Фонари"))
    with pytest.raises(TooLate):
        actions.part(Message.objects.get(pk=message.pk), by=editor)


def test_a_message_handed_over_leaves_its_case_in_writing(urtam_vk: Account, editor: User) -> None:
    rows = [bring(urtam_vk, editor, number) for number in ("1", "2")]
    actions.merge(rows, title="Фонари", by=editor)
    message = Message.objects.select_related("organization", "case").get(pk=rows[0].pk)

    actions.forward(message, to=another_body(message), note="Это их дорога", by=editor)

    assert [row.step for row in message.steps.all()] == ["merge", "part", "forward"]
