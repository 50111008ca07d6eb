"""Topic packs: the department drafts and sends, a body takes or declines."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from contentplan import rules
from contentplan.actions import packs as actions
from contentplan.models import Occasion, OfferState, PackOffer, TopicPack
from contentplan.pack_forms import DeclineForm, ExtendForm, PackForm, SendForm
from contentplan.views.back import asked, back_to, form_of
from contentplan.views.cards import Card
from contentplan.views.occasions import own_body, sends_packs
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission

PAGE_SIZE = 25
OFFERS_ON_PAGE = 50
OF_OFFER = ("pack__format", "pack__occasion", "organization", "answered_by", "post__plan__organization")


@require_safe
def pack_list(request: UserRequest) -> HttpResponse:
    """What the department has sent, with how many answered."""
    require(sends_packs(request.user))
    rows = TopicPack.objects.filter(request.user.reach(Permission.DECIDE_PLAN)).select_related("organization")
    rows = rows.annotate(
        sent_to=Count("offers"),
        taken=Count("offers", filter=Q(offers__state=OfferState.TAKEN)),
        declined=Count("offers", filter=Q(offers__state=OfferState.DECLINED)),
    )
    page = Paginator(rows.order_by("-publish_from", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "contentplan/pack_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def pack_create(request: UserRequest) -> HttpResponse:
    """`?occasion=12` drafts a pack about that topic."""
    require(sends_packs(request.user))
    own = own_body(request.user, Permission.DECIDE_PLAN)
    form = PackForm(request.POST or None, user=request.user, own=own, initial=_about(request))
    if form.is_valid():
        body = form.cleaned_data["organization"]
        pack = actions.save_pack(form.content, organization=body, by=request.user)
        messages.success(request, _("The pack is saved. Now choose whom to send it to."))
        return redirect("contentplan:pack_detail", pack.pk)
    return render(request, "contentplan/pack_form.html", {"form": form})


def _about(request: UserRequest) -> dict[str, object]:
    asked_for = asked(request, "occasion")
    rows = Occasion.objects.visible_to(request.user).filter(pk=int(asked_for) if asked_for.isdecimal() else 0)
    topic = rows.first()
    if topic is None:
        return {}
    return {
        "title": topic.title,
        "occasion": topic.pk,
        "publish_from": topic.starts_on,
        "publish_to": topic.ends_on,
    }


@require_http_methods(["GET", "POST"])
def pack_edit(request: UserRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    names = ("title", "text", "advice", "publish_from", "publish_to")
    first = {"organization": pack.organization_id, "format": pack.format_id, "occasion": pack.occasion_id}
    first |= {name: getattr(pack, name) for name in names}
    form = PackForm(request.POST or None, user=request.user, own=pack.organization, initial=first)
    if form.is_valid():
        with back_to(reverse("contentplan:pack_detail", args=[pk])):
            actions.save_pack(form.content, organization=pack.organization, by=request.user, pack=pack)
        messages.success(request, _("Saved: “%(topic)s”.") % {"topic": form.cleaned_data["title"]})
        return redirect("contentplan:pack_detail", pk)
    return render(request, "contentplan/pack_form.html", {"form": form, "pack": pack})


@require_safe
def pack_detail(request: UserRequest, pk: int) -> HttpResponse:
    """The pack, who took it, who declined, who did not answer; the posts it became."""
    return _show(request, _pack(request, pk))


def _show(
    request: UserRequest, pack: TopicPack, send: SendForm | None = None, extend: ExtendForm | None = None
) -> HttpResponse:
    offers = pack.offers.select_related("organization", "pack", "answered_by", "post__plan__organization")
    offers = offers.prefetch_related("post__placements__publication").order_by("organization__path")
    page = Paginator(offers, OFFERS_ON_PAGE).get_page(request.GET.get("page"))
    counts = dict(pack.offers.order_by().values_list("state").annotate(n=Count("pk")))
    values = {
        "pack": pack,
        "page": page,
        "rows": [(offer, Card(offer.post) if hasattr(offer, "post") else None) for offer in page.object_list],
        "taken": counts.get(OfferState.TAKEN, 0),
        "declined": counts.get(OfferState.DECLINED, 0),
        "unanswered": counts.get(OfferState.OFFERED, 0),
        "send": send or SendForm(bodies=_sendable(request, pack)),
        "extend": extend or ExtendForm(),
        "is_over": pack.publish_to < pack.organization.today,
    }
    return render(request, "contentplan/pack_detail.html", values)


def _sendable(request: UserRequest, pack: TopicPack) -> list[Organization]:
    """Bodies in the sender's reach that have not got the pack."""
    bodies = Organization.objects.where_may(request.user, Permission.DECIDE_PLAN).filter(is_active=True)
    return list(bodies.exclude(pk__in=pack.offers.values("organization")))


@form_of("contentplan:pack_detail")
def pack_send(request: UserRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    bodies = Organization.objects.where_may(request.user, Permission.DECIDE_PLAN).filter(is_active=True)
    form = SendForm(request.POST, bodies=list(bodies))
    if not form.is_valid():
        return _show(request, pack, send=form)
    try:
        with back_to(reverse("contentplan:pack_detail", args=[pk])):
            fresh = actions.send_pack(pack, form.chosen, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, pack, send=form)
    n = len(fresh)
    sentence = ngettext("The pack is sent to %(n)d body.", "The pack is sent to %(n)d bodies.", n) % {"n": n}
    messages.success(request, sentence if n else _("All these bodies have the pack already."))
    return redirect("contentplan:pack_detail", pk)


@form_of("contentplan:pack_detail")
def pack_recall(request: UserRequest, pk: int) -> HttpResponse:
    n = actions.recall_pack(_pack(request, pk), by=request.user)
    sentence = ngettext("Recalled from %(n)d body.", "Recalled from %(n)d bodies.", n) % {"n": n}
    messages.success(request, sentence if n else _("Every body has answered: there is nothing to recall."))
    return redirect("contentplan:pack_detail", pk)


@form_of("contentplan:pack_detail")
def pack_extend(request: UserRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            actions.extend_pack(pack, form.cleaned_data["publish_to"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The bodies have more days now."))
            return redirect("contentplan:pack_detail", pk)
    return _show(request, pack, extend=form)


@form_of("contentplan:pack_detail")
def pack_delete(request: UserRequest, pk: int) -> HttpResponse:
    """Only one that nobody has been sent."""
    pack = _pack(request, pk)
    with back_to(reverse("contentplan:pack_detail", args=[pk])):
        actions.delete_pack(pack, by=request.user)
    messages.success(request, _("“%(topic)s” is deleted.") % {"topic": pack.title})
    return redirect("contentplan:pack_list")


@require_safe
def offer_list(request: UserRequest) -> HttpResponse:
    """What was offered to the bodies the person writes for: what waits for an answer first."""
    require(request.user.may_anywhere(Permission.VIEW))
    bodies = [membership.organization_id for membership in request.user.current_memberships]
    rows = PackOffer.objects.visible_to(request.user).filter(organization__in=bodies)
    rows = rows.select_related("pack", "organization", "answered_by", "post__plan__organization")
    rows = rows.annotate(waits=Q(state=OfferState.OFFERED)).order_by("-waits", "-pack__publish_to", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "contentplan/offer_list.html", {"page": page, "sends_packs": sends_packs(request.user)})


@require_safe
def offer_detail(request: UserRequest, pk: int) -> HttpResponse:
    """The pack as a body sees it."""
    return _show_offer(request, _offer(request, pk), DeclineForm())


def _show_offer(request: UserRequest, offer: PackOffer, form: DeclineForm) -> HttpResponse:
    can_answer = rules.can_answer_offer(request.user, offer) and offer.is_open
    values = {"offer": offer, "pack": offer.pack, "form": form, "can_answer": can_answer}
    return render(request, "contentplan/offer_detail.html", values)


@form_of("contentplan:offer_detail")
def offer_take(request: UserRequest, pk: int) -> HttpResponse:
    """One step: the draft stands in the plan, its form is open."""
    offer = _offer(request, pk)
    require(rules.can_answer_offer(request.user, offer))
    with back_to(reverse("contentplan:offer_list")):
        post = actions.take_offer(offer, by=request.user)
    messages.success(request, _("The pack stands in your plan as a draft. Make it local, then send it for approval."))
    return redirect("contentplan:post_edit", post.pk)


@form_of("contentplan:offer_detail")
def offer_decline(request: UserRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    require(rules.can_answer_offer(request.user, offer))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show_offer(request, offer, form)
    with back_to(reverse("contentplan:offer_list")):
        actions.decline_offer(offer, form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The department will see that you declined the pack, and why."))
    return redirect("contentplan:offer_list")


def _pack(request: UserRequest, pk: int) -> TopicPack:
    """One of the packs this person may send; those of a body that is only seen are not theirs to touch."""
    rows = TopicPack.objects.visible_to(request.user).select_related("organization", "format", "occasion", "created_by")
    pack = get_object_or_404(rows, pk=pk)
    require(rules.can_set_for_below(request.user, pack.organization))
    return pack


def _offer(request: UserRequest, pk: int) -> PackOffer:
    rows = PackOffer.objects.visible_to(request.user)
    rows = rows.select_related(
        "pack__format", "pack__occasion", "organization", "answered_by", "post__plan__organization"
    )
    return get_object_or_404(rows, pk=pk)
