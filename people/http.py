"""What every view shares: a request with a signed-in person, and the two ways to say no."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from people.models import User


class UserRequest(HttpRequest):
    """A request behind `LoginRequiredMiddleware`: the person is known."""

    user: User


class TooLate(Exception):
    """Somebody was faster, or the thing is no longer in the state it was shown in.

    The middleware turns it into its sentence for the person and leads back to `back`.
    """

    def __init__(self, sentence: str, back: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.back = back


def require(allowed: bool) -> None:
    """Yours but not allowed is 403; what is not yours was 404 in the fetch already."""
    if not allowed:
        raise PermissionDenied
