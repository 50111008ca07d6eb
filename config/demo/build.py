"""Builds the demonstration once; run again, it only sets the shared password and keeps everything else."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from compliance.check import check_week
from compliance.models import Circumstance, CircumstanceKind
from config.demo.acts import build as build_acts
from config.demo.journal import build as build_journal
from config.demo.messages import build as build_messages
from config.demo.occasions import build as build_occasions
from config.demo.registry import build as build_registry
from config.demo.security import build as build_security
from config.demo.stage import STAGE
from config.demo.weeks import Body
from config.demo.weeks import build as build_weeks
from contentplan.models import Norm, PostFormat
from moderation import actions as moderation
from moderation.models import Ground, Kind, Measure
from people import audit
from people.models import Membership, Organization, User
from people.roles import Role
from people.weeks import Week
from registry import history, lookalikes, opendata, searching
from registry.models import Account, AccountStatus, LegalAct, SocialNetwork


@transaction.atomic
def build(password: str) -> bool:
    """Returns whether there was anything to build; sets the password of all demonstration people either way."""
    people = _people()
    User.objects.filter(is_demo=True).update(password=make_password(password))
    if Account.objects.filter(url__contains="glashatay_demo").exists():
        return False
    accounts = _accounts(people)
    _weeks(people, accounts)
    _circumstance(people["coordinator"], accounts)
    _check_past_weeks()
    _journal(people, accounts)
    build_journal(people, accounts)
    build_occasions(people)
    build_security(people)
    build_acts(people)
    build_registry(people)
    build_messages(people, accounts)
    opendata.publish()  # else the page of open data has nothing to show until the night
    return True


def _people() -> dict[str, User]:
    people = {}
    for row in STAGE["people"]:
        organization = Organization.objects.get(slug=row["organization"])
        with audit.about(organization):
            user, created = User.objects.get_or_create(
                username=row["login"],
                defaults={
                    "email": f"{row['login']}@demo.example",
                    "last_name": row["last"],
                    "first_name": row["first"],
                    "patronymic": row["patronymic"],
                    "job_title": row["post"],
                    "is_demo": True,
                },
            )
        if created:
            Membership.objects.create(
                user=user, organization=organization, role=row["role"], starts_on=date(2026, 1, 12)
            )
        people[row["login"]] = user
    return people


def _accounts(people: dict[str, User]) -> list[Account]:
    networks = {network.slug: network for network in SocialNetwork.objects.all()}
    organizations = {organization.slug: organization for organization in Organization.objects.all()}
    today = timezone.localdate()
    accounts = []
    for place, row in enumerate(STAGE["accounts"]):
        network = networks[row["network"]]
        account = Account(
            organization=organizations[row["organization"]],
            network=network,
            url=f"https://{network.hosts[0]}/{row['handle']}",
            handle=row["handle"],
            name=row["name"],
            description="Страница для демонстрации портала: такой страницы в сети нет.",
            status=row["status"],
            opened_on=date(2023, 3, 1) + timedelta(days=37 * place),
            closed_on=date(2025, 6, 1) if row["status"] == AccountStatus.ARCHIVED else None,
            responsible_post="специалист по связям с общественностью (демо)",
        )
        if account.status == AccountStatus.ACTIVE:
            account.last_verified_on = today - timedelta(days=2 + place * 6)
            account.last_verified_by = people["coordinator"]
        account.search = account.search_text
        account.save()
        searching.index([account])
        lookalikes.index([account])
        history.record(account, None, by=people["coordinator"])
        accounts.append(account)
    history.record(_not_kept(organizations["duma"]), None, by=people["coordinator"])
    return accounts


def _not_kept(duma: Organization) -> Account:
    act = LegalAct.objects.create(
        organization=duma, title="Решение Думы района о том, что страница не ведётся (демо)", number="0-демо"
    )
    account = Account(
        organization=duma, name="Дума Кожевниковского района (демо)", status=AccountStatus.NOT_KEPT, legal_act=act
    )
    account.search = account.search_text
    account.save()
    searching.index([account])
    return account


def _weeks(people: dict[str, User], accounts: list[Account]) -> None:
    formats = {post_format.slug: post_format for post_format in PostFormat.objects.all()}
    norm = Norm.objects.get(account=None, organization=None, kind="")
    authors = {row["organization"]: people[row["login"]] for row in STAGE["people"] if row["role"] == Role.EDITOR}
    authors["kozhevnikovo"] = people["press"]
    for place, slug in enumerate(STAGE["weeks"]):
        own = [a for a in accounts if a.organization.slug == slug and a.status == AccountStatus.ACTIVE]
        body = Body(own[0].organization, authors[slug], people["coordinator"], own, formats, norm)
        build_weeks(body, seed=place * 3)


def _circumstance(coordinator: User, accounts: list[Account]) -> None:
    account = next(a for a in accounts if a.handle == "glashatay.demo.dubrovka")
    week = Week.now(account.organization.zone).previous
    account.publications.filter(published_at__gte=week.bounds(account.organization.zone)[0]).delete()
    Circumstance.objects.create(
        organization=account.organization,
        account=account,
        kind=CircumstanceKind.UNVERIFIABLE,
        starts_on=week.monday,
        ends_on=week.sunday,
        reason="нет доступа к странице в Одноклассниках",
        made_by=coordinator,
    )


def _check_past_weeks() -> None:
    zone = Organization.objects.get(slug="kozhevnikovo").zone
    for back in (4, 3, 2, 1):
        check_week(Week.now(zone) + -back, zone)


def _journal(people: dict[str, User], accounts: list[Account]) -> None:
    for place, row in enumerate(STAGE["decisions"]):
        blocked = row["measure"] == Measure.BLOCKED
        entry = moderation.Entry(
            account=next(account for account in accounts if account.handle == row["account"]),
            kind=Kind.COMMENT,
            text=row["text"],
            seen_at=timezone.now() - timedelta(days=9 - place, hours=place),
            ground=Ground.objects.get(slug=row["ground"]),
            explanation=row["explanation"],
            measure=row["measure"],
            blocked_until=timezone.localdate() + timedelta(days=30) if blocked else None,
        )
        moderation.record(entry, by=people["moderator"])
