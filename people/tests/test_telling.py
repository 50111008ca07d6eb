"""What people are told: once, not to the actor, to the deputy of whoever is away, by letter as each of them chose."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from conftest import make_user
from people import delivery, mailing, telling
from people.models import Absence, Letter, MailChoice, Membership, Notice, Organization, Tone, User
from people.roles import Role
from people.telling import Event, Words

THURSDAY = datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Asia/Tomsk"))
NEWS = Event("news", Tone.GOOD)
ALARM = Event("alarm", Tone.BAD, urgent=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


def tell(*people: User, event: Event = NEWS, key: str = "1", by: User | None = None) -> list[Notice]:
    return telling.tell(event, people, Words("Согласовано: «Субботник»", "/posts/1/", "Выйдет завтра."), key=key, by=by)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("user__username").values_list("user__username", "instead_of"))


def choose(user: User, choice: MailChoice) -> None:
    user.mail_choice = choice
    user.save(update_fields=["mail_choice"])


def away(user: User, deputy: User) -> None:
    Absence.objects.create(
        user=user, deputy=deputy, starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 26), made_by=user
    )


# --- in the portal ------------------------------------------------------------------------------


def test_everybody_but_the_actor_is_told(editor: User, coordinator: User) -> None:
    tell(editor, coordinator, by=coordinator)

    assert told() == [("editor", "")]


def test_the_same_event_tells_nobody_twice(editor: User) -> None:
    counts = [len(tell(editor)), len(tell(editor)), len(tell(editor, key="2"))]

    assert counts == [1, 0, 1]


def test_whoever_is_switched_off_is_not_told(editor: User) -> None:
    editor.is_active = False

    assert tell(editor) == []


def test_a_notice_speaks_for_the_next_ones_until_it_is_read(editor: User, clock: time_machine.Traveller) -> None:
    once = Event("many", speaks_for=timedelta(hours=4))
    first, second = tell(editor, event=once), tell(editor, event=once, key="2")
    Notice.objects.update(read_at=THURSDAY)
    after_reading = tell(editor, event=once, key="3")
    clock.move_to(THURSDAY + timedelta(hours=5))
    much_later = tell(editor, event=once, key="4")

    assert [len(row) for row in (first, second, after_reading, much_later)] == [1, 0, 1, 1]


def test_what_was_taken_back_is_forgotten(editor: User) -> None:
    tell(editor, key="1")
    tell(editor, key="11")

    telling.forget(NEWS, key="1")

    assert [notice.key for notice in Notice.objects.all()] == [f"news:11:{editor.pk}"]


@pytest.mark.parametrize("people", [1, 3])
def test_telling_asks_the_same_for_any_number(
    people: int, urtam: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    users = [make_user(f"editor{n}", Role.EDITOR, urtam) for n in range(people)]

    with django_assert_num_queries(3):
        tell(*users)


# --- deputies -----------------------------------------------------------------------------------


def test_the_deputy_is_told_instead_of_whoever_is_away(editor: User, coordinator: User) -> None:
    away(editor, coordinator)

    tell(editor)

    assert told() == [("coordinator", "вместо: Editor И.")]


def test_the_name_stands_in_its_case(editor: User, coordinator: User) -> None:
    editor.last_name, editor.first_name, editor.patronymic = "Иванова", "Ирина", "Ивановна"
    away(editor, coordinator)

    tell(editor)

    assert told() == [("coordinator", "за Иванову И. И.")]


def test_a_deputy_who_is_told_anyway_is_told_once_for_oneself(editor: User, coordinator: User) -> None:
    away(editor, coordinator)

    tell(editor, coordinator)

    assert told() == [("coordinator", "")]


def test_a_deputy_who_did_it_is_not_told(editor: User, coordinator: User) -> None:
    away(editor, coordinator)

    assert tell(editor, by=coordinator) == []


def test_a_deputy_who_is_away_too_passes_it_on(editor: User, coordinator: User, deputy: User) -> None:
    away(editor, coordinator)
    away(coordinator, deputy)

    tell(editor)

    assert told() == [("deputy", "вместо: Editor И.")]


def test_two_who_stand_in_for_each_other_lose_nothing(editor: User, coordinator: User) -> None:
    away(editor, coordinator)
    away(coordinator, editor)

    tell(editor)

    assert told() == [("coordinator", "вместо: Editor И.")]


def test_an_absence_ends_with_its_last_day(editor: User, coordinator: User, clock: time_machine.Traveller) -> None:
    away(editor, coordinator)
    clock.move_to(THURSDAY + timedelta(days=1))

    tell(editor)

    assert told() == [("editor", "")]


# --- by letter ----------------------------------------------------------------------------------


def test_at_once_is_a_few_minutes_later(editor: User, clock: time_machine.Traveller) -> None:
    tell(editor)
    before = mailing.write_letters()
    clock.shift(3 * MINUTE)
    after = mailing.write_letters()

    assert (before, after, mailing.write_letters()) == (0, 1, 0)


def test_the_letter_says_what_the_notice_says(
    editor: User, settings: pytest.FixtureRequest, clock: time_machine.Traveller
) -> None:
    tell(editor)
    clock.shift(3 * MINUTE)
    mailing.write_letters()
    delivery.deliver()

    [letter] = mail.outbox
    assert letter.subject == "Согласовано: «Субботник»"
    assert letter.to == [editor.email]
    assert "Здравствуйте, Имя!\n\nСогласовано: «Субботник»\n\nВыйдет завтра.\n\nОткрыть:\n" in letter.body
    assert f"{Notice.objects.get().open_url}\n" in letter.body


def test_what_happens_in_the_same_minutes_is_one_letter(editor: User, clock: time_machine.Traveller) -> None:
    for n in range(5):
        tell(editor, key=str(n))
    clock.shift(3 * MINUTE)

    mailing.write_letters()

    assert [letter.subject for letter in Letter.objects.all()] == ["5 новых уведомлений"]


def test_what_was_read_is_not_written(editor: User, clock: time_machine.Traveller) -> None:
    tell(editor)
    Notice.objects.update(read_at=THURSDAY)
    clock.shift(3 * MINUTE)

    assert mailing.write_letters() == 0


def test_nothing_is_written_at_night_and_one_letter_in_the_morning(editor: User, clock: time_machine.Traveller) -> None:
    clock.move_to(THURSDAY.replace(hour=23))
    tell(editor, key="1")
    tell(editor, key="2")
    clock.shift(10 * MINUTE)
    at_night = mailing.write_letters()
    clock.move_to(THURSDAY.replace(day=27, hour=9))
    in_the_morning = mailing.write_letters()

    assert (at_night, in_the_morning) == (0, 1)


def test_what_cannot_wait_goes_out_at_night(
    editor: User,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    clock.move_to(THURSDAY.replace(hour=23))

    with django_capture_on_commit_callbacks(execute=True):
        tell(editor, event=ALARM)

    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_who_wants_no_letters_gets_none(editor: User, clock: time_machine.Traveller) -> None:
    choose(editor, MailChoice.PORTAL)
    tell(editor)
    tell(editor, event=ALARM)
    clock.shift(3 * MINUTE)

    assert (mailing.write_letters(), Letter.objects.count(), Notice.objects.count()) == (0, 0, 2)


def test_once_a_day_is_in_the_morning(editor: User, clock: time_machine.Traveller) -> None:
    choose(editor, MailChoice.DAILY)
    clock.move_to(THURSDAY.replace(hour=12))
    tell(editor, key="1")
    clock.shift(30 * MINUTE)
    the_same_day = mailing.write_letters()
    clock.move_to(THURSDAY.replace(day=27, hour=9))
    next_morning = mailing.write_letters()
    tell(editor, key="2")
    clock.shift(30 * MINUTE)

    assert (the_same_day, next_morning, mailing.write_letters()) == (0, 1, 0)


def test_the_daily_letter_skips_the_weekend(editor: User, clock: time_machine.Traveller) -> None:
    choose(editor, MailChoice.DAILY)
    clock.move_to(THURSDAY.replace(day=27, hour=16))
    tell(editor)
    written = []
    for day in (28, 29, 30):
        clock.move_to(THURSDAY.replace(day=day, hour=9, minute=15))
        written.append(mailing.write_letters())

    assert written == [0, 0, 1]


def test_no_news_no_daily_letter(editor: User, clock: time_machine.Traveller) -> None:
    choose(editor, MailChoice.DAILY)
    clock.move_to(THURSDAY.replace(day=27, hour=9))

    assert mailing.write_letters() == 0


def test_old_news_is_no_news(editor: User, clock: time_machine.Traveller) -> None:
    choose(editor, MailChoice.PORTAL)
    tell(editor)
    choose(editor, MailChoice.AT_ONCE)
    clock.move_to(THURSDAY + timedelta(days=20))

    assert mailing.write_letters() == 0


@pytest.mark.parametrize("people", [1, 3])
def test_looking_for_letters_asks_the_same_for_any_number(
    people: int,
    urtam: Organization,
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    users = [make_user(f"editor{n}", Role.EDITOR, urtam) for n in range(people)]
    tell(*users)
    clock.move_to(THURSDAY.replace(hour=13, minute=30))

    with django_assert_num_queries(4):
        mailing.write_letters()


def test_each_person_has_the_hours_of_the_own_body(
    editor: User, chilino: Organization, clock: time_machine.Traveller
) -> None:
    chilino.timezone = "Europe/Moscow"
    chilino.save()
    Membership.objects.filter(user=editor).update(organization=chilino)
    tell(editor)
    clock.shift(3 * MINUTE)
    too_early = mailing.write_letters()
    clock.move_to(THURSDAY.replace(hour=13, minute=15))

    assert (too_early, mailing.write_letters()) == (0, 1)
