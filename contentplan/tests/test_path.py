"""The path of a post: every state × every move × every person, and what each step keeps."""

from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from conftest import make_user
from contentplan import actions, rules
from contentplan.actions.path import move
from contentplan.models import TRANSITIONS, Move, PlannedPost, Remark, Review, Status, WeeklyPlan
from people.append_only import unprotected
from people.http import TooLate
from people.models import Organization, User
from people.roles import Role

from .conftest import WEEK, MakeContent

# --- the truth, written out by hand ---------------------------------------------------------------

# Where each move leads from each state; what is not here is too late.
AFTER: dict[Status, dict[Move, Status]] = {
    Status.DRAFT: {
        Move.SUBMIT: Status.SUBMITTED,
        Move.PUBLISH_URGENTLY: Status.PUBLISHED,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.SUBMITTED: {
        Move.WITHDRAW: Status.DRAFT,
        Move.APPROVE: Status.APPROVED,
        Move.CORRECT: Status.APPROVED,
        Move.RETURN: Status.NEEDS_CHANGES,
        Move.PUT_BACK: Status.APPROVED,
    },
    Status.NEEDS_CHANGES: {
        Move.SUBMIT: Status.SUBMITTED,
        Move.UNDO: Status.SUBMITTED,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.APPROVED: {
        Move.UNDO: Status.SUBMITTED,
        Move.REOPEN: Status.SUBMITTED,
        Move.PUBLISH: Status.PUBLISHED,
        Move.MISS: Status.MISSED,
        Move.HOLD: Status.ON_HOLD,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.PUBLISHED: {
        Move.UNPUBLISH: Status.APPROVED,
        Move.UNPUBLISH_URGENT: Status.DRAFT,
        Move.LOOK_OVER: Status.PUBLISHED,
    },
    Status.MISSED: {
        Move.REOPEN: Status.SUBMITTED,
        Move.PUBLISH: Status.PUBLISHED,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.ON_HOLD: {
        Move.REOPEN: Status.SUBMITTED,
        Move.PUBLISH: Status.PUBLISHED,
        Move.RESUME: Status.APPROVED,
        Move.CANCEL: Status.CANCELLED,
    },
    Status.CANCELLED: {Move.RESTORE: Status.DRAFT},
}

WRITE = {Move.SUBMIT, Move.WITHDRAW, Move.REOPEN, Move.PUT_BACK, Move.PUBLISH_URGENTLY, Move.CANCEL, Move.RESTORE}
RECORD = {Move.PUBLISH, Move.UNPUBLISH, Move.UNPUBLISH_URGENT}
STOP = {Move.HOLD, Move.RESUME}
# Four eyes: never on a text of one's own.
DECIDE = {Move.APPROVE, Move.CORRECT, Move.RETURN, Move.UNDO, Move.LOOK_OVER}

# What each person may do with a post of Urtam, of which somebody else is the author; nobody may in a strange body.
MAY: dict[str, set[Move]] = {
    "administrator": set(),
    "coordinator": WRITE | RECORD | STOP | DECIDE,
    "deputy": WRITE | RECORD | STOP | DECIDE,
    "editor": WRITE | RECORD,
    "moderator": set(),
    "observer": set(),
    "nobody": set(),
}
# Moves the portal makes by itself; no person may.
BY_ITSELF = {Move.MISS}
# Moves that need a reason, and in which states.
NEED_REASON = {
    (Status.DRAFT, Move.PUBLISH_URGENTLY),
    (Status.APPROVED, Move.HOLD),
    (Status.APPROVED, Move.CANCEL),
    (Status.ON_HOLD, Move.CANCEL),
    (Status.MISSED, Move.CANCEL),
}


def expected(status: Status, what: Move, name: str, *, own_body: bool, is_author: bool) -> str:
    may = MAY[name] if own_body else set()
    if what not in (may - DECIDE if is_author else may):
        return "forbidden"
    return AFTER[status].get(what, "too late")


def press(post: PlannedPost, status: Status, what: Move, by: User | None, *, reason: str = "Так надо") -> str:
    """What the door makes of a post in this state; nothing has happened afterwards."""
    try:
        with transaction.atomic():
            approved = 1 if status != Status.DRAFT else None
            PlannedPost.objects.filter(pk=post.pk).update(status=status, approved_revision=approved)
            post.status = status
            step = move(post, what, seen=1, by=by, comment=reason, approved_revision=1)
            assert (step.move, step.made_by, PlannedPost.objects.get(pk=post.pk).status) == (what, by, step.status)
            transaction.set_rollback(True)
    except TooLate:
        return "too late"
    except ValidationError as error:
        return "needs a reason" if list(error.message_dict) == ["reason"] else str(error)
    return step.status


def outcome(post: PlannedPost, status: Status, what: Move, user: User) -> str:
    return press(post, status, what, user) if rules.can_move(user, post, what) else "forbidden"


@pytest.fixture
def posts(
    plan: WeeklyPlan, content: MakeContent, urtam: Organization, other_district: Organization, outsider: User
) -> dict[str, PlannedPost]:
    """A post of the cast's own body, and one of a body nobody of the cast has to do with."""
    strange = actions.open_plan(other_district, WEEK, by=outsider)
    own = actions.add_post(plan, content(), by=make_user("writer", Role.EDITOR, urtam))
    copy = PlannedPost.objects.create(
        plan=strange, planned_at=own.planned_at, topic=own.topic, format=own.format, created_by=outsider
    )
    return {"own": own, "strange": copy}


def test_every_state_by_every_move_by_every_person(
    posts: dict[str, PlannedPost], request: pytest.FixtureRequest
) -> None:
    people = {name: request.getfixturevalue(name) for name in MAY}
    wrong = []

    for where, post in posts.items():
        somebody = post.created_by
        for name, user in people.items():
            for is_author in (False, True):
                post.created_by = user if is_author else somebody
                for status in Status:
                    for what in Move:
                        wanted = expected(status, what, name, own_body=where == "own", is_author=is_author)
                        found = outcome(post, status, what, user)
                        if found != wanted:
                            wrong.append(f"{where} {name} author={is_author} {status} {what}: {found}, not {wanted}")

    assert wrong == []


def test_what_the_portal_does_by_itself(posts: dict[str, PlannedPost]) -> None:
    ends = {status: press(posts["own"], status, what, None) for status in Status for what in BY_ITSELF}

    assert ends == {status: AFTER[status].get(Move.MISS, "too late") for status in Status}


def test_moves_that_need_a_reason(posts: dict[str, PlannedPost], coordinator: User) -> None:
    asked = {
        (status, what)
        for status, moves in AFTER.items()
        for what in moves
        if press(posts["own"], status, what, coordinator, reason=" ") == "needs a reason"
    }

    assert asked == NEED_REASON


def test_the_table_of_the_program_is_the_table_of_this_test() -> None:
    walked = {(status, what, end) for status, moves in AFTER.items() for what, end in moves.items()}

    assert walked == {(start, what, arrow.end) for what, arrow in TRANSITIONS.items() for start in arrow.starts}


def test_an_editor_moves_nothing_of_the_neighbour(post: PlannedPost, chilino_editor: User) -> None:
    assert [what for what in Move if rules.can_move(chilino_editor, post, what)] == []


def test_only_drafts_go_away(post: PlannedPost, editor: User) -> None:
    for status in Status:
        post.status = status
        assert rules.can_delete(editor, post) == (status == Status.DRAFT)


@pytest.mark.parametrize("name", MAY)
def test_the_queue_holds_what_a_person_may_decide(
    name: str, submitted_post: PlannedPost, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(name)

    assert PlannedPost.objects.decidable_by(user).exists() == (Move.APPROVE in MAY[name])


def test_a_week_that_is_over_is_not_planned_any_more(
    post: PlannedPost, editor: User, coordinator: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-07T00:00:00+07:00")

    assert not rules.can_edit(editor, post)
    assert not rules.can_hand_in(editor, post.plan)
    assert rules.can_record(editor, post.placements.get().account)


def test_coordinator_who_wrote_it_cannot_approve(
    plan: WeeklyPlan, content: MakeContent, coordinator: User, deputy: User
) -> None:
    post = actions.add_post(plan, content(), by=coordinator)
    actions.submit(post, revision=1, by=coordinator)

    with pytest.raises(PermissionDenied):
        actions.approve(post, revision=1, by=coordinator)
    actions.approve(post, revision=1, by=deputy)

    assert post.status == Status.APPROVED


def test_author_of_any_revision_cannot_decide(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.edit_post(submitted_post, content(topic="Мост: сроки"), revision=1, by=coordinator)
    actions.edit_post(submitted_post, content(topic="Мост: сроки и деньги"), revision=2, by=editor)

    assert not rules.can_decide(coordinator, submitted_post)
    assert not PlannedPost.objects.decidable_by(coordinator).exists()
    with pytest.raises(PermissionDenied):
        actions.return_for_changes(submitted_post, revision=3, remarks=["Нет"], by=coordinator)


def test_every_decision_keeps_who_when_and_why(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.return_for_changes(submitted_post, revision=1, remarks=[" Уточните дату ", "", "Нет фото"], by=coordinator)

    step = Review.objects.get(status=Status.NEEDS_CHANGES)
    assert (step.made_by, step.revision) == (coordinator, 1)
    assert [remark.body for remark in step.remarks.all()] == ["Уточните дату", "Нет фото"]
    assert submitted_post.last_return == step


@pytest.mark.parametrize("remarks", [[], [""], ["  ", "\n"]])
def test_return_needs_a_remark(remarks: list[str], submitted_post: PlannedPost, coordinator: User) -> None:
    with pytest.raises(ValidationError) as error:
        actions.return_for_changes(submitted_post, revision=1, remarks=remarks, by=coordinator)

    assert list(error.value.message_dict) == ["remarks"]
    assert not Remark.objects.exists()
    assert PlannedPost.objects.get().status == Status.SUBMITTED


def test_edit_after_approval_awaits_approval_again(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)

    assert (submitted_post.status, submitted_post.revision) == (Status.SUBMITTED, 2)
    assert submitted_post.approved_revision == 1
    last = Review.objects.filter(post=submitted_post).last()
    assert last
    assert (last.status, last.revision, last.made_by) == (Status.SUBMITTED, 2, editor)


def test_an_edit_that_changes_nothing_keeps_the_approval(
    submitted_post: PlannedPost, content: MakeContent, coordinator: User, editor: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, content(), revision=1, by=editor)

    submitted_post.refresh_from_db()
    assert (submitted_post.status, submitted_post.revision) == (Status.APPROVED, 1)


def test_the_database_holds_that_approval_is_of_the_present_revision(submitted_post: PlannedPost) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedPost.objects.update(status=Status.APPROVED, approved_revision=None)


def test_decisions_and_remarks_are_only_added_to(db: None) -> None:
    assert unprotected(connection, "contentplan_review", "contentplan_remark") == []


def test_queue_is_by_time_and_needs_few_queries(
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    posts = [actions.add_post(plan, content(day), by=editor) for day in (4, 0, 2)]
    for post in posts:
        actions.submit(post, revision=1, by=editor)
    list(coordinator.current_memberships)

    with django_assert_num_queries(5):
        queue = list(PlannedPost.objects.decidable_by(coordinator).by_time().for_cards())

    assert queue == [posts[1], posts[2], posts[0]]


@pytest.mark.parametrize("press", ["approve", "return_for_changes"])
def test_a_press_that_arrives_twice_is_one_step(
    press: str, submitted_post: PlannedPost, coordinator: User, deputy: User
) -> None:
    values: dict[str, Any] = {"remarks": ["Уберите фамилии"]} if press == "return_for_changes" else {}
    decide = getattr(actions, press)
    decide(submitted_post, revision=1, by=coordinator, **values)
    before = list(Review.objects.values_list("pk", flat=True))

    decide(submitted_post, revision=1, by=coordinator, **values)

    assert list(Review.objects.values_list("pk", flat=True)) == before
    assert Remark.objects.count() == len(values)
    with pytest.raises(TooLate):
        decide(submitted_post, revision=1, by=deputy, **values)


def test_sending_twice_is_one_step(post: PlannedPost, editor: User) -> None:
    actions.submit(post, revision=1, by=editor)
    actions.submit(post, revision=1, by=editor)

    assert Review.objects.count() == 1
