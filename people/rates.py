"""So many requests in a window: the counter behind every limit of the API, shared by all web processes."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse

from people.models import RateWindow

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class State:
    """Where an asker stands in the present window."""

    limit: int
    remaining: int
    reset: int  # seconds until the next window
    is_over: bool

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }

    def write(self, response: HttpResponse) -> None:
        for name, value in self.headers.items():
            response[name] = value


def count(rate: str, asker: str) -> State:
    """One more request of the asker; `rate` names an allowance of `settings.API_RATES`."""
    number, _slash, period = settings.API_RATES[rate].partition("/")
    limit, length = int(number), SECONDS[period[0]]
    now = int(time.time())
    used = _used(f"{rate}:{asker}", now - now % length + length, length)
    return State(limit, max(limit - used, 0), length - now % length, used > limit)


def _used(asker: str, ends: int, seconds: int) -> int:
    """How many requests the window has seen, with this one."""
    if not settings.REDIS_URL:
        return RateWindow.objects.one_more(asker, ends)
    key = f"api:{asker}:{ends}"
    cache.add(key, 0, seconds + 1)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended in between
        return 1


def forget() -> int:
    """Forgets whose windows have ended; returns how many."""
    return RateWindow.objects.over(int(time.time())).delete()[0]
