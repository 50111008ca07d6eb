"""Every change of a plan is in the one audit log: who, from what, to what, in which organization."""

from datetime import datetime

import pytest

from contentplan import actions
from contentplan.models import PlannedPost, Publication, WeeklyPlan
from people.models import AuditEntry, Organization, User
from registry.models import Account

from .conftest import TOMSK, MakeContent

CREATE, UPDATE, DELETE = AuditEntry.Action.CREATE, AuditEntry.Action.UPDATE, AuditEntry.Action.DELETE


def entries(model: type, action: int) -> list[AuditEntry]:
    found = AuditEntry.objects.filter(content_type__model=model.__name__.lower(), action=action)
    return list(found.order_by("pk"))


def test_a_move_is_recorded_with_its_person(
    submitted_post: PlannedPost, urtam: Organization, coordinator: User
) -> None:
    actions.approve(submitted_post, revision=1, by=coordinator)

    last = entries(PlannedPost, UPDATE)[-1]
    assert (last.actor, last.organization, last.object_id) == (coordinator, urtam, submitted_post.pk)
    assert last.changes == {"status": ["submitted", "approved"]}


def test_an_edit_is_recorded_field_by_field(
    post: PlannedPost, content: MakeContent, editor: User, urtam_vk: Account, urtam_ok: Account
) -> None:
    actions.edit_post(
        post, content(topic="Мост", placements={urtam_vk.pk: "", urtam_ok.pk: "Коротко"}), revision=1, by=editor
    )

    assert entries(PlannedPost, UPDATE)[-1].changes == {
        "topic": ["Ремонт моста", "Мост"],
        "accounts": [str(urtam_vk), f"{urtam_vk}; {urtam_ok}: Коротко"],
    }


def test_making_and_deleting_are_recorded_outside_requests_too(post: PlannedPost, editor: User) -> None:
    actions.delete_draft(post, by=editor)

    assert [entry.actor for entry in (*entries(PlannedPost, CREATE), *entries(PlannedPost, DELETE))] == [editor] * 2


def test_taking_back_a_publication_is_recorded(
    plan: object, urtam_vk: Account, editor: User, urtam: Organization
) -> None:
    row = Publication.objects.create(
        account=urtam_vk, published_at=datetime(2026, 11, 26, 10, tzinfo=TOMSK), link="https://vk.com/w1"
    )

    actions.remove_publication(row, by=editor)

    [entry] = entries(Publication, DELETE)
    assert (entry.actor, entry.organization) == (editor, urtam)
    assert entry.changes["link"] == ["https://vk.com/w1", None]


@pytest.mark.parametrize("reason", ["", "Распутица"])
def test_handing_in_is_recorded(reason: str, plan: WeeklyPlan, content: MakeContent, editor: User) -> None:
    try:
        actions.hand_in(plan, by=editor, reason=reason)
    except actions.ShortOfNorm:
        assert not AuditEntry.objects.filter(changes__has_key="handed_in_at").exists()
        return

    [entry] = AuditEntry.objects.filter(changes__has_key="handed_in_at")
    assert entry.changes["shortfall_reason"] == ["", "Распутица"]
