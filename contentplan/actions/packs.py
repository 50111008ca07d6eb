"""Topic packs: drafted once by the department, sent to chosen bodies, made local by each of them (procedure, cl. 4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan import notices, rules
from contentplan.actions.plans import open_plan
from contentplan.actions.posts import add_post
from contentplan.content import PostContent
from contentplan.models import Occasion, OfferState, PackOffer, PlannedPost, PostFormat, TopicPack
from people.audit import acting, changed
from people.http import TooLate
from people.models import Organization, User
from people.weeks import Week
from people.worktime import calendar_of
from registry.models import Account, SocialNetwork

# At what hour the draft stands, the first that is free on its day.
HOURS = (time(10), time(12), time(16), time(18), time(9), time(14))
NAMED_IN_LOG = 20


@dataclass(frozen=True)
class PackContent:
    """What the department writes; the days are those within which the posts are to come out, both included."""

    title: str
    text: str
    format: PostFormat
    publish_from: date
    publish_to: date
    advice: str = ""
    occasion: Occasion | None = None

    @property
    def columns(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def save_pack(
    content: PackContent, *, organization: Organization, by: User, pack: TopicPack | None = None
) -> TopicPack:
    """Drafts a pack, or corrects one that is not sent yet; raises TooLate for one that is."""
    if not rules.can_set_for_below(by, organization):
        raise PermissionDenied
    if pack is None:
        with acting(by):
            return TopicPack.objects.create(organization=organization, created_by=by, **content.columns)
    current = TopicPack.objects.select_for_update().get(pk=pack.pk)
    if current.sent_at:
        raise TooLate(_("The pack has been sent already: only its days can be changed."))
    for name, value in content.columns.items():
        setattr(current, name, value)
    with acting(by):
        current.save()
    return current


@transaction.atomic
def delete_pack(pack: TopicPack, *, by: User) -> None:
    """Deletes a pack that nobody has been sent."""
    current = TopicPack.objects.select_for_update().get(pk=pack.pk)
    if current.sent_at:
        raise TooLate(_("The pack has been sent already and cannot be deleted. Recall it instead."))
    with acting(by):
        current.delete()


@transaction.atomic
def send_pack(pack: TopicPack, bodies: Collection[Organization], *, by: User) -> list[PackOffer]:
    """Offers the pack to the bodies; those that have it already keep their answer. Answers with the new offers.

    Raises PermissionDenied for a body out of reach, ValidationError when there is none, TooLate when its days are over.
    """
    if not all(rules.can_set_for_below(by, body) for body in bodies):
        raise PermissionDenied
    if not bodies:
        raise ValidationError(_("Choose at least one body."))
    current = TopicPack.objects.select_for_update(of=("self",)).select_related("organization").get(pk=pack.pk)
    if current.publish_to < current.organization.today:
        raise TooLate(_("The days of this pack are over. Extend it first."))
    has = set(current.offers.values_list("organization", flat=True))
    fresh = [PackOffer(pack=current, organization=body) for body in bodies if body.pk not in has]
    PackOffer.objects.bulk_create(fresh, ignore_conflicts=True)
    if current.sent_at is None:
        _set(current, by=by, sent_at=timezone.now())
    if fresh:
        changed(current, by=by, sent_to=("", _named(fresh)))
    made = current.offers.filter(organization__in=[row.organization for row in fresh])
    offers = list(made.select_related("pack", "organization"))
    for offer in offers:
        notices.pack_offered(offer, url=_page(offer), by=by)
    return offers


def _page(offer: PackOffer) -> str:
    return reverse("contentplan:offer_detail", args=[offer.pk])


def _named(offers: list[PackOffer]) -> str:
    names = ", ".join(str(row.organization) for row in offers[:NAMED_IN_LOG])
    return f"{names}… ({len(offers)})" if len(offers) > NAMED_IN_LOG else names


@transaction.atomic
def recall_pack(pack: TopicPack, *, by: User) -> int:
    """Takes the pack back from the bodies that have not answered; what was taken or declined stays."""
    rows = list(
        pack.offers.select_for_update(of=("self",)).filter(state=OfferState.OFFERED).select_related("organization")
    )
    if rows:
        PackOffer.objects.filter(pk__in=[row.pk for row in rows], state=OfferState.OFFERED).delete()
        changed(pack, by=by, sent_to=(_named(rows), _("recalled")))
    return len(rows)


@transaction.atomic
def extend_pack(pack: TopicPack, publish_to: date, *, by: User) -> None:
    """Gives the bodies more days. Raises ValidationError when the new day is not later."""
    current = TopicPack.objects.select_for_update().get(pk=pack.pk)
    if publish_to <= current.publish_to:
        raise ValidationError({"publish_to": _("Choose a day after the present last one.")})
    _set(current, by=by, publish_to=publish_to)


@transaction.atomic
def take_offer(offer: PackOffer, *, by: User) -> PlannedPost:
    """Makes the pack a draft of the body, in all its accounts; taken twice, it is one post.

    Raises TooLate when the pack was declined, recalled, or its days are over.
    """
    current = _locked(offer)
    if current.state == OfferState.TAKEN:
        post = PlannedPost.objects.filter(offer=current).select_related("plan__organization").first()
        if post:
            return post
    elif not current.is_open:
        raise TooLate(_why_not(current))
    body = current.organization
    moment = _when(current)
    plan = open_plan(body, Week.at(moment, body.zone), by=by)
    post = add_post(plan, _content(current, moment), by=by)
    PlannedPost.objects.filter(pk=post.pk).update(offer=current, event=current.pack.occasion)
    post.offer, post.event = current, current.pack.occasion
    changed(post, by=by, offer=(None, str(current.pack)))
    _set(current, by=by, state=OfferState.TAKEN, answered_by=by, answered_at=timezone.now(), reason="")
    return post


@transaction.atomic
def decline_offer(offer: PackOffer, reason: str, *, by: User) -> None:
    """Says why the body will not publish it. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the department will read it.")})
    current = _locked(offer)
    if current.state == OfferState.DECLINED and current.answered_by == by:
        return  # the same press, arrived twice
    if not current.is_open:
        raise TooLate(_why_not(current))
    _set(current, by=by, state=OfferState.DECLINED, reason=reason.strip(), answered_by=by, answered_at=timezone.now())
    notices.pack_declined(current, url=reverse("contentplan:pack_detail", args=[current.pack_id]), by=by)


def _locked(offer: PackOffer) -> PackOffer:
    rows = PackOffer.objects.select_for_update(of=("self",))
    current = rows.select_related("pack__format", "pack__occasion", "organization").filter(pk=offer.pk).first()
    if current is None:
        raise TooLate(_("The department has recalled this pack."))
    return current


def _why_not(offer: PackOffer) -> str:
    if offer.state == OfferState.TAKEN:
        return _("The pack has been taken already.")
    if offer.state == OfferState.DECLINED:
        return _("The pack has been declined already.")
    return _("The days of this pack are over.")


def _when(offer: PackOffer) -> datetime:
    """The first working day of the pack ahead of us, else its first day; at the first hour that is free and ahead."""
    body, pack = offer.organization, offer.pack
    now = timezone.now().astimezone(body.zone)
    first = max(pack.publish_from, now.date())
    days = [first + timedelta(days=n) for n in range(min((pack.publish_to - first).days, 30) + 1)]
    calendar = calendar_of(body)
    days.sort(key=lambda day: not calendar.works_on(day))
    moments = [datetime.combine(day, hour, tzinfo=body.zone) for day in days for hour in HOURS]
    posts = PlannedPost.objects.filter(plan__organization=body, planned_at__in=moments)
    taken = {moment.astimezone(body.zone) for moment in posts.values_list("planned_at", flat=True)}
    free = (moment for moment in moments if moment > now and moment not in taken)
    return next(free, datetime.combine(first, HOURS[0], tzinfo=body.zone))


def _content(offer: PackOffer, moment: datetime) -> PostContent:
    accounts = Account.objects.active().filter(
        organization=offer.organization, network__in=SocialNetwork.objects.allowed()
    )
    pack = offer.pack
    return PostContent(
        planned_at=moment,
        topic=pack.title,
        text=pack.text,
        format=pack.format,
        occasion=pack.occasion.title if pack.occasion else "",
        responsible_post=next((account.responsible_post for account in accounts), ""),
        placements={account.pk: "" for account in accounts},
    )


def _set(instance: TopicPack | PackOffer, *, by: User, **values: object) -> None:
    before = {name: getattr(instance, name) for name in values}
    for name, value in values.items():
        setattr(instance, name, value)
    type(instance)._default_manager.filter(pk=instance.pk).update(**values)
    changed(instance, by=by, **{name: (before[name], values[name]) for name in values})
