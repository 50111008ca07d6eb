"""Terms of replies: how a message stands with its own, who is told before and after it, how many were kept."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from moderation import clocks, reminders
from moderation.inbox import actions as inbox
from moderation.models import Message, ReplyStatus
from moderation.replies import terms
from moderation.tests.replying import ask, reply_to
from people.models import Notice, User
from people.worktime import calendar_of
from registry.models import Account

pytestmark = pytest.mark.django_db
# Friday 27 November 2026, 15:00 in Tomsk; the working day ends at 17:00, so eight hours end on Monday at 16:00.
FRIDAY = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="100")
    urtam_vk.refresh_from_db()
    with time_machine.travel(FRIDAY, tick=False):
        return ask(urtam_vk, FRIDAY, editor)


def told(user: User) -> list[str]:
    return list(
        Notice.objects.filter(user=user, kind__in=["reply_due_soon", "reply_late"]).values_list("kind", flat=True)
    )


@pytest.mark.parametrize(
    ("at", "word"),
    [
        (FRIDAY, "в срок"),
        (datetime(2026, 11, 29, 9, 0, tzinfo=UTC), "в срок"),  # Sunday: eight hours are still ahead on Monday
        (datetime(2026, 11, 30, 7, 59, tzinfo=UTC), "в срок"),
        (datetime(2026, 11, 30, 8, 0, tzinfo=UTC), "скоро срок"),
        (DUE, "скоро срок"),
        (DUE + timedelta(seconds=1), "просрочено"),
    ],
)
def test_how_a_message_stands_with_its_term(message: Message, at: datetime, word: str) -> None:
    standing = clocks.standing(message, calendar_of(message.organization), at)

    assert (message.due_at, standing.word) == (DUE, word)


def test_who_answers_is_warned_once_and_the_department_after_the_term(
    message: Message, editor: User, coordinator: User
) -> None:
    inbox.assign(message, to=editor, by=editor)
    for at in (DUE - timedelta(hours=3), DUE - timedelta(minutes=50), DUE - timedelta(minutes=20)):
        reminders.remind(at)
    assert (told(editor), told(coordinator)) == (["reply_due_soon"], [])

    for minutes in (10, 20):
        reminders.remind(DUE + timedelta(minutes=minutes))
    assert (sorted(told(editor)), told(coordinator)) == (["reply_due_soon", "reply_late"], ["reply_late"])


def test_nobody_is_told_at_night_at_the_weekend_or_at_lunch(message: Message) -> None:
    Message.objects.update(due_at=datetime(2026, 11, 28, 3, 0, tzinfo=UTC))
    night, sunday = datetime(2026, 11, 30, 18, 0, tzinfo=UTC), datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
    lunch, morning = datetime(2026, 11, 30, 6, 30, tzinfo=UTC), datetime(2026, 11, 30, 2, 0, tzinfo=UTC)

    assert [reminders.remind(at) for at in (night, sunday, lunch, morning)] == [0, 0, 0, 1]


@pytest.mark.parametrize("how", ["answer", "close", "pause"])
def test_reminders_stop_when_the_message_is_dealt_with(message: Message, coordinator: User, how: str) -> None:
    if how == "answer":
        inbox.answer(message, by=coordinator)
    else:
        getattr(inbox, how)(message, reason="Ждём подрядчика", by=coordinator)

    assert reminders.remind(DUE + timedelta(minutes=10)) == 0


def test_a_new_term_is_reminded_of_anew(message: Message, coordinator: User) -> None:
    reminders.remind(DUE + timedelta(minutes=10))
    inbox.close(message, reason="Благодарность", by=coordinator)
    with time_machine.travel(DUE + timedelta(minutes=20), tick=False):
        inbox.reopen(message, by=coordinator)

    message.refresh_from_db()
    assert message.due_at
    assert reminders.remind(message.due_at + timedelta(minutes=1)) == 1


def test_heads_are_told_of_the_number_alone(message: Message, urtam_vk: Account) -> None:
    from conftest import make_user
    from people.roles import Role

    head = make_user("head", Role.OBSERVER, urtam_vk.organization)

    reminders.remind(DUE + timedelta(minutes=10))

    notice = Notice.objects.get(user=head)
    assert (notice.url, "мост" in (notice.title + notice.text).lower()) == (reverse("compliance:today"), False)


def test_the_share_in_time_counts_what_is_still_open(
    urtam_vk: Account, message: Message, editor: User, coordinator: User
) -> None:
    with time_machine.travel(FRIDAY + timedelta(minutes=30), tick=False):
        reply_to(message, ReplyStatus.SENT, author=editor, reviewer=coordinator)
        late, _open = (ask(urtam_vk, FRIDAY, editor, external_id=number) for number in ("1", "2"))
    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        inbox.close(late, reason="Благодарность", by=editor)
        [rate] = terms.rates(editor, date(2026, 11, 1), date(2026, 11, 30))

    assert (rate.in_time, rate.late, rate.waiting, rate.percent) == (1, 1, 1, 33)


def test_the_workbook_says_what_the_page_says(
    client: Client, message: Message, editor: User, coordinator: User
) -> None:
    with time_machine.travel(FRIDAY + timedelta(minutes=30), tick=False):
        reply_to(message, ReplyStatus.SENT, author=editor, reviewer=coordinator)
        client.force_login(editor)
        period = {"since": "2026-11-01", "until": "2026-11-30"}
        page = client.get(reverse("moderation:reply_terms"), period).content.decode()
        file = client.get(reverse("moderation:reply_terms_xlsx"), period)

    sheet = load_workbook(BytesIO(file.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[1] == [message.organization.name, 1, 0, 0, 1]
    assert "100\xa0%" in page.replace("&nbsp;", "\xa0")


def test_a_body_sees_its_own_share_only(client: Client, message: Message, chilino_editor: User) -> None:
    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        rows = terms.rates(chilino_editor, date(2026, 11, 1), date(2026, 11, 30))

    assert [(row.body, row.waiting, row.percent) for row in rows] == [("Администрация chilino", 0, None)]


def test_a_body_with_nothing_to_answer_has_no_percent(
    client: Client, message: Message, editor: User, coordinator: User, chilino_vk: Account
) -> None:
    with time_machine.travel(FRIDAY + timedelta(minutes=30), tick=False):
        reply_to(message, ReplyStatus.SENT, author=editor, reviewer=coordinator)
        client.force_login(coordinator)
        period = {"since": "2026-11-01", "until": "2026-11-30"}
        page = client.get(reverse("moderation:reply_terms"), period).content.decode()
        file = client.get(reverse("moderation:reply_terms_xlsx"), period)

    sheet = load_workbook(BytesIO(file.content)).active
    assert sheet is not None
    rows = {row[0].value: (row[4].value, row[4].number_format) for row in sheet.iter_rows(min_row=2)}
    assert rows["Администрация chilino"] == (None, "0.0%")
    assert rows[message.organization.name] == (1, "0.0%")
    assert page.count("<td>—</td>") == 2  # the other settlement and the district


def test_what_was_removed_or_closed_in_time_is_no_reply(urtam_vk: Account, message: Message, editor: User) -> None:
    with time_machine.travel(FRIDAY + timedelta(minutes=30), tick=False):
        inbox.close(message, reason="Благодарность", by=editor)
        [rate] = terms.rates(editor, date(2026, 11, 1), date(2026, 11, 30))

    assert (rate.in_time, rate.late, rate.percent) == (0, 0, None)


def test_a_turned_period_is_a_sentence(client: Client, editor: User) -> None:
    client.force_login(editor)

    page = client.get(reverse("moderation:reply_terms"), {"since": "2026-11-30", "until": "2026-11-01"})

    assert "Этот день раньше первого" in page.content.decode()


def test_a_pause_adds_the_working_time_it_lasted(message: Message, editor: User) -> None:
    # Paused on Friday at 16:00 with seven working hours left; taken up on Tuesday at 9:00.
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        inbox.pause(message, reason="Ждём подрядчика", by=editor)
    with time_machine.travel(datetime(2026, 12, 1, 2, 0, tzinfo=UTC), tick=False):
        inbox.resume(Message.objects.get(), by=editor)

    assert Message.objects.get().due_at == datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def test_a_pause_saves_nobody_from_a_term_that_has_passed(message: Message, editor: User) -> None:
    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        inbox.pause(message, reason="Ждём подрядчика", by=editor)
        inbox.resume(Message.objects.get(), by=editor)

    assert Message.objects.get().due_at == DUE


def test_a_final_term_of_days_survives_a_pause(message: Message, editor: User) -> None:
    final = datetime(2026, 12, 8, 11, 0, tzinfo=UTC)
    Message.objects.update(due_at=final)
    with time_machine.travel(FRIDAY, tick=False):
        inbox.pause(Message.objects.get(), reason="Ждём подрядчика", by=editor)
        inbox.resume(Message.objects.get(), by=editor)

    assert Message.objects.get().due_at == final


def test_an_answer_during_a_pause_is_in_time(message: Message, editor: User, coordinator: User) -> None:
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        inbox.pause(message, reason="Ждём подрядчика", by=editor)
    with time_machine.travel(DUE + timedelta(days=5), tick=False):
        inbox.answer(Message.objects.get(), by=coordinator)
        [rate] = terms.rates(editor, date(2026, 11, 1), date(2026, 12, 30))

    assert (rate.in_time, rate.late) == (1, 0)
