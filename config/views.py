"""Pages of the portal itself, for those who run it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import health


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answers 200 when all is well and 503 when something is not; says which."""
    answers = health.report()
    well = set(answers.values()) == {"ok"}
    return JsonResponse({"well": well, **answers}, status=200 if well else 503)
