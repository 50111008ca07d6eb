"""The widget for official sites: the page where its lines are copied, and what those lines ask for."""

from functools import cache
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from people.models import Organization
from registry.kept import kept
from registry.widget import Lines, Options, content
from registry.widget_forms import WidgetForm

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "widget.js"
# A page stays right for a minute; where the portal does not answer, for a day.
_fresh = cache_control(public=True, max_age=60, stale_while_revalidate=600, stale_if_error=86400)


@require_safe
@login_not_required
@kept
def widget(request: HttpRequest) -> HttpResponse:
    """Choose a body, see the widget, copy a line."""
    form = WidgetForm(request.GET if "organization" in request.GET else None, initial={"level": 2, "size": 100})
    context: dict[str, Any] = {"form": form, "site": settings.SITE_URL, "files": reverse("registry:account_list")}
    if form.is_valid():
        organization, options = form.cleaned_data["organization"], form.options
        context |= {"organization": organization, "options": options, "lines": Lines(organization, options)}
    return render(request, "registry/widget.html", context)


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600, stale_if_error=86400)
@conditional_page
def widget_script(request: HttpRequest) -> HttpResponse:
    """The script, always at the same address: it stands on sites for years."""
    return _open_to_all(HttpResponse(_script(), content_type="text/javascript; charset=utf-8"))


@require_safe
@login_not_required
@_fresh
@conditional_page
@kept
def widget_data(request: HttpRequest, organization: str) -> HttpResponse:
    """What the script shows."""
    body = get_object_or_404(Organization, slug=organization)
    answer = JsonResponse(content(body, Options.read(request.GET)), json_dumps_params={"ensure_ascii": False})
    return _open_to_all(answer)


@require_safe
@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.WIDGET_FRAME_ANCESTORS})  # type: ignore[arg-type]  # its types know only views without arguments
@_fresh
@conditional_page
@kept
def widget_frame(request: HttpRequest, organization: str) -> HttpResponse:
    """The only page that other sites may frame: it has no form and looks at no cookie."""
    body = get_object_or_404(Organization, slug=organization)
    options = Options.read(request.GET)
    with translation.override(options.language):
        values = {"widget": content(body, options), "options": options}
        return HttpResponse(render_to_string("registry/widget_frame.html", values))


@cache
def _stored() -> bytes:
    return SCRIPT.read_bytes()


def _script() -> bytes:
    return SCRIPT.read_bytes() if settings.DEBUG else _stored()


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """To be used by pages of any site: it is the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
