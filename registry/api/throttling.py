"""How often one address may ask: so many requests in a window, said in the headers of every answer."""

import time
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class State:
    """Where an asker stands in the present window."""

    limit: int
    remaining: int
    reset: int  # seconds until the next window

    def write(self, response: Response) -> None:
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(self.remaining)
        response["RateLimit-Reset"] = str(self.reset)


class WindowThrottle(BaseThrottle):
    """One question and many questions at once (POST) have an allowance each, in `settings.API_RATES`."""

    state: State | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        name = "batch" if request.method == "POST" else "read"
        number, _slash, period = settings.API_RATES[name].partition("/")
        limit, length = int(number), SECONDS[period[0]]
        now = int(time.time())
        used = _count(f"api:{name}:{_asker(self.get_ident(request))}:{now // length}", length)
        self.state = State(limit, max(limit - used, 0), length - now % length)
        vars(request)["rate_state"] = self.state
        return used <= limit

    def wait(self) -> float | None:
        return self.state.reset if self.state else None


def _asker(ident: str | None) -> str:
    """An address; one home has 2⁶⁴ addresses of IPv6 and is one asker all the same."""
    try:
        address = ip_address(ident or "")
    except ValueError:
        return sha256(str(ident).encode()).hexdigest()[:32]
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else str(address)


def _count(key: str, seconds: int) -> int:
    """How many requests the window has seen, with this one."""
    cache.add(key, 0, seconds + 1)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended in between
        return 1
