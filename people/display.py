"""The panel for people with weak sight: size, contrast, spacing and typeface, remembered in a cookie.

The choice becomes data attributes of `<html>`; the style sheet answers them by changing its tokens.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.html import format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

COOKIE = "display"
COOKIE_AGE = 365 * 24 * 3600

# The first of each is the ordinary look and leaves no attribute.
CHOICES: dict[str, list[tuple[str, Any]]] = {
    "size": [("100", "100 %"), ("125", "125 %"), ("150", "150 %"), ("200", "200 %")],
    "contrast": [
        ("usual", pgettext_lazy("colours", "usual")),
        ("black-on-white", gettext_lazy("black on white")),
        ("white-on-black", gettext_lazy("white on black")),
        ("blue-on-sky", gettext_lazy("dark blue on light blue")),
    ],
    "spacing": [
        ("usual", pgettext_lazy("spacing", "usual")),
        ("wide", gettext_lazy("wider")),
        ("widest", gettext_lazy("widest")),
    ],
    "font": [
        ("usual", pgettext_lazy("typeface", "usual")),
        ("system", gettext_lazy("the device's own, without serifs")),
    ],
}


class DisplayForm(forms.Form):
    """How the pages look for this browser."""

    size = forms.ChoiceField(label=gettext_lazy("Size of text"), choices=CHOICES["size"], widget=forms.RadioSelect)
    contrast = forms.ChoiceField(label=gettext_lazy("Colours"), choices=CHOICES["contrast"], widget=forms.RadioSelect)
    spacing = forms.ChoiceField(
        label=gettext_lazy("Space between letters and lines"), choices=CHOICES["spacing"], widget=forms.RadioSelect
    )
    font = forms.ChoiceField(label=gettext_lazy("Typeface"), choices=CHOICES["font"], widget=forms.RadioSelect)


def chosen(cookies: Mapping[str, str]) -> dict[str, str]:
    """What the cookie asks for; whatever it holds that the panel does not offer is ignored."""
    asked = dict(parse_qsl(cookies.get(COOKIE, "")))
    return {name: _known(name, asked.get(name, "")) for name in CHOICES}


def _known(name: str, value: str) -> str:
    offered = [key for key, _label in CHOICES[name]]
    return value if value in offered else offered[0]


def attributes(cookies: Mapping[str, str]) -> SafeString:
    """Data attributes for `<html>`: only those that differ from the ordinary look."""
    values = [(name, value) for name, value in chosen(cookies).items() if value != CHOICES[name][0][0]]
    return format_html_join("", ' data-{}="{}"', values)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The page of the panel; a choice is remembered and leads back to where the person was."""
    back = _back(request)
    if request.method == "POST" and "reset" in request.POST:
        return _remember(request, back, {})
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=chosen(request.COOKIES))
    if form.is_bound and form.is_valid():
        return _remember(request, back, form.cleaned_data)
    return render(request, "people/display.html", {"form": form, "back": back, "display_page": True})


def _remember(request: HttpRequest, back: str, values: Mapping[str, str]) -> HttpResponse:
    response = HttpResponseRedirect(back)
    if values:
        response.set_cookie(
            COOKIE, urlencode(values), max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
        messages.success(request, _("Done: the pages now look the way you chose."))
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
        messages.success(request, _("The pages have their ordinary look again."))
    return response


def _back(request: HttpRequest) -> str:
    """The address to return to: only ever on this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return resolve_url("people:display")
