"""Keys of programs: given, shown once, asked for, revoked.

A key is `glashatay_<beginning>_<256 random bits>`. The database keeps its SHA-256 only: what is random through and
through needs no slow hash. It travels in the header Authorization alone, which no log of the portal keeps.
"""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from rest_framework.throttling import BaseThrottle

from people import audit, rates
from people.http import TooLate
from people.models import ApiKey, Organization, Scope, User

BEGINNING = "glashatay"
USE_IS_NOTED_EVERY = timedelta(minutes=1)
TITLES: dict[int, Promise] = {
    401: gettext_lazy("A key is needed"),
    403: gettext_lazy("The key does not open this"),
    429: gettext_lazy("Too many requests"),
}


class ApiRequest(HttpRequest):
    """A request that came with a key."""

    api_key: ApiKey


class KeyRefused(Exception):
    """401 without a key in force, 403 without the scope, 429 above the allowance; in the shape of RFC 9457."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def response(self) -> JsonResponse:
        title = str(TITLES[self.status])
        body = {"type": "about:blank", "title": title, "status": self.status, "detail": self.sentence}
        kind = "application/problem+json"
        return JsonResponse(body, status=self.status, content_type=kind, headers=self.headers)


@transaction.atomic
def issue(
    organization: Organization, name: str, scopes: Collection[str], *, by: User, expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key and its text, which nobody can read afterwards."""
    prefix = secrets.token_hex(4)
    text = f"{BEGINNING}_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        organization=organization,
        name=name,
        scopes=[scope.value for scope in Scope if scope in scopes],
        prefix=prefix,
        digest=_digest(text),
        made_by=by,
        made_at=timezone.now(),
        expires_at=expires_at,
    )
    return key, text


@transaction.atomic
def revoke(key: ApiKey, *, by: User) -> None:
    """From this moment on the key opens nothing."""
    now = timezone.now()
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        raise TooLate(_("This key has been revoked already."))
    audit.changed(key, by=by, revoked_at=(None, now), revoked_by=(None, by))


def admit(request: HttpRequest, scope: Scope) -> tuple[ApiKey, rates.State]:
    """The key of `Authorization: Bearer …`, if it is in force and opens this. Raises `KeyRefused`."""
    key = _key_of(request)
    state = rates.count("key", str(key.pk))
    if state.is_over:
        raise _too_many(state)
    if scope not in key.scopes:
        sentence = _("The key “%(prefix)s…” lacks the scope “%(scope)s”.") % {"prefix": key.prefix, "scope": scope}
        raise KeyRefused(403, sentence, WWW_Authenticate=f'Bearer error="insufficient_scope", scope="{scope}"')
    _note_use(key)
    return key, state


def with_key(scope: Scope) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]:
    """For a view that programs call with a key: `request.api_key` is the key. No cookies, no session, no cache."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def checked(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                request.api_key, state = admit(request, scope)
            except KeyRefused as refusal:
                return keep_private(refusal.response)
            response = view(request, *args, **kwargs)
            state.write(response)
            return keep_private(response)

        return checked

    return decorate


def keep_private(response: HttpResponse) -> HttpResponse:
    """What a key opens stays in no store on the way."""
    response["Cache-Control"] = "private, no-store"
    return response


def _key_of(request: HttpRequest) -> ApiKey:
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise KeyRefused(401, _("Send the key in the header “Authorization: Bearer …”."), WWW_Authenticate="Bearer")
    key = ApiKey.objects.filter(digest=_digest(text.strip())).select_related("organization").first()
    if key and key.is_in_force:
        return key
    state = rates.count("read", f"refused:{BaseThrottle().get_ident(request)}")  # type: ignore[arg-type]
    if state.is_over:
        raise _too_many(state)
    raise KeyRefused(401, _why_not(key), WWW_Authenticate='Bearer error="invalid_token"')


def _why_not(key: ApiKey | None) -> str:
    """Only whoever holds a whole key learns what became of it."""
    if key is None:
        return _("There is no such key.")
    if key.revoked_at:
        return _("The key “%(prefix)s…” has been revoked.") % {"prefix": key.prefix}
    return _("The key “%(prefix)s…” has expired.") % {"prefix": key.prefix}


def _too_many(state: rates.State) -> KeyRefused:
    refusal = KeyRefused(
        429, _("Too many requests. Ask again in %(n)d seconds.") % {"n": state.reset}, Retry_After=str(state.reset)
    )
    refusal.headers |= state.headers
    return refusal


def _note_use(key: ApiKey) -> None:
    """When the key was last used, to the minute: not a write for every request."""
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at >= USE_IS_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
