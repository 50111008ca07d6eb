"""How sign-in behaves here: nobody signs up, people are invited; letters go through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people import actions, letters
from people.models import User

WRONG = _(
    "The login or the password did not fit. Look at the keyboard layout and Caps Lock. "
    "If you forgot the password, set a new one by e-mail: the link is below."
)
TOO_MANY = _("Too many attempts. Wait five minutes, or set a new password by e-mail: the link is below.")


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; people come by invitation (people/actions.py)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        # The portal's own address, whatever name the request came under.
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.SITE_URL}{path.replace('UID-KEY', key)}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        letters.password_reset(user, context["password_reset_url"], key=f"reset:{user.pk}:{context['key']}")
