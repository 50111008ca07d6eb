"""Writing a post: what is refused, what is kept."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from contentplan import actions
from contentplan.models import Placement, PlannedPost, PlanNorm, Revision, WeeklyPlan
from people.models import Organization, User
from registry.models import Account, AccountStatus, SocialNetwork

from .conftest import TOMSK, WEEK, MakeContent


def test_a_post_begins_as_a_draft_with_its_first_revision(post: PlannedPost, editor: User, urtam_vk: Account) -> None:
    kept = Revision.objects.get(post=post)

    assert (post.status, post.revision, post.created_by) == ("draft", 1, editor)
    assert (kept.number, kept.topic, kept.made_by) == (1, post.topic, editor)
    assert kept.placements == [{"account": urtam_vk.pk, "name": str(urtam_vk), "text": ""}]


@pytest.mark.parametrize(
    ("moment", "fits"),
    [
        (datetime(2026, 11, 29, 23, 30, tzinfo=TOMSK), False),
        (datetime(2026, 11, 30, 0, 0, tzinfo=TOMSK), True),
        (datetime(2026, 11, 30, 0, 30, tzinfo=TOMSK), True),
        (datetime(2026, 12, 6, 23, 59, tzinfo=TOMSK), True),
        (datetime(2026, 12, 7, 0, 0, tzinfo=TOMSK), False),
    ],
)
def test_a_post_stands_in_its_own_week(
    moment: datetime, fits: bool, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    if fits:
        assert actions.add_post(plan, content(planned_at=moment), by=editor).planned_at == moment
        return

    with pytest.raises(ValidationError) as error:
        actions.add_post(plan, content(planned_at=moment), by=editor)

    assert list(error.value.message_dict) == ["planned_at"]
    assert not PlannedPost.objects.exists()


def test_an_edit_cannot_leave_the_week_either(post: PlannedPost, content: MakeContent, editor: User) -> None:
    with pytest.raises(ValidationError):
        actions.edit_post(post, content(day=7), revision=1, by=editor)

    post.refresh_from_db()
    assert post.revision == 1


def test_only_active_accounts_of_the_same_body(
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    urtam_ok: Account,
    chilino_vk: Account,
    facebook: SocialNetwork,
) -> None:
    Account.objects.filter(pk=urtam_ok.pk).update(status=AccountStatus.SUSPENDED)

    for account in (urtam_ok, chilino_vk):
        with pytest.raises(ValidationError) as error:
            actions.add_post(plan, content(placements={account.pk: ""}), by=editor)
        assert list(error.value.message_dict) == ["placements"]


@pytest.mark.usefixtures("past_the_database")
def test_nothing_is_planned_for_a_prohibited_network(
    plan: WeeklyPlan, content: MakeContent, editor: User, urtam: Organization, facebook: SocialNetwork
) -> None:
    account = Account.objects.create(
        organization=urtam, network=facebook, name="Архив", url="https://facebook.com/a", status=AccountStatus.ACTIVE
    )

    with pytest.raises(ValidationError):
        actions.add_post(plan, content(placements={account.pk: ""}), by=editor)


def test_placements_follow_the_content(
    post: PlannedPost, content: MakeContent, editor: User, urtam_vk: Account, urtam_ok: Account
) -> None:
    kept = Placement.objects.get(post=post)
    actions.edit_post(post, content(placements={urtam_vk.pk: "", urtam_ok.pk: "Коротко"}), revision=1, by=editor)
    actions.edit_post(post, content(placements={urtam_vk.pk: "Иначе", urtam_ok.pk: ""}), revision=2, by=editor)

    rows = Placement.objects.filter(post=post)
    assert {row.account_id: row.text for row in rows} == {urtam_vk.pk: "Иначе", urtam_ok.pk: ""}
    assert kept in rows
    actions.edit_post(post, content(placements={urtam_ok.pk: ""}), revision=3, by=editor)
    assert [row.account for row in Placement.objects.filter(post=post)] == [urtam_ok]


def test_an_account_where_it_came_out_stays(
    post: PlannedPost,
    content: MakeContent,
    editor: User,
    urtam_vk: Account,
    urtam_ok: Account,
    now: time_machine.Traveller,
) -> None:
    now.move_to("2026-11-30T11:00:00+07:00")
    actions.record_publication(
        urtam_vk,
        link="https://vk.com/urtam_demo?w=wall-1_1",
        published_at=post.planned_at,
        placement=post.placements.get(),
        by=editor,
    )
    Account.objects.filter(pk=urtam_vk.pk).update(status=AccountStatus.SUSPENDED)

    with pytest.raises(ValidationError):
        actions.edit_post(post, content(placements={urtam_ok.pk: ""}), revision=1, by=editor)
    actions.edit_post(post, content(placements={urtam_vk.pk: "", urtam_ok.pk: ""}), revision=1, by=editor)

    assert post.placements.count() == 2


@pytest.mark.parametrize(
    ("fields", "ready"),
    [
        ({}, True),
        ({"topic": " "}, False),
        ({"text": "  "}, False),
        ({"placements": {}}, False),
    ],
)
def test_what_is_sent_is_complete(
    fields: dict[str, Any], ready: bool, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    post = actions.add_post(plan, content(**fields), by=editor)

    if ready:
        actions.submit(post, revision=1, by=editor)
        return
    with pytest.raises(ValidationError) as error:
        actions.submit(post, revision=1, by=editor)
    assert len(error.value.messages) == 1


def test_own_texts_for_every_account_suffice(
    plan: WeeklyPlan, content: MakeContent, editor: User, urtam_vk: Account, urtam_ok: Account
) -> None:
    whole = actions.add_post(plan, content(text="", placements={urtam_vk.pk: "А", urtam_ok.pk: "Б"}), by=editor)
    half = actions.add_post(plan, content(text="", placements={urtam_vk.pk: "А", urtam_ok.pk: ""}), by=editor)

    actions.submit(whole, revision=1, by=editor)
    with pytest.raises(ValidationError):
        actions.submit(half, revision=1, by=editor)


def test_an_account_that_closed_meanwhile_stops_the_post(post: PlannedPost, editor: User, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(status=AccountStatus.ARCHIVED)

    with pytest.raises(ValidationError):
        actions.submit(post, revision=1, by=editor)


def test_an_account_that_joins_later_gets_its_norm_with_the_next_edit(
    post: PlannedPost, content: MakeContent, editor: User, urtam_ok: Account
) -> None:
    assert PlanNorm.objects.filter(plan=post.plan).count() == 1

    actions.edit_post(post, content(topic="Мост"), revision=1, by=editor)

    assert PlanNorm.objects.get(account=urtam_ok).plan.week == WEEK
