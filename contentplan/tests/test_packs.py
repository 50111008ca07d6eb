"""Topic packs: drafted, sent, taken or declined, recalled, extended; who sees what."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from conftest import make_organization
from contentplan.actions import packs
from contentplan.models import (
    Occasion,
    OccasionKind,
    OfferState,
    PackOffer,
    PlannedPost,
    PostFormat,
    Status,
    TopicPack,
    WeeklyPlan,
)
from contentplan.tests.conftest import TOMSK, WEEK
from contentplan.views.strip import Strip
from people.audit import acting
from people.http import TooLate
from people.models import AuditEntry, Notice, Organization, User
from registry.models import Account

MakePack = Callable[..., TopicPack]


@pytest.fixture
def make(district: Organization, coordinator: User, text_format: PostFormat, now: object) -> MakePack:
    """Drafts a pack for the next week."""

    def make_pack(**fields: Any) -> TopicPack:
        values = {
            "title": "Памятка о льде",
            "text": "Не выходите на лёд.",
            "format": text_format,
            "publish_from": WEEK.monday,
            "publish_to": WEEK.sunday,
            "advice": "Назовите опасные места.",
        }
        content = packs.PackContent(**{**values, **fields})
        return packs.save_pack(content, organization=district, by=coordinator)

    return make_pack


@pytest.fixture
def offer(make: MakePack, urtam: Organization, coordinator: User) -> PackOffer:
    """A pack sent to Urtam."""
    return packs.send_pack(make(), [urtam], by=coordinator)[0]


# --- sending -------------------------------------------------------------------------------------


def test_sending_twice_changes_nothing(
    make: MakePack, urtam: Organization, chilino: Organization, coordinator: User
) -> None:
    pack = make()
    first = packs.send_pack(pack, [urtam], by=coordinator)
    sent_at = TopicPack.objects.get().sent_at

    again = packs.send_pack(pack, [urtam, chilino], by=coordinator)

    assert ([row.organization for row in first], [row.organization for row in again]) == ([urtam], [chilino])
    assert (PackOffer.objects.count(), TopicPack.objects.get().sent_at) == (2, sent_at)


def test_those_who_write_for_the_body_are_told_once(
    make: MakePack, urtam: Organization, editor: User, coordinator: User
) -> None:
    pack = make()

    for _press in range(2):
        packs.send_pack(pack, [urtam], by=coordinator)

    notice = Notice.objects.get(kind="pack_offered")
    assert (notice.user, notice.text) == (editor, "Назовите опасные места.")


def test_a_pack_goes_to_all_of_a_kind_or_to_single_bodies(
    make: MakePack,
    urtam: Organization,
    chilino: Organization,
    district: Organization,
    coordinator: User,
    client: Client,
) -> None:
    pack = make()
    client.force_login(coordinator)

    client.post(
        reverse("contentplan:pack_send", args=[pack.pk]),
        {"kinds": ["settlement_administration"], "bodies": [district.pk, urtam.pk]},
    )

    assert {row.organization for row in PackOffer.objects.all()} == {district, urtam, chilino}


def test_a_pack_to_nobody_is_not_sent(make: MakePack, coordinator: User, client: Client) -> None:
    client.force_login(coordinator)

    page = client.post(reverse("contentplan:pack_send", args=[make().pk]), {})

    assert "Выберите хотя бы один орган." in page.content.decode()
    assert TopicPack.objects.get().sent_at is None


def test_a_pack_is_not_sent_out_of_reach(make: MakePack, coordinator: User, other_district: Organization) -> None:
    with pytest.raises(PermissionDenied):
        packs.send_pack(make(), [other_district], by=coordinator)


def test_a_sent_pack_is_no_longer_changed_or_deleted(offer: PackOffer, make: MakePack, coordinator: User) -> None:
    content = packs.PackContent("Другое", "", offer.pack.format, WEEK.monday, WEEK.sunday)

    for change in (
        lambda: packs.save_pack(content, organization=offer.pack.organization, by=coordinator, pack=offer.pack),
        lambda: packs.delete_pack(offer.pack, by=coordinator),
    ):
        with pytest.raises(TooLate):
            change()


def test_only_the_department_drafts_packs(editor: User, client: Client, now: object) -> None:
    client.force_login(editor)

    assert [client.get(reverse(f"contentplan:{name}")).status_code for name in ("pack_list", "pack_create")] == [
        403,
        403,
    ]


# --- taking --------------------------------------------------------------------------------------


def test_a_taken_pack_is_a_draft_in_the_plan_of_its_week(
    offer: PackOffer, urtam_vk: Account, urtam_ok: Account, editor: User, urtam: Organization
) -> None:
    post = packs.take_offer(offer, by=editor)

    assert (post.topic, post.text, post.status) == ("Памятка о льде", "Не выходите на лёд.", Status.DRAFT)
    assert post.planned_at == datetime(2026, 11, 30, 10, tzinfo=TOMSK)
    assert {row.account for row in post.placements.all()} == {urtam_vk, urtam_ok}
    offer.refresh_from_db()
    assert (offer.state, offer.answered_by, offer.post) == (OfferState.TAKEN, editor, post)


def test_taken_twice_it_is_one_post(offer: PackOffer, urtam_vk: Account, editor: User) -> None:
    posts = {packs.take_offer(offer, by=editor).pk for _press in range(2)}

    assert (len(posts), PlannedPost.objects.count()) == (1, 1)


def test_the_draft_takes_a_free_hour_of_the_first_working_day(
    make: MakePack, plan: WeeklyPlan, post: PlannedPost, urtam: Organization, coordinator: User, editor: User
) -> None:
    """Sunday comes first, but nobody works; on Monday 10:00 another post stands already."""
    pack = make(publish_from=date(2026, 11, 29))
    offer = packs.send_pack(pack, [urtam], by=coordinator)[0]

    assert packs.take_offer(offer, by=editor).planned_at == datetime(2026, 11, 30, 12, tzinfo=TOMSK)


def test_a_pack_taken_on_its_last_evening_is_not_planned_for_the_past(
    offer: PackOffer, urtam_vk: Account, editor: User
) -> None:
    with time_machine.travel(datetime(2026, 12, 6, 17, tzinfo=TOMSK), tick=False):
        assert packs.take_offer(offer, by=editor).planned_at == datetime(2026, 12, 6, 18, tzinfo=TOMSK)


def test_a_pack_over_new_year_stands_in_week_53(
    make: MakePack, urtam: Organization, urtam_vk: Account, coordinator: User, editor: User
) -> None:
    pack = make(publish_from=date(2026, 12, 30), publish_to=date(2027, 1, 3))
    offer = packs.send_pack(pack, [urtam], by=coordinator)[0]

    assert str(packs.take_offer(offer, by=editor).plan.week) == "2026-W53"


def test_a_post_of_a_pack_covers_the_topic_of_the_pack(
    make: MakePack, district: Organization, urtam: Organization, urtam_vk: Account, coordinator: User, editor: User
) -> None:
    topic = Occasion.objects.create(
        organization=district,
        kind=OccasionKind.TOPIC,
        title="Лёд",
        starts_on=WEEK.monday,
        ends_on=WEEK.sunday,
        for_bodies_below=True,
        is_mandatory=True,
    )
    offer = packs.send_pack(make(occasion=topic), [urtam], by=coordinator)[0]
    before = Strip(urtam, WEEK, [])
    shown_once = ([row.pack for row in before.flagged], before.packs)

    post = packs.take_offer(offer, by=editor)

    assert shown_once == ([offer], [])
    assert (post.event, Strip(urtam, WEEK, []).flagged) == (topic, [])


def test_the_person_is_led_to_the_form_of_the_draft(
    offer: PackOffer, urtam_vk: Account, editor: User, client: Client
) -> None:
    client.force_login(editor)

    page = client.post(reverse("contentplan:offer_take", args=[offer.pk]), follow=True)

    assert page.context["form"]["topic"].value() == "Памятка о льде"


def test_who_takes_stands_in_the_audit_log(offer: PackOffer, urtam_vk: Account, editor: User) -> None:
    packs.take_offer(offer, by=editor)

    entry = AuditEntry.objects.filter(actor=editor).latest("pk")
    assert entry.changes["state"] == ["offered", "taken"]


# --- declining, recalling, extending -------------------------------------------------------------


def test_a_body_declines_with_a_reason_that_the_department_reads(
    offer: PackOffer, editor: User, coordinator: User, client: Client
) -> None:
    client.force_login(editor)
    client.post(reverse("contentplan:offer_decline", args=[offer.pk]), {"reason": "Уже писали об этом"})

    client.force_login(coordinator)
    page = client.get(reverse("contentplan:pack_detail", args=[offer.pack_id])).content.decode()

    assert "Уже писали об этом" in page
    assert Notice.objects.get(kind="pack_declined").user == coordinator


def test_nobody_declines_without_a_reason(offer: PackOffer, editor: User, client: Client) -> None:
    client.force_login(editor)

    page = client.post(reverse("contentplan:offer_decline", args=[offer.pk]), {"reason": " "}).content.decode()

    assert "Напишите почему: это прочитает отдел." in page
    assert PackOffer.objects.get().state == OfferState.OFFERED


def test_a_recalled_pack_can_no_longer_be_taken_and_a_taken_one_stays(
    make: MakePack, urtam: Organization, chilino: Organization, urtam_vk: Account, coordinator: User,
    editor: User, chilino_editor: User,
) -> None:  # fmt: skip
    taken, waiting = packs.send_pack(make(), [urtam, chilino], by=coordinator)
    packs.take_offer(taken, by=editor)

    recalled = packs.recall_pack(taken.pack, by=coordinator)

    assert (recalled, [row.organization for row in PackOffer.objects.all()]) == (1, [urtam])
    with pytest.raises(TooLate, match="отозвал"):
        packs.take_offer(waiting, by=chilino_editor)


def test_after_its_days_a_pack_is_taken_only_when_extended(
    offer: PackOffer, urtam_vk: Account, editor: User, coordinator: User
) -> None:
    with time_machine.travel(datetime(2026, 12, 7, 9, tzinfo=TOMSK), tick=False):
        with pytest.raises(TooLate, match="Срок"):
            packs.take_offer(offer, by=editor)
        packs.extend_pack(offer.pack, date(2026, 12, 13), by=coordinator)

        assert packs.take_offer(offer, by=editor).planned_at == datetime(2026, 12, 7, 10, tzinfo=TOMSK)


def test_a_pack_is_extended_only_forward(offer: PackOffer, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="позже"):
        packs.extend_pack(offer.pack, WEEK.sunday, by=coordinator)


# --- pages ---------------------------------------------------------------------------------------


def test_the_body_sees_the_pack_on_the_week_and_on_today(
    offer: PackOffer, urtam_vk: Account, editor: User, client: Client, urtam: Organization
) -> None:
    client.force_login(editor)
    pages = [reverse("contentplan:plan_detail", args=[urtam.slug, WEEK]), reverse("compliance:today")]

    before = ["Памятка о льде" in client.get(page).content.decode() for page in pages]
    with acting(editor):
        packs.decline_offer(offer, "не сейчас", by=editor)
    after = ["Памятка о льде" in client.get(page).content.decode() for page in pages]

    assert (before, after) == ([True, True], [False, False])


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("pack_list", 7), ("offer_list", 7)])
def test_lists_ask_the_same_however_long(
    name: str, queries: int, count: int, make: MakePack, district: Organization, coordinator: User, client: Client,
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    for _number in range(count):
        packs.send_pack(make(), [district], by=coordinator)
    client.force_login(coordinator)
    client.get(reverse(f"contentplan:{name}"))

    with django_assert_num_queries(queries):
        client.get(reverse(f"contentplan:{name}"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_pack_asks_the_same_however_many_took_it(
    count: int, make: MakePack, urtam: Organization, chilino: Organization, district: Organization,
    urtam_vk: Account, coordinator: User, deputy: User, client: Client, django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    make_organization(district, "malinovka")  # somebody is always left to send it to
    pack = make()
    for offer in packs.send_pack(pack, [urtam, chilino, district][:count], by=coordinator):
        packs.take_offer(offer, by=coordinator)
    client.force_login(deputy)
    address = reverse("contentplan:pack_detail", args=[pack.pk])
    client.get(address)

    with django_assert_num_queries(13):
        client.get(address)
