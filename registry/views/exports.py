"""Files of the public registry: what the filter of the page lets through."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.exports import SEPARATORS, file_response
from registry.filters import AccountFilter
from registry.kept import tagged
from registry.models import Account


@require_safe
@login_not_required
@tagged
def account_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    chosen = AccountFilter(request.GET, queryset=Account.objects.public(), request=request)
    separator = request.GET.get("separator", "comma")
    if not chosen.is_valid():
        return _refusal(chosen.sentence)
    if separator not in SEPARATORS:
        return _refusal(_("The separator is comma, semicolon or tab."))
    return file_response(chosen.qs, kind, separator)


def _refusal(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
