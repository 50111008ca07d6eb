"""What changed in the registry: the open page, its feeds, and names that pages bore before."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from registry import former
from registry.changelog import ChangeFilter, ChangeLog
from registry.feeds import AtomOfChanges, RssOfChanges
from registry.heads import of_changes
from registry.kept import kept
from registry.models import EntryChange

FEEDS = {"atom": AtomOfChanges, "rss": RssOfChanges}


@require_safe
@login_not_required
@kept
def change_list(request: HttpRequest) -> HttpResponse:
    """`?organization=urtam&network=vk&kind=renamed&since=2026-11-01&until=2026-11-30&before=812`."""
    chosen = ChangeFilter(request.GET, queryset=EntryChange.objects.public(), request=request)
    if not chosen.is_valid():
        return render(request, "registry/change_list.html", {"filter": chosen}, status=400)
    log = ChangeLog(chosen, before=request.GET.get("before", ""))
    context = {"filter": chosen, "log": log, "head": of_changes(log)}
    return render(request, "registry/change_list.html", context)


@require_safe
@login_not_required
@kept
def change_feed(request: HttpRequest, kind: str) -> HttpResponse:
    chosen = ChangeFilter(request.GET, queryset=EntryChange.objects.public(), request=request)
    if not chosen.is_valid():
        return HttpResponse(chosen.sentence, content_type="text/plain; charset=utf-8", status=400)
    return FEEDS[kind](chosen)(request)


@require_safe
@login_not_required
def account_named(request: HttpRequest, network: str, name: str) -> HttpResponse:
    """`/accounts/vk/urtam/`: leads to the card of the page that bears this name, or bore it."""
    account = former.bearer(network, name)
    if account is None:
        raise Http404
    return redirect("registry:account_detail", account.pk, permanent=True)
