"""Keys of programs: given, shown once, revoked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import api_keys, rules
from people.http import UserRequest, require
from people.key_forms import KeyForm
from people.models import ApiKey

PAGE_SIZE = 50


@require_safe
def key_list(request: UserRequest) -> HttpResponse:
    """Those in force first, then those that open nothing any more."""
    require(rules.can_see_keys(request.user))
    rows = ApiKey.objects.visible_to(request.user).select_related("organization", "made_by", "revoked_by")
    page = Paginator(rows.for_listing(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "people/key_list.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def key_create(request: UserRequest) -> HttpResponse:
    """The answer to the form is the only page that ever shows the key."""
    require(rules.can_see_keys(request.user))
    form = KeyForm(request.POST or None, by=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/key_create.html", {"form": form})
    organization, name, scopes = (form.cleaned_data[field] for field in ("organization", "name", "scopes"))
    require(rules.can_manage_keys(request.user, organization))
    key, text = api_keys.issue(organization, name, scopes, by=request.user, expires_at=form.expires_at)
    return render(request, "people/key_given.html", {"key": key, "text": text})


@require_POST
def key_revoke(request: UserRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(ApiKey.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(rules.can_manage_keys(request.user, key.organization))
    api_keys.revoke(key, by=request.user)
    messages.success(request, _("Revoked: the key “%(prefix)s…” opens nothing any more.") % {"prefix": key.prefix})
    return redirect("people:key_list")
