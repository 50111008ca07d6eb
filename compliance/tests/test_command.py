"""`manage.py check_week 2026-W47`: the same check by hand, answered in a sentence."""

from datetime import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from compliance.models import CircumstanceKind, Finding, FindingChange, WeekCheck
from compliance.tests.conftest import TOMSK, WEEK, Explain, facts, publish
from conftest import make_account, make_organization
from people.models import Organization
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")


@pytest.fixture
def west_vk(district: Organization, vk: SocialNetwork) -> Account:
    """An account in another zone."""
    west = make_organization(district, "west")
    Organization.objects.filter(pk=west.pk).update(timezone="Europe/Kaliningrad")
    return make_account(Organization.objects.get(pk=west.pk), vk, "west")


def test_it_says_how_the_week_ended(
    urtam_vk: Account, urtam_ok: Account, chilino_vk: Account, explain: Explain, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(urtam_vk, 5)
    publish(urtam_ok, 5)
    explain(chilino_vk, CircumstanceKind.UNVERIFIABLE)

    call_command("check_week", "2026-W47")

    assert capsys.readouterr().out == (
        "2026-W47 (16–22 ноября), Asia/Tomsk. Норму выполнил 1 из 2 органов. 1 не проверен. "
        "Аккаунты: 2 выполнили норму, 1 не проверен.\n"
    )


def test_it_tells_the_results_apart(
    urtam_vk: Account, urtam_ok: Account, chilino_vk: Account, explain: Explain, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(urtam_vk, 5)
    explain(chilino_vk, CircumstanceKind.EXEMPT)

    call_command("check_week", "2026-W47")

    assert capsys.readouterr().out == (
        "2026-W47 (16–22 ноября), Asia/Tomsk. Норма не выполнена. 1 освобождён. "
        "Аккаунты: 1 выполнил норму, 1 не выполнил норму, 1 освобождён.\n"
    )


@pytest.mark.usefixtures("district")
def test_without_accounts_it_says_that_there_was_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_week", "2026-W47")

    assert capsys.readouterr().out == "2026-W47 (16–22 ноября), Asia/Tomsk. Проверять было нечего.\n"


def test_it_may_be_run_again(urtam_vk: Account, monday_morning: time_machine.Traveller) -> None:
    call_command("check_week", "2026-W47")
    found_at = Finding.objects.get().found_at
    monday_morning.shift(86400)

    call_command("check_week", "2026-W47")

    assert (Finding.objects.get().found_at, FindingChange.objects.count()) == (found_at, 0)


def test_it_may_be_run_for_a_week_long_past(urtam_vk: Account) -> None:
    call_command("check_week", "2025-W01")

    assert [str(week) for week in Finding.objects.values_list("monday", flat=True)] == ["2024-12-30"]


def test_it_checks_every_zone(urtam_vk: Account, west_vk: Account, monday_morning: time_machine.Traveller) -> None:
    monday_morning.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=TOMSK))

    call_command("check_week", "2026-W47")

    assert facts(urtam_vk) == facts(west_vk) == ("not_kept", 0, 5, "")


def test_it_checks_one_zone_when_told_so(
    urtam_vk: Account, west_vk: Account, monday_morning: time_machine.Traveller
) -> None:
    monday_morning.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=TOMSK))

    call_command("check_week", "2026-W47", "--zone", "Europe/Kaliningrad")

    assert [finding.account for finding in Finding.objects.all()] == [west_vk]


def test_a_zone_where_the_week_still_runs_is_named_and_the_others_are_checked(
    urtam_vk: Account,
    west_vk: Account,
    monday_morning: time_machine.Traveller,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monday_morning.move_to(WEEK.bounds(TOMSK)[1])

    with pytest.raises(CommandError) as refusal:
        call_command("check_week", "2026-W47")

    assert str(refusal.value) == (
        "Неделя 16–22 ноября ещё идёт (часовой пояс Europe/Kaliningrad). Проверить её можно, когда она закончится."
    )
    assert capsys.readouterr().out.startswith("2026-W47 (16–22 ноября), Asia/Tomsk.")
    assert [finding.account for finding in Finding.objects.all()] == [urtam_vk]


@pytest.mark.usefixtures("urtam_vk")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["2026-W48"],
            "Неделя 23–29 ноября ещё идёт (часовой пояс Asia/Tomsk). Проверить её можно, когда она закончится.",
        ),
        (["2026-47"], "Недели «2026-47» нет. Напишите, например, 2026-W47."),
        (["2025-W53"], "Недели «2025-W53» нет. Напишите, например, 2026-W47."),
        (
            ["2026-W47", "--zone", "Asia/Nowhere"],
            "В часовом поясе «Asia/Nowhere» никто не работает. Есть: Asia/Tomsk.",
        ),
        (
            ["2026-W47", "--zone", "Europe/Paris"],
            "В часовом поясе «Europe/Paris» никто не работает. Есть: Asia/Tomsk.",
        ),
    ],
)
def test_it_refuses_in_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("check_week", *arguments)

    assert str(refusal.value) == sentence
    assert (Finding.objects.count(), WeekCheck.objects.count()) == (0, 0)
