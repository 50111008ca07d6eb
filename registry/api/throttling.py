"""How often one address may ask: so many requests in a window, said in the headers of every answer."""

from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from people import rates

if TYPE_CHECKING:
    from rest_framework.views import APIView


class WindowThrottle(BaseThrottle):
    """One question and many questions at once (POST) have an allowance each, in `settings.API_RATES`."""

    state: rates.State | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        self.state = self.count(request)
        vars(request)["rate_state"] = self.state
        return not self.state.is_over

    def count(self, request: Request | HttpRequest) -> rates.State:
        """One more request of whoever asks."""
        name = "batch" if request.method == "POST" else "read"
        return rates.count(name, _asker(self.get_ident(request)))  # type: ignore[arg-type]  # it reads META only

    def wait(self) -> float | None:
        return self.state.reset if self.state else None


def _asker(ident: str | None) -> str:
    """An address; one home has 2⁶⁴ addresses of IPv6 and is one asker all the same."""
    try:
        address = ip_address(ident or "")
    except ValueError:
        return sha256(str(ident).encode()).hexdigest()[:32]
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)
