"""Terms of replies over evenings, lunch, moved days and long holidays, and when the calendar changes under them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conftest import make_user
from moderation import clocks
from moderation.inbox import actions as inbox
from moderation.models import Message
from moderation.tests.replying import ask
from people.models import Organization, SpecialDay, User, WorkHours
from people.roles import Role
from people.worktime import calendar_of
from people.worktime_changes import changing
from registry.models import Account

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    """«2026-11-27 16:30» in Tomsk. The body works Monday to Thursday 9–18, Friday 9–17, with lunch 13–14."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Tomsk"))


@pytest.mark.parametrize(
    ("asked", "urgent", "due"),
    [
        ("2026-11-27 17:30", False, "2026-11-30 18:00"),  # Friday after work: the whole of Monday
        ("2026-11-27 16:30", True, "2026-11-30 12:30"),
        ("2026-11-26 12:00", True, "2026-11-26 17:00"),  # over lunch
        ("2026-11-26 13:30", True, "2026-11-26 18:00"),  # at lunch
        ("2026-11-25 23:00", True, "2026-11-26 13:00"),  # at night
        ("2027-02-19 16:30", True, "2027-02-20 12:30"),  # a Saturday that is worked instead of a Monday
        ("2026-12-30 17:00", False, "2027-01-11 17:00"),  # New Year
        ("2026-11-03 17:00", True, "2026-11-05 12:00"),  # 4 November
    ],
)
def test_the_term_of_a_reply(asked: str, urgent: bool, due: str, urtam: Organization) -> None:
    assert clocks.due(at(asked), calendar_of(urtam), urgent=urgent) == at(due)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-27 10:00", "2026-12-08 18:00"),
        ("2026-11-28 10:00", "2026-12-08 18:00"),  # on a Saturday
        ("2026-12-28 10:00", "2027-01-15 17:00"),  # over New Year
    ],
)
def test_the_final_reply_is_owed_seven_working_days_after_the_interim_one(
    sent: str, due: str, urtam: Organization
) -> None:
    assert clocks.final_due(at(sent), urtam) == at(due)


def save_day(client: Client, body: Organization, day: str) -> None:
    """As the department does it in the admin."""
    told = client.post(
        reverse("admin:people_specialday_add"), {"organization": body.pk, "day": day, "title": "День района"}
    )
    assert told.status_code == 302


@pytest.fixture
def keeper(client: Client, district: Organization) -> Client:
    client.force_login(make_user("keeper", Role.ADMINISTRATOR, district))
    return client


def test_a_day_off_that_is_added_later_moves_the_terms_ahead_of_it(
    keeper: Client, urtam_vk: Account, editor: User, district: Organization
) -> None:
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        message = ask(urtam_vk, at("2026-11-27 16:00"), editor)
        assert message.due_at == at("2026-11-30 17:00")

        save_day(keeper, district, "2026-11-30")

    message.refresh_from_db()
    assert message.due_at == at("2026-12-01 17:00")


def test_a_day_off_that_is_taken_back_moves_them_back(
    keeper: Client, urtam_vk: Account, editor: User, district: Organization
) -> None:
    day = SpecialDay.objects.create(organization=district, day=date(2026, 11, 30), title="День района")
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        message = ask(urtam_vk, at("2026-11-27 16:00"), editor)
        words = {"organization": district.pk, "day": "2026-11-30", "title": "Отменён", "is_working": "on"}
        keeper.post(reverse("admin:people_specialday_change", args=[day.pk]), words)

    message.refresh_from_db()
    assert message.due_at == at("2026-11-30 17:00")


def test_a_final_term_of_days_gets_a_day_more(
    keeper: Client, urtam_vk: Account, editor: User, district: Organization
) -> None:
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        message = ask(urtam_vk, at("2026-11-27 16:00"), editor)
        Message.objects.update(due_at=at("2026-12-08 18:00"))
        save_day(keeper, district, "2026-11-30")

    message.refresh_from_db()
    assert message.due_at == at("2026-12-09 18:00")


def test_the_term_of_a_paused_message_keeps_what_was_left(
    keeper: Client, urtam_vk: Account, editor: User, district: Organization
) -> None:
    """Seven hours were left on Friday at 16:00; Monday is off; taken up on Tuesday at 9:00."""
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        message = ask(urtam_vk, at("2026-11-27 15:00"), editor)
        inbox.pause(message, reason="Ждём подрядчика", by=editor)
    with time_machine.travel(at("2026-11-27 16:30"), tick=False):
        save_day(keeper, district, "2026-11-30")
    with time_machine.travel(at("2026-12-01 09:00"), tick=False):
        inbox.resume(Message.objects.get(), by=editor)

    assert Message.objects.get().due_at == at("2026-12-01 17:00")


def test_what_is_overdue_or_done_stays_so(
    keeper: Client, urtam_vk: Account, editor: User, district: Organization
) -> None:
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        late = ask(urtam_vk, at("2026-11-25 10:00"), editor, external_id="1")
        done = ask(urtam_vk, at("2026-11-27 16:00"), editor, external_id="2")
        inbox.close(done, reason="Благодарность", by=editor)
        before = [late.due_at, done.due_at]
        save_day(keeper, district, "2026-11-30")

    assert list(Message.objects.order_by("external_id").values_list("due_at", flat=True)) == before


def test_longer_hours_of_a_body_bring_its_terms_nearer(
    keeper: Client, urtam_vk: Account, editor: User, urtam: Organization
) -> None:
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        message = ask(urtam_vk, at("2026-11-27 16:00"), editor)
        with changing(urtam):
            WorkHours.objects.create(organization=urtam, weekday=1, starts=time(8), ends=time(20))

    message.refresh_from_db()
    assert message.due_at == at("2026-11-30 16:00")


def test_a_day_of_one_settlement_moves_nothing_of_another(
    keeper: Client, urtam_vk: Account, editor: User, chilino: Organization
) -> None:
    with time_machine.travel(at("2026-11-27 16:00"), tick=False):
        message = ask(urtam_vk, at("2026-11-27 16:00"), editor)
        save_day(keeper, chilino, "2026-11-30")

    message.refresh_from_db()
    assert message.due_at == at("2026-11-30 17:00")
