"""How long a reply may be in the network where it is put out, counted as that network counts."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moderation.models import Message, ReplyLimit
from review.lengths import length


def limit_of(message: Message) -> ReplyLimit | None:
    """None: any length is taken."""
    return ReplyLimit.objects.filter(network=message.account.network_id or 0).first()


def too_long(message: Message, text: str) -> str:
    """A sentence that says by how much, or ""."""
    limit = limit_of(message)
    over = length(text, limit.counted_in) - limit.characters if limit else 0
    if limit is None or over <= 0:
        return ""
    words = {"n": limit.characters, "over": over, "network": message.account.network}
    return _("Too long for %(network)s: at most %(n)d characters, shorten it by %(over)d.") % words


def require_fits(message: Message, text: str) -> None:
    """Raises a ValidationError of `text` where the network would not take it."""
    if sentence := too_long(message, text):
        raise ValidationError({"text": sentence})
