"""Who is told what about a post: people of that body and of the department over it, never the actor."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from contentplan import actions, notices
from contentplan.actions import path
from contentplan.models import (
    Move,
    PackOffer,
    PlannedPost,
    PlanRules,
    PostFormat,
    Review,
    Stop,
    StopKind,
    TopicPack,
    WeeklyPlan,
)
from contentplan.tests.conftest import TOMSK
from people.models import Letter, Membership, Notice, Organization, User
from people.roles import Role
from people.weeks import Week

pytestmark = pytest.mark.usefixtures("coordinator", "deputy", "observer", "moderator", "outsider", "chilino_editor")


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("user__username", flat=True))


def text(kind: str) -> tuple[str, str]:
    notice = Notice.objects.filter(kind=kind).latest("pk")
    return notice.title, notice.text


def test_those_who_decide_are_told_of_a_submitted_post(submitted_post: PlannedPost) -> None:
    assert told("post_submitted") == ["coordinator", "deputy"]
    assert text("post_submitted")[0] == "На согласование: Urtam, план на 30 ноября – 6 декабря"


def test_five_posts_of_a_plan_are_one_notice(
    plan: WeeklyPlan, content: Callable[..., actions.PostContent], editor: User
) -> None:
    for day in range(5):
        actions.add_post(plan, content(day), by=editor)

    actions.hand_in(plan, by=editor)

    assert told("post_submitted") == ["coordinator", "deputy"]


def test_an_author_of_the_department_is_not_asked_to_decide(
    plan: WeeklyPlan, content: Callable[..., actions.PostContent], coordinator: User
) -> None:
    post = actions.add_post(plan, content(), by=coordinator)

    actions.submit(post, revision=1, by=coordinator)

    assert told("post_submitted") == ["deputy"]


def test_the_author_reads_the_remarks_of_a_return(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.return_for_changes(
        submitted_post, revision=1, remarks=["Добавьте телефон", "Уберите фамилии"], by=coordinator
    )

    assert told("post_returned") == ["editor"]
    assert text("post_returned") == (
        "Вернули: «Ремонт моста»",
        "Что исправить:\n– Добавьте телефон\n– Уберите фамилии",
    )


def test_a_press_that_arrives_twice_tells_once(submitted_post: PlannedPost, coordinator: User) -> None:
    for _ in range(2):
        actions.return_for_changes(submitted_post, revision=1, remarks=["Добавьте телефон"], by=coordinator)

    assert told("post_returned") == ["editor"]


def test_nobody_is_told_when_the_return_is_refused(submitted_post: PlannedPost, coordinator: User) -> None:
    with pytest.raises(ValidationError):
        actions.return_for_changes(submitted_post, revision=1, remarks=[" "], by=coordinator)

    assert told("post_returned") == []


def test_when_the_author_has_left_the_body_is_told(
    submitted_post: PlannedPost, editor: User, coordinator: User, urtam: Organization, chilino_editor: User
) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    Membership.objects.create(user=chilino_editor, organization=urtam, role=Role.EDITOR)

    actions.return_for_changes(submitted_post, revision=1, remarks=["Добавьте телефон"], by=coordinator)

    assert told("post_returned") == ["chilino_editor"]


def test_the_author_is_told_of_the_approval(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    assert told("post_approved") == ["editor"]
    assert text("post_approved") == ("Согласовано: «Ремонт моста»", "Время выхода: пн, 30 ноября, 10:00.")


def test_the_hour_is_that_of_the_body_whoever_acts(submitted_post: PlannedPost, coordinator: User) -> None:
    with timezone.override("Europe/Moscow"):
        actions.approve(submitted_post, revision=1, by=coordinator)

    assert text("post_approved")[1] == "Время выхода: пн, 30 ноября, 10:00."


def test_a_decision_taken_back_at_once_is_forgotten(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    notices.taken_back(submitted_post.reviews.get(move=Move.APPROVE))

    assert told("post_approved") == []


def test_the_author_is_told_of_a_correction_and_the_reviewer_of_an_objection(
    submitted_post: PlannedPost, content: Callable[..., actions.PostContent], editor: User, coordinator: User
) -> None:
    actions.correct(submitted_post, content(text="Мост откроют в субботу."), revision=1, by=coordinator)
    actions.acknowledge(Review.objects.get(move=Move.CORRECT), by=editor, objection="Всё-таки в пятницу")

    assert (told("post_corrected"), told("post_objected")) == (["editor"], ["coordinator"])
    assert text("post_objected") == ("Автор возражает против вашей правки: «Ремонт моста»", "Всё-таки в пятницу")


def test_whoever_understood_tells_nobody(
    submitted_post: PlannedPost, content: Callable[..., actions.PostContent], editor: User, coordinator: User
) -> None:
    actions.correct(submitted_post, content(text="Мост откроют в субботу."), revision=1, by=coordinator)

    actions.acknowledge(Review.objects.get(move=Move.CORRECT), by=editor)

    assert told("post_objected") == []


def test_reviewers_are_told_of_an_edit_after_approval(
    submitted_post: PlannedPost, content: Callable[..., actions.PostContent], editor: User, coordinator: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.edit_post(submitted_post, content(text="Мост откроют в субботу."), revision=1, by=editor)

    assert told("post_reopened") == ["coordinator", "deputy"]


def test_the_author_is_told_of_a_hold_and_of_its_end(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.hold(submitted_post, revision=1, reason="Ждём ГО ЧС", by=coordinator)
    actions.resume(submitted_post, revision=1, by=coordinator)

    assert (told("post_held"), told("post_resumed")) == (["editor"], ["editor"])
    assert Letter.objects.get().subject == "Приостановлено: «Ремонт моста»"  # at once, the others wait


def test_the_department_is_told_when_an_approved_post_is_taken_off(
    submitted_post: PlannedPost, editor: User, coordinator: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    actions.cancel(submitted_post, revision=1, reason="Мост уже открыт", by=editor)

    assert told("post_cancelled") == ["coordinator", "deputy"]


def test_nobody_is_told_of_a_draft_that_was_taken_off(post: PlannedPost, editor: User) -> None:
    actions.cancel(post, revision=1, by=editor)

    assert told("post_cancelled") == []


def test_reviewers_are_told_of_what_came_out_without_them(post: PlannedPost, editor: User, urtam: Organization) -> None:
    PlanRules.objects.create(organization=urtam, may_publish_urgently=True)

    actions.publish_urgently(post, revision=1, reason="Прорвало трубу", by=editor)

    assert told("post_urgent") == ["coordinator", "deputy"]
    assert text("post_urgent")[1] == "Посмотрите пост после выхода. Почему не стали ждать: Прорвало трубу"


def test_the_author_is_told_of_what_did_not_come_out(submitted_post: PlannedPost, coordinator: User) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    path.miss(submitted_post)

    assert told("post_missed") == ["editor"]


def test_what_should_have_come_out_long_ago_is_no_news(
    submitted_post: PlannedPost, coordinator: User, now: time_machine.Traveller
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)
    now.move_to(datetime(2027, 1, 20, 12, tzinfo=TOMSK))

    path.miss(submitted_post)

    assert told("post_missed") == []


def test_a_stop_tells_everybody_who_writes_below_it_once(
    submitted_post: PlannedPost, district: Organization, coordinator: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    stop = actions.stop_publishing(district, kind=StopKind.MOURNING, reason="Траур", by=coordinator)
    actions.lift_stop(stop, by=coordinator)

    writers = ["chilino_editor", "deputy", "editor"]
    assert (told("publishing_stopped"), told("stop_lifted"), told("post_held")) == (writers, writers, [])


def test_what_a_stop_catches_later_is_told_to_its_author(
    submitted_post: PlannedPost, urtam: Organization, coordinator: User, deputy: User
) -> None:
    Stop.objects.create(
        organization=urtam, kind=StopKind.EMERGENCY, reason="Паводок", started_by=deputy, started_at="2026-11-26T00:00Z"
    )

    actions.approve(submitted_post, revision=1, by=coordinator)

    assert told("post_held") == ["editor"]


def test_the_body_is_told_of_a_pack_that_is_offered_to_it(
    urtam: Organization, district: Organization, editor: User, coordinator: User, text_format: PostFormat
) -> None:
    monday = Week.parse("2026-W49").monday
    pack = TopicPack.objects.create(
        organization=district,
        title="Паводок",
        advice="Добавьте свои телефоны",
        format=text_format,
        publish_from=monday,
        publish_to=monday,
        created_by=coordinator,
    )

    notices.pack_offered(PackOffer.objects.create(pack=pack, organization=urtam), url="/packs/", by=coordinator)

    assert told("pack_offered") == ["editor"]
    assert text("pack_offered") == ("Вам предложили пост: «Паводок»", "Добавьте свои телефоны")
