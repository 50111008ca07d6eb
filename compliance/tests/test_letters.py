"""One letter a person and week: to editors about their accounts, to the department about everybody."""

from datetime import date

import pytest
import time_machine

from compliance import notices
from compliance.check import check_week, check_week_once
from compliance.models import CircumstanceKind
from compliance.tasks import check_closed_weeks
from compliance.tests.conftest import TOMSK, WEEK, Explain, publish
from conftest import make_account, make_organization, make_user
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


def test_letters_lost_between_the_check_and_the_outbox_are_written_later(
    urtam_vk: Account, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(notices, "write_week_letters", lambda week: 0)
        check_week(WEEK, TOMSK)
    assert recipients() == []

    check_closed_weeks.delay()

    assert recipients() == ["editor"]


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
