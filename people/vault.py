"""Words kept unreadable in the database: names of citizens, tokens of networks.

Sealed with Fernet (AES-128-CBC with HMAC-SHA-256, library `cryptography`) under a key drawn from SECRET_KEY. What was
sealed under an earlier key opens as long as that key stands in SECRET_KEY_FALLBACKS, as for everything Django signs.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "people.vault"


def seal(text: str) -> str:
    """Unreadable without the portal's secret, and different each time."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """What was sealed; None where no known secret opens it."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def mark(text: str, *, purpose: str) -> str:
    """The same for the same text, tells nothing of it: 64 hexadecimal digits under the present secret."""
    return _mark(text, purpose, settings.SECRET_KEY)


def is_mark_of(text: str, made: str, *, purpose: str) -> bool:
    """Whether the mark was made of the text, under the present secret or one before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_mark(text, purpose, secret), made) for secret in secrets)


def _mark(text: str, purpose: str, secret: str) -> str:
    return salted_hmac(f"{SALT}.{purpose}", text, secret=secret, algorithm="sha256").hexdigest()


def _fernet() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    # A secret key is long and random (config/checks.py refuses others), so one round of HMAC is a fair derivation.
    return base64.urlsafe_b64encode(hmac.digest(secret.encode(), SALT.encode(), hashlib.sha256))
