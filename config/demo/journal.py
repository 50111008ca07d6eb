"""Decisions of every kind on stage: a wave, a demand of an authority, criticism, an objection; the head is signed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from moderation import actions, heads, objections, second
from moderation.models import Decision, Ground, Kind, Measure, Origin, Tag, Verdict
from people.models import User
from registry.models import Account


def build(people: dict[str, User], accounts: list[Account]) -> None:
    moderator, coordinator = people["moderator"], people["coordinator"]
    page = next(account for account in accounts if account.handle == "glashatay_demo_urtam")
    advertising = _entry(page, "Окна со скидкой! Пишите в личку", "spam", tags=(Tag.ADVERTISING,))
    actions.record_wave(advertising, ["Окна со скидкой!!! Пишите", "ОКНА со скидкой, в личку"], by=moderator)
    demand = _entry(
        page,
        "Ссылка на магазин запрещённых веществ",
        "federal-law",
        citation="149-ФЗ, ст. 15.1, ч. 5",
        origin=Origin.AUTHORITY,
        authority="Роскомнадзор, уведомление от 20.11.2026 № 123",
        tags=(Tag.DRUGS,),
    )
    actions.record(demand, by=moderator)
    refused = second.propose(
        _entry(page, "Администрация опять врёт про дорогу!", "insult", is_criticism=True), by=moderator
    )
    second.refuse(refused, "Это критика, хотя и резкая: комментарий остаётся, ответим по дороге.", by=coordinator)
    confirmed = _entry(page, "Глава – [нецензурное слово], дорогу не чистит", "obscene", is_criticism=True)
    second.confirm(second.propose(confirmed, by=moderator), by=coordinator)
    second.propose(_entry(page, "Дармоеды, а не депутаты!", "insult", is_criticism=True), by=moderator)
    rejected, waiting = Decision.objects.filter(measure=Measure.REMOVED, is_criticism=False).order_by("number")[:2]
    objection, _code = objections.file(rejected, "Я предлагал помощь, а не займы.")
    objections.decide(
        objection, Verdict.NO, "В комментарии предлагали займы: это реклама, п. 7 порядка.", by=coordinator
    )
    objections.file(waiting, "Я никого не оскорблял, верните комментарий.")
    heads.sign()


def _entry(account: Account, text: str, ground: str, **more: Any) -> actions.Entry:
    seen_at = timezone.now() - timedelta(minutes=40)
    return actions.Entry(account, Kind.COMMENT, text, seen_at, Ground.objects.get(slug=ground), Measure.REMOVED, **more)
