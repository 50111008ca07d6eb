"""Who holds the rights to an account, and the handover when somebody leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.audit import acting
from people.http import TooLate
from people.models import Organization, User
from people.roles import Permission
from registry.models import Account, Handover, RightsHolder


@dataclass(frozen=True)
class Person:
    """Somebody who holds or takes over rights; `user` where the portal knows them."""

    name: str
    job_title: str
    user: User | None = None


def colleagues(organization: Organization) -> list[User]:
    """People of the portal who see to the security of this body's accounts: the likeliest holders."""
    return list(User.objects.who_may(Permission.KEEP_SECURITY, organization).order_by("last_name", "first_name"))


def full_name(user: User) -> str:
    """«Кедрова Мария Ивановна»; the login where no name is known."""
    return " ".join(filter(None, (user.last_name, user.first_name, user.patronymic))) or user.username


@transaction.atomic
def add(account: Account, person: Person, *, level: str, since: date, by: User) -> RightsHolder:
    """Raises TooLate when the person is entered already."""
    try:
        with transaction.atomic(), acting(by):
            return RightsHolder.objects.create(
                account=account,
                user=person.user,
                name=person.name,
                job_title=person.job_title,
                level=level,
                since=since,
                added_by=by,
            )
    except IntegrityError as error:
        raise TooLate(_("This person holds rights to this account already.")) from error


@transaction.atomic
def end(holder: RightsHolder, *, on: date, by: User) -> None:
    """The rights were taken away in the network; here it is written down. Raises TooLate if they ended before."""
    stored = RightsHolder.objects.select_for_update().current().filter(pk=holder.pk).first()
    if stored is None:
        raise TooLate(_("These rights have ended already."))
    stored.until, stored.ended_by = max(on, stored.since), by
    with acting(by):
        stored.save(update_fields=["until", "ended_by"])


def rights_of(holder: RightsHolder) -> list[RightsHolder]:
    """Everything the same person holds now at the pages of the same body."""
    same = RightsHolder.objects.current().filter(
        account__in=Account.objects.in_use(),
        account__organization=holder.account.organization,
        name=holder.name,
        job_title=holder.job_title,
    )
    return list(same.select_related("account__network", "account__organization").order_by("account", "pk"))


@transaction.atomic
def draw_up(
    organization: Organization, rights: Iterable[RightsHolder], *, taker: Person, handed_on: date, by: User
) -> Handover:
    """The act of the handover; the rights themselves change when somebody says that it is done."""
    held = list(rights)
    with acting(by):
        handover = Handover.objects.create(
            organization=organization,
            giver_name=held[0].name,
            giver_post=held[0].job_title,
            taker_name=taker.name,
            taker_post=taker.job_title,
            taker=taker.user,
            handed_on=handed_on,
            rows=[_row(one) for one in held],
            made_by=by,
        )
        handover.holders.set(held)
    return handover


def _row(holder: RightsHolder) -> dict[str, str]:
    account = holder.account
    return {
        "network": str(account.network),
        "name": account.name,
        "address": account.address,
        "level": str(holder.get_level_display()),
        "since": holder.since.isoformat(),
    }


@transaction.atomic
def hand_over(handover: Handover, *, by: User) -> None:
    """The rights were passed on in the networks: they end with the one person and begin with the other."""
    stored = Handover.objects.select_for_update().get(pk=handover.pk)
    if stored.is_done:
        raise TooLate(_("This handover is confirmed already."))
    stored.done_by, stored.done_at = by, timezone.now()
    with acting(by):
        stored.save(update_fields=["done_by", "done_at"])
    taker = Person(stored.taker_name, stored.taker_post, stored.taker)
    on = min(stored.handed_on, timezone.localdate())
    for holder in stored.holders.current().select_related("account"):
        end(holder, on=on, by=by)
        _take(holder, taker, since=on, by=by)


def _take(holder: RightsHolder, taker: Person, *, since: date, by: User) -> None:
    """Whoever holds rights there already keeps them as they are."""
    held = RightsHolder.objects.current().filter(account=holder.account, name=taker.name, job_title=taker.job_title)
    if not held.exists():
        add(holder.account, taker, level=holder.level, since=since, by=by)
