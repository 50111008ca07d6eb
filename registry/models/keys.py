"""Keys of the API for what is not public. The key itself is nowhere kept."""

import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership, Organization, User

PREFIX_LENGTH = 8


class KeyScope(models.TextChoices):
    """What a key opens; never more than its person may see."""

    REGISTRY_READ_INTERNAL = "registry.read_internal", _("read the entries of the registry that are not public")
    MESSAGES_WRITE = "messages.write", _("hand in messages of residents")


# Those that something answers to; the others are kept for later and given to nobody.
GIVEN_SCOPES = (KeyScope.REGISTRY_READ_INTERNAL,)


def new_key() -> str:
    """A visible beginning by which the key is known, and 256 bits that nobody guesses."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    prefix = "".join(secrets.choice(alphabet) for _letter in range(PREFIX_LENGTH))
    return f"gl_{prefix}_{secrets.token_urlsafe(32)}"


def hashed(key: str) -> str:
    """What is kept of a key. It is random enough to need no salt and no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def prefix_of(key: str) -> str:
    """The part that may be shown."""
    return key[: len("gl_") + PREFIX_LENGTH]


def check_scopes(scopes: object) -> None:
    """Scopes are a list of known words, each once."""
    if not isinstance(scopes, list) or not set(scopes) <= set(KeyScope.values) or len(set(scopes)) != len(scopes):
        raise ValidationError(_("Choose what the key opens from the list."))


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Phrases about keys."""

    def visible_to(self, user: User) -> "ApiKeyQuerySet":
        """One's own, and those of the people one keeps."""
        kept = Membership.objects.visible_to(user).values("user")
        return self.filter(Q(user=user) | Q(user__in=kept))

    def working(self) -> "ApiKeyQuerySet":
        """Neither switched off nor run out, of a person who works here."""
        return self.filter(revoked_at=None, expires_on__gte=timezone.localdate(), user__is_active=True)

    def of_key(self, key: str) -> "ApiKey | None":
        """The row behind a key that works."""
        return self.working().select_related("user").filter(key_hash=hashed(key)).first()


class ApiKey(models.Model):
    """Opens to a program what its person may see, as far as its scopes go, until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys", verbose_name=_("person"))
    name = models.CharField(_("what the key is for"), max_length=100)
    prefix = models.CharField(_("beginning of the key"), max_length=20, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("what the key opens"), default=list, validators=[check_scopes])
    made_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    expires_on = models.DateField(_("works until, inclusive"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("switched off"), null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_working(self) -> bool:
        """Whether a program may still use it."""
        return self.revoked_at is None and self.expires_on >= timezone.localdate()

    @property
    def scope_names(self) -> list[str]:
        """What it opens, in words."""
        return [str(KeyScope(scope).label) for scope in self.scopes]

    def whose(self) -> Organization | None:
        """For the audit log."""
        return self.user.first_organization()
