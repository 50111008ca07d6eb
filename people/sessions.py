"""Sessions end: after hours without a request, and in any case at the end of a working day."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

BEGAN, SEEN = "began", "seen"
STEP = 300  # seconds: writing down every single request would cost a database write each


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Signs the person out when the session is over; the sign-in page then leads back to where they were."""

    def end_old_session(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep_or_end(request, time())
        return get_response(request)

    return end_old_session


def _keep_or_end(request: HttpRequest, now: float) -> None:
    session = request.session
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
        logout(request)
        messages.info(request, _("You were signed out because you had been away for long. Please sign in again."))
        return
    if BEGAN not in session:
        session[BEGAN] = now
    if SEEN not in session or now - seen > STEP:
        session[SEEN] = now
