"""Beside a plan stands who is exempt from the norm in that week, why, and who allowed it."""

from datetime import date

import pytest
from django.test import Client

from compliance.models import Circumstance, CircumstanceKind
from people.models import Organization, User
from registry.models import Account

PLAN = "/plans/urtam/2026-W49/"  # 30 November to 6 December


def explain(organization: Organization, by: User, account: Account | None = None, **fields: object) -> None:
    values = {"starts_on": date(2026, 11, 30), "ends_on": date(2026, 12, 13), "kind": CircumstanceKind.EXEMPT}
    Circumstance.objects.create(
        organization=organization, account=account, reason="Отпуск специалиста", made_by=by, **{**values, **fields}
    )


def page(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(PLAN).content.decode()


def test_the_body_reads_that_it_is_exempt(client: Client, urtam: Organization, editor: User, coordinator: User) -> None:
    explain(urtam, coordinator)

    answer = page(client, editor)

    assert "Освобождены от нормы все аккаунты органа" in answer
    assert "Отпуск специалиста" in answer
    assert "С 30 ноября по 13 декабря, решение: Coordinator И." in answer


def test_one_account_is_named(client: Client, urtam_vk: Account, editor: User, coordinator: User) -> None:
    explain(urtam_vk.organization, coordinator, urtam_vk)

    assert f"Освобождён от нормы: {urtam_vk}" in page(client, editor)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": CircumstanceKind.UNVERIFIABLE},
        {"starts_on": date(2026, 12, 7)},
        {"starts_on": date(2026, 11, 2), "ends_on": date(2026, 11, 29)},
    ],
)
def test_what_exempts_nobody_this_week_is_not_shown(
    client: Client, urtam: Organization, editor: User, coordinator: User, fields: dict[str, object]
) -> None:
    explain(urtam, coordinator, **fields)  # type: ignore[arg-type]  # a test names what it changes

    assert "от нормы" not in page(client, editor).partition("<main")[2]
