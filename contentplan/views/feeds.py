"""A plan in the person's own calendar: secret addresses, made and revoked here, read by a program."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contentplan.actions.feeds import make_feed, revoke_feed
from contentplan.export import ical
from contentplan.models import CalendarFeed
from contentplan.views.back import asked
from people.http import UserRequest, require
from people.models import Organization
from people.roles import Permission

NEW_ADDRESS = "new_feed_address"  # in the session, until it was shown once


@require_safe
def feed_list(request: UserRequest) -> HttpResponse:
    """The person's feeds; a new address is shown this once."""
    require(request.user.may_anywhere(Permission.VIEW))
    bodies = Organization.objects.visible_to(request.user)
    feeds = CalendarFeed.objects.working().filter(user=request.user).select_related("organization")
    values = {
        "feeds": feeds,
        "bodies": bodies,
        "several": len(bodies) > 1,
        "chosen": asked(request, "body"),
        "address": request.session.pop(NEW_ADDRESS, ""),
    }
    return render(request, "contentplan/feed_list.html", values)


@require_POST
def feed_create(request: UserRequest) -> HttpResponse:
    """Makes an address; the one before it, of the same scope, stops working."""
    require(request.user.may_anywhere(Permission.VIEW))
    slug = asked(request, "body")
    bodies = Organization.objects.visible_to(request.user)
    organization = get_object_or_404(bodies, slug=slug) if slug else None
    if organization is None and len(bodies) == 1:
        organization = bodies[0]
    secret = make_feed(organization, by=request.user)
    request.session[NEW_ADDRESS] = settings.SITE_URL + reverse("contentplan:calendar_feed", args=[secret])
    return redirect("contentplan:feed_list")


@require_POST
def feed_revoke(request: UserRequest, pk: int) -> HttpResponse:
    """The address stops working at once."""
    feed = get_object_or_404(CalendarFeed, pk=pk, user=request.user)
    revoke_feed(feed, by=request.user)
    messages.success(request, _("The address is switched off. Calendars that used it get nothing any more."))
    return redirect("contentplan:feed_list")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar, to whoever holds the address; 404 when the address or the person's access has ended."""
    feed = CalendarFeed.objects.of_secret(secret)
    bodies = feed.bodies() if feed else []
    if feed is None or not bodies:
        raise Http404
    name = bodies[0].short_name if feed.organization_id else _("all bodies")
    content = ical.calendar_of(bodies, _("Content plan: %(name)s") % {"name": name})
    etag = ical.etag_of(content)
    response = HttpResponse(content, ical.CONTENT_TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
