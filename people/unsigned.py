"""Forms that anybody may send without an account: no captcha, and yet robots get nothing from them."""

from typing import Any

from django import forms
from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

QUICKEST = 3  # seconds a person needs at least
HOUR = 3600


def may_send(request: HttpRequest, what: str, an_hour: int) -> bool:
    """Not more than a few an hour from one address; the address itself is not kept beyond the hour."""
    who = AnonRateThrottle().get_ident(Request(request))
    key = f"{what}:{who}"
    cache.add(key, 0, HOUR)
    return int(cache.incr(key)) <= an_hour


class UnsignedForm(forms.Form):
    """Robots betray themselves: they fill what nobody sees, and are too quick."""

    # Hidden from people by style, named like something robots like to fill.
    homepage = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = TimestampSigner(salt="report").sign("form")

    @property
    def is_spam(self) -> bool:
        """Filled where no person fills, or sent quicker than a person reads; the page opened long ago is fine."""
        if self.cleaned_data["homepage"]:
            return True
        try:
            TimestampSigner(salt="report").unsign(self.cleaned_data["opened"], max_age=QUICKEST)
        except SignatureExpired:
            return False
        except BadSignature:
            pass
        return True
