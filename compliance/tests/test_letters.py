"""One letter a person and week: to editors about their accounts, to the department about everybody."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks

from compliance import notices, week_sql
from compliance.check import check_week, check_week_once
from compliance.models import CircumstanceKind, Finding
from compliance.tasks import check_closed_weeks
from compliance.tests.conftest import MONDAY_MORNING, TOMSK, WEEK, Explain, publish
from conftest import make_account, make_organization, make_user
from people import delivery, outbox
from people.models import Letter, Membership, Organization, User
from people.roles import Role
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")


def recipients() -> list[str]:
    return sorted(Letter.objects.filter(key__startswith="week:").values_list("user__username", flat=True))


def letter_to(user: User) -> Letter:
    return Letter.objects.get(user=user, key__startswith="week:")


def test_writers_and_deciders_get_one_letter_each(
    urtam_vk: Account,
    editor: User,
    coordinator: User,
    deputy: User,
    observer: User,
    moderator: User,
    administrator: User,
) -> None:
    check_week(WEEK, TOMSK)

    assert recipients() == ["coordinator", "deputy", "editor"]


def test_a_second_check_sends_nothing_more(urtam_vk: Account, editor: User, coordinator: User) -> None:
    check_week(WEEK, TOMSK)
    publish(urtam_vk, 5)
    check_week(WEEK, TOMSK)
    check_week_once(WEEK, TOMSK)

    assert recipients() == ["coordinator", "editor"]


def test_the_editor_reads_what_is_missing(urtam_vk: Account, editor: User) -> None:
    publish(urtam_vk, 3)

    check_week(WEEK, TOMSK)

    letter = letter_to(editor)
    assert letter.body.startswith("Здравствуйте, Имя!\n")
    assert "3 из 5, не хватило 2 публикаций" in letter.body
    assert "/plans/urtam/2026-W47/" in letter.body


def test_the_department_reads_who_did_not_keep_the_norm_and_why_some_were_not_judged(
    urtam_vk: Account, chilino_vk: Account, coordinator: User, explain: Explain
) -> None:
    publish(urtam_vk, 3)
    explain(chilino_vk, CircumstanceKind.UNVERIFIABLE, reason="нет доступа")

    check_week(WEEK, TOMSK)

    body = letter_to(coordinator).body
    assert ("Urtam" in body, "нет доступа" in body, "/weeks/2026-W47/" in body) == (True, True, True)


def test_an_editor_reads_nothing_of_others(urtam_vk: Account, chilino_vk: Account, editor: User) -> None:
    check_week(WEEK, TOMSK)

    assert "Chilino" not in letter_to(editor).body


def test_nobody_is_written_to_whose_role_ended_or_who_was_switched_off(
    urtam_vk: Account, urtam: Organization, editor: User
) -> None:
    gone = make_user("gone", Role.EDITOR, urtam)
    Membership.objects.filter(user=gone).update(ends_on=date(2026, 11, 22))
    off = make_user("off", Role.EDITOR, urtam)
    User.objects.filter(pk=off.pk).update(is_active=False)

    check_week(WEEK, TOMSK)

    assert recipients() == ["editor"]


def test_a_body_without_accounts_is_not_written_to(urtam: Organization, editor: User) -> None:
    check_week(WEEK, TOMSK)

    assert recipients() == []


def test_people_without_a_role_or_appointed_later_are_not_written_to(
    urtam_vk: Account, urtam: Organization, editor: User, nobody: User
) -> None:
    newcomer = make_user("newcomer", Role.EDITOR, urtam)
    Membership.objects.filter(user=newcomer).update(starts_on=date(2026, 11, 24))

    check_week(WEEK, TOMSK)
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=TOMSK)):
        check_closed_weeks()

    assert recipients() == ["editor"]


def test_who_has_two_roles_gets_the_letter_of_the_department(
    urtam_vk: Account, chilino_vk: Account, urtam: Organization, coordinator: User
) -> None:
    Membership.objects.create(user=coordinator, organization=urtam, role=Role.EDITOR, starts_on=date(2020, 1, 1))

    check_week(WEEK, TOMSK)

    assert "/weeks/2026-W47/" in letter_to(coordinator).body


def test_an_editor_of_two_bodies_reads_of_both_in_one_letter(
    urtam_vk: Account, chilino_vk: Account, chilino: Organization, editor: User
) -> None:
    Membership.objects.create(user=editor, organization=chilino, role=Role.EDITOR, starts_on=date(2020, 1, 1))

    check_week(WEEK, TOMSK)

    body = letter_to(editor).body
    assert ("Urtam" in body, "Chilino" in body) == (True, True)


def test_the_department_of_another_district_reads_nothing_of_this_one(
    urtam_vk: Account, other_district: Organization, outsider: User, vk: SocialNetwork
) -> None:
    make_account(other_district, vk, "elsewhere")

    check_week(WEEK, TOMSK)

    body = letter_to(outsider).body
    assert ("Elsewhere" in body, "Urtam" in body) == (True, False)


def test_an_editor_who_kept_the_norm_is_told_so(urtam_vk: Account, editor: User) -> None:
    publish(urtam_vk, 5)

    check_week(WEEK, TOMSK)

    assert letter_to(editor).subject == "Неделя 16–22 ноября: норма выполнена"


def test_letters_go_out_once_after_the_commit(
    urtam_vk: Account,
    editor: User,
    coordinator: User,
    monday_morning: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monday_morning.shift(timedelta(hours=3))  # the working day has begun
    for _check in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            before = len(mail.outbox)
            check_week(WEEK, TOMSK)
            assert len(mail.outbox) == before

    assert sorted(message.to for message in mail.outbox) == [["coordinator@example.org"], ["editor@example.org"]]


def test_letters_wait_until_the_working_day_begins(
    urtam_vk: Account,
    editor: User,
    monday_morning: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        check_week(WEEK, TOMSK)
    early = len(mail.outbox)
    monday_morning.move_to(MONDAY_MORNING.replace(hour=9))
    delivery.deliver()

    assert (early, len(mail.outbox)) == (0, 1)


def test_a_check_that_fails_writes_nobody(urtam_vk: Account, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week_sql, "STORE", "INSERT INTO nowhere SELECT 1")

    with pytest.raises(DatabaseError):
        check_week(WEEK, TOMSK)

    assert recipients() == []


def test_a_worker_killed_among_the_letters_leaves_the_findings_and_writes_the_rest_later(
    urtam_vk: Account, chilino_vk: Account, editor: User, chilino_editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, killed_at = outbox.write, 2
    asked: list[str] = []

    def killed(**fields: Any) -> bool:
        asked.append(fields["key"])
        if len(asked) == killed_at:
            raise KeyboardInterrupt
        return write(**fields)

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            check_week(WEEK, TOMSK)
    assert (Finding.objects.count(), recipients()) == (2, [])

    check_closed_weeks.delay()

    assert recipients() == ["chilino_editor", "editor"]


def test_letters_lost_between_the_check_and_the_outbox_are_written_later(
    urtam_vk: Account, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(notices, "write_week_letters", lambda week: 0)
        check_week(WEEK, TOMSK)
    assert recipients() == []

    check_closed_weeks.delay()

    assert recipients() == ["editor"]


@pytest.mark.parametrize("editors", [1, 3])
def test_the_hourly_look_at_written_letters_costs_the_same_for_any_number_of_people(
    urtam_vk: Account, urtam: Organization, editors: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for n in range(editors):
        make_user(f"editor{n}", Role.EDITOR, urtam)
    check_week(WEEK, TOMSK)

    with django_assert_num_queries(5):
        notices.write_letters_left()

    assert len(recipients()) == editors


def test_old_weeks_are_news_to_nobody(urtam_vk: Account, editor: User, monday_morning: time_machine.Traveller) -> None:
    check_week(WEEK + -3, TOMSK)

    assert recipients() == []


def test_the_department_waits_for_the_last_zone(
    urtam_vk: Account, district: Organization, coordinator: User, editor: User, vk: SocialNetwork
) -> None:
    west = make_organization(district, "west")
    Organization.objects.filter(pk=west.pk).update(timezone="Europe/Moscow")
    make_account(Organization.objects.get(pk=west.pk), vk, "west")

    check_week(WEEK, TOMSK)

    assert recipients() == ["editor"]


def test_the_hourly_task_checks_and_writes_once(urtam_vk: Account, editor: User) -> None:
    check_closed_weeks.delay()
    check_closed_weeks.delay()

    assert recipients() == ["editor"]
