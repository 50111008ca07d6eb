"""What really came out: whose link it is, when, and only once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from contentplan import actions, rules
from contentplan.models import PlannedPost, Publication, Source, WeeklyPlan
from people.http import TooLate
from people.models import Organization, User
from registry.models import Account, AccountStatus, SocialNetwork

from .conftest import MakeContent

LINK = "https://vk.com/urtam_demo?w=wall-1_1"


@pytest.fixture
def monday(now: time_machine.Traveller) -> time_machine.Traveller:
    now.move_to("2026-11-30T12:00:00+07:00")
    return now


def refused(field: str, account: Account, **values: Any) -> str:
    """The sentence of the refusal; it must be about the field."""
    with translation.override(None), pytest.raises(ValidationError) as error:
        actions.record_publication(account, **values)
    assert list(error.value.message_dict) == [field]
    return str(error.value.messages[0])


def test_a_planned_post_comes_out(
    submitted_post: PlannedPost, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    moment = timezone.now() - timedelta(hours=1)
    placement = submitted_post.placements.get()

    row = actions.record_publication(urtam_vk, link=LINK, published_at=moment, placement=placement, by=editor)

    assert (row.account, row.placement, row.published_at) == (urtam_vk, placement, moment)
    assert (row.source, row.recorded_by, row.counts) == (Source.MANUAL, editor, True)
    assert row.external_id
    submitted_post.refresh_from_db()
    assert submitted_post.planned_at != row.published_at


def test_an_unplanned_post_may_not_count(
    plan: WeeklyPlan, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    row = actions.record_publication(urtam_vk, link=LINK, published_at=timezone.now(), by=editor, counts=False)

    assert (row.placement, row.counts) == (None, False)


def test_only_posts_about_the_work_count(
    plan: WeeklyPlan, content: MakeContent, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    post = actions.add_post(plan, content(about_work=False), by=editor)

    row = actions.record_publication(
        urtam_vk, link=LINK, published_at=timezone.now(), placement=post.placements.get(), by=editor
    )

    assert row.counts is False


def test_the_link_belongs_to_the_account(
    plan: WeeklyPlan, urtam_vk: Account, chilino_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    assert refused(
        "link", urtam_vk, link="https://vk.com/chilino_demo?w=wall-2_1", published_at=timezone.now(), by=editor
    )
    assert refused("link", urtam_vk, link="https://ok.ru/group/1001/topic/5", published_at=timezone.now(), by=editor)
    assert refused("link", urtam_vk, link="мост", published_at=timezone.now(), by=editor)
    assert not Publication.objects.exists()


def test_the_future_is_not_recorded(
    plan: WeeklyPlan, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    soon, later = timezone.now() + timedelta(minutes=4), timezone.now() + timedelta(minutes=6)

    assert refused("published_at", urtam_vk, link=LINK, published_at=later, by=editor)
    assert actions.record_publication(urtam_vk, link=LINK, published_at=soon, by=editor)


def test_a_link_is_recorded_once_and_says_where(
    submitted_post: PlannedPost, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    actions.record_publication(
        urtam_vk, link=LINK, published_at=timezone.now(), placement=submitted_post.placements.get(), by=editor
    )

    sentence = refused("link", urtam_vk, link=f"{LINK}&from=feed", published_at=timezone.now(), by=editor)

    assert sentence == "This link is already recorded: “Ремонт моста”, 30 November, 12:00."


def test_an_unplanned_duplicate_says_so_too(
    plan: WeeklyPlan, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    actions.record_publication(urtam_vk, link=LINK, published_at=timezone.now(), by=editor)

    sentence = refused("link", urtam_vk, link=LINK, published_at=timezone.now(), by=editor)

    assert sentence == "This link is already recorded as unplanned, 30 November, 12:00."


def test_of_two_pasting_at_once_one_wins(
    plan: WeeklyPlan, urtam_vk: Account, editor: User, monday: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.record_publication(urtam_vk, link=LINK, published_at=timezone.now(), by=editor)
    answers = iter(["", "This link is already recorded."])
    monkeypatch.setattr("contentplan.actions.publications._already", lambda account, found: next(answers))

    assert refused("link", urtam_vk, link=LINK, published_at=timezone.now(), by=editor)
    assert Publication.objects.count() == 1


def test_a_placement_comes_out_once(
    submitted_post: PlannedPost, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    placement = submitted_post.placements.get()
    actions.record_publication(urtam_vk, link=LINK, published_at=timezone.now(), placement=placement, by=editor)

    assert refused(
        "placement",
        urtam_vk,
        link="https://vk.com/urtam_demo?w=wall-1_2",
        published_at=timezone.now(),
        placement=placement,
        by=editor,
    )


def test_a_placement_is_of_the_same_account(
    submitted_post: PlannedPost, urtam_ok: Account, editor: User, monday: time_machine.Traveller
) -> None:
    assert refused(
        "placement",
        urtam_ok,
        link="https://ok.ru/group/1001/topic/5",
        published_at=timezone.now(),
        placement=submitted_post.placements.get(),
        by=editor,
    )


def test_prohibited_networks_are_not_recorded(
    urtam: Organization, facebook: SocialNetwork, editor: User, monday: time_machine.Traveller
) -> None:
    account = Account.objects.create(
        organization=urtam, network=facebook, name="Архив", url="https://facebook.com/a", status=AccountStatus.ARCHIVED
    )

    assert refused("link", account, link="https://facebook.com/a/posts/1", published_at=timezone.now(), by=editor)


def test_a_record_can_be_taken_back_and_made_again(
    submitted_post: PlannedPost, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    placement = submitted_post.placements.get()
    row = actions.record_publication(urtam_vk, link=LINK, published_at=timezone.now(), placement=placement, by=editor)
    other = Publication.objects.get(pk=row.pk)

    actions.remove_publication(row, by=editor)

    with pytest.raises(TooLate):
        actions.remove_publication(other, by=editor)
    assert actions.record_publication(urtam_vk, link=LINK, published_at=timezone.now(), placement=placement, by=editor)


def test_what_was_collected_is_not_taken_back(
    urtam_vk: Account, editor: User, observer: User, monday: time_machine.Traveller
) -> None:
    collected = Publication(account=urtam_vk, source=Source.COLLECTED)
    manual = Publication(account=urtam_vk, source=Source.MANUAL)

    assert not rules.can_remove(editor, collected)
    assert rules.can_remove(editor, manual)
    assert not rules.can_remove(observer, manual)


def test_a_draft_that_came_out_is_not_deleted(
    post: PlannedPost, urtam_vk: Account, editor: User, monday: time_machine.Traveller
) -> None:
    actions.record_publication(
        urtam_vk, link=LINK, published_at=timezone.now(), placement=post.placements.get(), by=editor
    )

    with pytest.raises(TooLate):
        actions.delete_draft(post, by=editor)
