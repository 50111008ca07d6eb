"""The bell, the page of notifications, how letters come, absences and their deputies."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conftest import make_user
from people import delivery, mailing, outbox
from people.models import (
    Absence,
    AuditEntry,
    Letter,
    MailChoice,
    Notice,
    Organization,
    User,
    WorkHours,
)
from people.roles import Role

NOTICES = reverse("people:notice_list")
NOW = datetime(2026, 11, 26, 12, tzinfo=ZoneInfo("Asia/Tomsk"))  # a Thursday


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def notice(user: User, key: str = "1", **fields: object) -> Notice:
    values = {"title": "Согласовано: «Субботник»", "url": "/today/", "kind": "news", "created_at": NOW, **fields}
    return Notice.objects.create(key=f"{key}:{user.pk}", user=user, **values)


def page(client: Client, user: User, address: str = NOTICES) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


# --- the bell and its page ----------------------------------------------------------------------


def test_the_bell_counts_what_is_not_read(client: Client, editor: User, coordinator: User) -> None:
    notice(editor, "1")
    notice(editor, "2")
    notice(editor, "3", read_at=NOW)
    notice(coordinator)

    assert '<span class="count">2<span class="visually-hidden"> не прочитано</span></span>' in page(
        client, editor, "/me/"
    )


def test_the_bell_counts_each_notice_once_for_a_person_of_two_bodies(editor: User, chilino: Organization) -> None:
    editor.memberships.create(organization=chilino, role=Role.EDITOR, starts_on=date(2026, 1, 1))
    notice(editor)

    assert editor.unread_notices == 1


def test_one_reads_only_what_oneself_was_told(client: Client, editor: User, coordinator: User) -> None:
    notice(editor, title="Вернули: «Мост»")
    notice(coordinator, title="На согласование: Уртам")

    answer = page(client, editor)

    assert ("Вернули: «Мост»" in answer, "На согласование: Уртам" in answer) == (True, False)


def test_what_is_opened_is_read_and_leads_on(client: Client, editor: User) -> None:
    row = notice(editor)
    client.force_login(editor)

    response = client.post(reverse("people:notice_open", args=[row.pk]))

    row.refresh_from_db()
    assert (response.headers["Location"], row.read_at) == ("/today/", NOW)


def test_the_link_of_a_letter_leads_on_and_the_notice_is_read(
    client: Client, editor: User, coordinator: User, clock: time_machine.Traveller
) -> None:
    told = notice(editor)
    clock.shift(180)
    mailing.write_letters()
    letter = Letter.objects.get(user=editor)
    address = re.search(r"https?://[^/]+(/notices/\S+)", letter.body)
    assert address

    before_sign_in = client.get(address[1])
    client.force_login(editor)
    response = client.get(address[1])

    told.refresh_from_db()
    assert (before_sign_in.status_code, response.url, told.is_read) == (302, "/today/", True)  # type: ignore[attr-defined]
    client.force_login(coordinator)
    assert client.get(address[1]).status_code == 404


def test_another_persons_notice_does_not_exist(client: Client, editor: User, administrator: User) -> None:
    row = notice(editor)
    client.force_login(administrator)

    assert client.post(reverse("people:notice_open", args=[row.pk])).status_code == 404


def test_all_are_read_but_those_that_came_meanwhile(client: Client, editor: User, coordinator: User) -> None:
    shown, others = notice(editor, "1"), notice(coordinator)
    later = notice(editor, "2")
    client.force_login(editor)

    client.post(reverse("people:notice_read_all"), {"newest": shown.pk})

    assert list(Notice.objects.unread()) == [later, others]


def test_only_the_unread_are_shown_when_asked(client: Client, editor: User) -> None:
    notice(editor, "1", title="Старое", read_at=NOW)
    notice(editor, "2", title="Свежее")

    answer = page(client, editor, f"{NOTICES}?show=unread")

    assert ("Старое" in answer, "Свежее" in answer) == (False, True)


def test_empty_lists_say_what_will_stand_there(client: Client, editor: User) -> None:
    nothing = page(client, editor)
    notice(editor, read_at=NOW)

    assert "Уведомлений пока нет" in nothing
    assert "Нового пока нет" in page(client, editor, f"{NOTICES}?show=unread")


def test_a_long_list_has_pages(client: Client, editor: User) -> None:
    for n in range(31):
        notice(editor, str(n), title=f"Новость № {n}.")

    assert "Новость № 0." not in page(client, editor)
    assert "Новость № 0." in page(client, editor, f"{NOTICES}?page=2")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_for_any_number(
    rows: int, client: Client, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(rows):
        notice(editor, str(n))
    client.force_login(editor)
    client.get(NOTICES)  # the first page of a session writes the session

    with django_assert_num_queries(7):
        client.get(NOTICES)


def test_the_deputy_reads_whom_it_is_for(client: Client, editor: User, coordinator: User) -> None:
    Absence.objects.create(
        user=editor, deputy=coordinator, starts_on=date(2026, 11, 26), ends_on=date(2026, 12, 9), made_by=editor
    )
    notice(coordinator, instead_of="за Иванову И. И.")

    answer = page(client, coordinator)

    assert "За Иванову И. И." in answer
    assert "До 9 декабря вы замещаете коллегу (Editor И.)" in answer


# --- how letters come ---------------------------------------------------------------------------


def test_how_letters_come_is_chosen_and_the_log_knows_it(client: Client, editor: User) -> None:
    client.force_login(editor)

    client.post(reverse("people:mail_choice"), {"mail_choice": "daily"})

    editor.refresh_from_db()
    assert editor.mail_choice == MailChoice.DAILY
    assert AuditEntry.objects.latest("pk").changes == {"mail_choice": ["at_once", "daily"]}


def test_an_unknown_choice_is_refused_in_words(client: Client, editor: User) -> None:
    client.force_login(editor)

    response = client.post(reverse("people:mail_choice"), {"mail_choice": "pigeon"}, follow=True)

    editor.refresh_from_db()
    assert editor.mail_choice == MailChoice.AT_ONCE
    assert "Ничего не сохранено: выберите один из трёх вариантов." in response.content.decode()


# --- absences -----------------------------------------------------------------------------------

LEAVE = {"starts_on": "2026-12-01", "ends_on": "2026-12-14"}


def absences(person: User) -> str:
    return reverse("people:absence_list", args=[person.pk])


def test_a_person_names_a_deputy_who_is_told(client: Client, editor: User, coordinator: User) -> None:
    client.force_login(editor)

    client.post(absences(editor), {**LEAVE, "deputy": coordinator.pk})

    absence = Absence.objects.get()
    assert (absence.user, absence.deputy, absence.made_by) == (editor, coordinator, editor)
    told = Notice.objects.get()
    assert (told.user, told.title) == (coordinator, "Вы замещаете Editor И.")
    assert told.text == "С 1 декабря по 14 декабря уведомления и напоминания вместо коллеги (Editor И.) получаете вы."
    assert AuditEntry.objects.filter(content_type__model="absence").count() == 1


def test_an_administrator_enters_it_for_somebody(
    client: Client, administrator: User, editor: User, coordinator: User
) -> None:
    client.force_login(administrator)

    client.post(absences(editor), {**LEAVE, "deputy": coordinator.pk})

    assert Absence.objects.get().made_by == administrator


def test_nobody_enters_it_for_a_colleague(client: Client, coordinator: User, editor: User) -> None:
    client.force_login(coordinator)

    assert client.post(absences(editor), {**LEAVE, "deputy": coordinator.pk}).status_code == 404


def test_only_colleagues_and_the_department_are_offered(
    client: Client, editor: User, coordinator: User, deputy: User, chilino_editor: User, outsider: User, observer: User
) -> None:
    client.force_login(editor)

    offered = client.get(absences(editor)).context["form"].fields["deputy"].queryset

    assert sorted(offered.values_list("username", flat=True)) == ["coordinator", "deputy"]


def test_a_stranger_is_refused_in_words_and_the_days_stay(client: Client, editor: User, chilino_editor: User) -> None:
    client.force_login(editor)

    answer = client.post(absences(editor), {**LEAVE, "deputy": chilino_editor.pk}).content.decode()

    assert "Выберите коллегу из того же органа или из отдела." in answer
    assert 'value="2026-12-01"' in answer


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"starts_on": "2026-12-14", "ends_on": "2026-12-01"}, "Последний день не может быть раньше первого."),
        ({"starts_on": "2026-11-01", "ends_on": "2026-11-20"}, "Эти дни уже прошли."),
        ({"starts_on": "2026-12-10", "ends_on": "2026-12-20"}, "Эти дни пересекаются с другим отсутствием."),
    ],
)
def test_impossible_days_are_refused_in_words(
    client: Client, editor: User, coordinator: User, days: dict[str, str], sentence: str
) -> None:
    client.force_login(editor)
    client.post(absences(editor), {**LEAVE, "deputy": coordinator.pk})

    answer = client.post(absences(editor), {**days, "deputy": coordinator.pk}).content.decode()

    assert sentence in answer
    assert Absence.objects.count() == 1


def test_an_absence_ahead_is_taken_back_without_a_trace(client: Client, editor: User, coordinator: User) -> None:
    client.force_login(editor)
    client.post(absences(editor), {**LEAVE, "deputy": coordinator.pk})

    client.post(reverse("people:absence_end", args=[Absence.objects.get().pk]))

    assert not Absence.objects.exists()
    assert Notice.objects.latest("pk").title == "Вы больше не замещаете Editor И."


def test_whoever_comes_back_early_is_told_again_from_today(client: Client, editor: User, coordinator: User) -> None:
    absence = Absence.objects.create(
        user=editor, deputy=coordinator, starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 9), made_by=editor
    )
    client.force_login(editor)

    client.post(reverse("people:absence_end", args=[absence.pk]))

    absence.refresh_from_db()
    assert absence.ends_on == date(2026, 11, 25)


def test_what_is_over_is_not_taken_back(client: Client, editor: User, coordinator: User) -> None:
    absence = Absence.objects.create(
        user=editor, deputy=coordinator, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 9), made_by=editor
    )
    client.force_login(editor)

    response = client.post(reverse("people:absence_end", args=[absence.pk]), follow=True)

    assert "Это отсутствие уже закончилось." in response.content.decode()


def test_a_deputy_gets_no_new_rights(editor: User, coordinator: User, urtam: Organization) -> None:
    head = make_user("head", Role.OBSERVER, urtam)
    Absence.objects.create(
        user=editor, deputy=head, starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 9), made_by=editor
    )

    assert not head.may_anywhere("write_plan")  # type: ignore[arg-type]  # the permission by its code


# --- letters wait for the working day -------------------------------------------------------------


def wait(user: User, key: str = "1") -> None:
    outbox.write(key=key, user=user, subject="Тема", body="Текст\n", waits_for_work=True)


@pytest.mark.parametrize(
    ("hour", "sent"),
    [(8, 0), (9, 1), (12, 1), (13, 0), (17, 1), (18, 0), (23, 0)],
)
def test_such_a_letter_goes_out_in_working_hours(
    editor: User, clock: time_machine.Traveller, hour: int, sent: int
) -> None:
    clock.move_to(NOW.replace(hour=hour))
    wait(editor)

    assert delivery.deliver() == sent


def test_at_night_it_waits_for_the_morning_and_no_attempt_is_lost(editor: User, clock: time_machine.Traveller) -> None:
    clock.move_to(NOW.replace(day=27, hour=20))
    wait(editor)
    delivery.deliver()

    letter = Letter.objects.get()
    assert (letter.attempts, letter.try_after) == (0, NOW.replace(day=30, hour=9))


def test_a_retry_waits_for_the_morning_too(
    editor: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move_to(NOW.replace(hour=17, minute=59))
    wait(editor)
    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", lambda self: (_ for _ in ()).throw(OSError("nobody there")))
        delivery.deliver()
    sent = []
    for moment in (NOW.replace(hour=18, minute=5), NOW.replace(day=27, hour=9)):
        clock.move_to(moment)
        sent.append(delivery.deliver())

    assert sent == [0, 1]


def test_a_body_with_its_own_hours_gets_its_letters_in_them(
    editor: User, urtam: Organization, clock: time_machine.Traveller
) -> None:
    WorkHours.objects.create(organization=urtam, weekday=4, starts=time(20), ends=time(22))
    wait(editor)
    at_noon = delivery.deliver()
    clock.move_to(NOW.replace(hour=20))

    assert (at_noon, delivery.deliver()) == (0, 1)


def test_passwords_and_invitations_do_not_wait(editor: User, clock: time_machine.Traveller) -> None:
    clock.move_to(NOW.replace(hour=23))
    outbox.write(key="password", user=editor, subject="Пароль", body="Ссылка\n")

    assert delivery.deliver() == 1
