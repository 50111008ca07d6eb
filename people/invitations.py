"""The link of an invitation: signed, for three days, until the first password is set."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from people.models import User


class InvitationTokens(PasswordResetTokenGenerator):
    """Dies with the password it was made beside: with the first one set, and with a newer invitation."""

    key_salt = "people.invitations"


tokens = InvitationTokens()


def link(user: User) -> str:
    address = reverse("people:invitation_accept", args=[int_to_base36(user.pk), tokens.make_token(user)])
    return f"{settings.SITE_URL}{address}"


def invited(uid: str, token: str) -> User | None:
    """The person behind a link that still holds."""
    try:
        user = User.objects.get(pk=base36_to_int(uid), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None
    return user if not user.has_usable_password() and tokens.check_token(user, token) else None
