"""Is this page real? The page where anybody asks, and the sign with a code that leads to a page's card."""

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from registry.heads import of_check
from registry.kept import kept
from registry.links import MAX_LENGTH
from registry.models import Account, AccountStatus, SocialNetwork
from registry.verification import verify


@require_safe
@login_not_required
@kept
def check(request: HttpRequest) -> HttpResponse:
    """`?url=…&network=vk`: one explicit answer."""
    text = request.GET.get("url", "")[: MAX_LENGTH + 1]
    known = list(SocialNetwork.objects.with_status())
    offered = [network for network in known if not network.is_prohibited]
    chosen = next((network for network in offered if network.slug == request.GET.get("network")), None)
    context = {
        "text": text,
        "head": of_check(),
        "answer": verify(text, chosen, networks=known) if text.strip() else None,
        "networks": offered,
        "chosen": chosen,
        "notices": sorted({network.notice for network in known if network.notice}),
    }
    return render(request, "registry/check.html", context)


def _signed_account(pk: int) -> Account:
    """Only an official page of an allowed network has a sign."""
    rows = Account.objects.public().filter(status=AccountStatus.ACTIVE).exclude(url="")
    return get_object_or_404(rows.with_relations(), pk=pk)


@require_safe
@login_not_required
@kept
def account_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to be printed and hung up: the code leads to the card of the page in the registry."""
    account = _signed_account(pk)
    return render(request, "registry/account_sign.html", {"account": account, "card": _card(account)})


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
@kept
def account_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code itself, SVG."""
    return _code(_card(_signed_account(pk)))


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
@kept
def check_code(request: HttpRequest) -> HttpResponse:
    """The code of the page where anybody asks whether a page is real: printed beside lists and cards."""
    return _code(f"{settings.SITE_URL}{reverse('registry:check')}")


def _code(address: str) -> HttpResponse:
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=8, border=4, dark="#000", light="#fff")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns" not in svg else svg
    return HttpResponse(head + svg, content_type="image/svg+xml")


def _card(account: Account) -> str:
    return f"{settings.SITE_URL}{reverse('registry:account_detail', args=[account.pk])}"
