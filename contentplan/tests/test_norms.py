"""Which norm holds for whom and when (procedure, cl. 5)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from contentplan.models import Norm
from contentplan.norm import meters, norms_for
from people.models import Organization, OrganizationKind
from people.weeks import Week
from registry.models import Account, LegalAct

MakeNorm = Callable[..., Norm]
DAY = date(2026, 11, 30)


@pytest.fixture
def accounts(urtam_vk: Account, urtam_ok: Account, chilino_vk: Account) -> list[Account]:
    return list(Account.objects.select_related("organization").order_by("pk"))


@pytest.fixture
def make(the_order: LegalAct) -> MakeNorm:
    def norm(posts: int, start: date = date(2022, 1, 1), **fields: object) -> Norm:
        return Norm.objects.create(posts_per_week=posts, starts_on=start, legal_act=the_order, **fields)

    return norm


def posts(accounts: list[Account], day: date = DAY) -> list[int | None]:
    found = norms_for(accounts, day)
    return [found[account.pk].posts_per_week if account.pk in found else None for account in accounts]


def test_the_narrowest_norm_wins(
    accounts: list[Account], make: MakeNorm, urtam: Organization, urtam_ok: Account
) -> None:
    make(5)
    assert posts(accounts) == [5, 5, 5]
    make(4, kind=OrganizationKind.SETTLEMENT)
    make(9, kind=OrganizationKind.DISTRICT)
    assert posts(accounts) == [4, 4, 4]
    make(3, organization=urtam)
    assert posts(accounts) == [3, 3, 4]
    make(2, account=urtam_ok)
    assert posts(accounts) == [3, 2, 4]


def test_without_a_norm_there_is_no_answer(accounts: list[Account], make: MakeNorm) -> None:
    make(5, date(2027, 1, 1))
    make(7, date(2020, 1, 1), ends_on=date(2026, 11, 29))

    assert norms_for(accounts, DAY) == {}


def test_a_norm_changes_in_the_middle_of_a_year(accounts: list[Account], make: MakeNorm) -> None:
    make(5, date(2026, 1, 1), ends_on=date(2026, 11, 29))
    make(3, date(2026, 11, 30))

    assert posts(accounts, date(2026, 11, 29)) == [5, 5, 5]
    assert posts(accounts, date(2026, 11, 30)) == [3, 3, 3]


def test_the_norm_of_a_week_is_the_one_of_its_monday(
    accounts: list[Account], make: MakeNorm, urtam: Organization
) -> None:
    make(5, date(2026, 1, 1), ends_on=date(2026, 12, 2))
    make(3, date(2026, 12, 3))

    required = [meters([urtam], Week(DAY) + weeks)[urtam.pk][0].required for weeks in (0, 1)]

    assert required == [5, 3]


def test_where_two_slipped_in_the_later_one_holds(accounts: list[Account], make: MakeNorm) -> None:
    make(5, date(2026, 1, 1))
    make(3, date(2026, 6, 1))

    assert posts(accounts) == [3, 3, 3]


def test_norms_of_all_accounts_in_one_query(
    accounts: list[Account], make: MakeNorm, urtam: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make(5)
    make(3, organization=urtam)

    with django_assert_num_queries(1):
        norms_for(accounts[:1], DAY)
    with django_assert_num_queries(1):
        norms_for(accounts, DAY)


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2026, 1, 1), date(2026, 5, 31), True),
        (date(2026, 1, 1), date(2026, 6, 1), False),
        (date(2026, 1, 1), None, False),
        (date(2026, 8, 31), date(2026, 12, 31), False),
        (date(2026, 9, 1), None, True),
    ],
)
def test_norms_of_one_scope_never_overlap(
    start: date, end: date | None, fits: bool, make: MakeNorm, the_order: LegalAct, urtam: Organization
) -> None:
    make(5, date(2026, 6, 1), ends_on=date(2026, 8, 31), organization=urtam)
    other = Norm(posts_per_week=3, starts_on=start, ends_on=end, legal_act=the_order, organization=urtam)

    if fits:
        other.full_clean()
    else:
        with pytest.raises(ValidationError):
            other.full_clean()


def test_norms_of_different_scopes_may(make: MakeNorm, the_order: LegalAct, urtam: Organization) -> None:
    norm = make(5, organization=urtam)
    norm.full_clean()

    Norm(posts_per_week=5, starts_on=date(2026, 1, 1), legal_act=the_order).full_clean()
    Norm(posts_per_week=5, starts_on=date(2026, 1, 1), legal_act=the_order, kind="department").full_clean()
