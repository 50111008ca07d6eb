"""How long a text is, as the networks count it; js/plan-counter.js and js/reply-draft.js count the same."""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class CountedIn(TextChoices):
    """In what a network counts the length of a text."""

    CHARACTERS = "characters", _("characters")
    UTF16 = "utf16", _("UTF-16 units (an emoji counts as two or more)")


def length(text: str, counted_in: str = CountedIn.CHARACTERS) -> int:
    """Of the text without the space around it: in characters, an emoji as one, or in UTF-16 units, an emoji as two."""
    text = text.replace("\r\n", "\n").strip()
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if counted_in == CountedIn.UTF16 else len(text)


def words() -> dict[str, str]:
    """What a counter says below the limit, above it, and where none is known."""
    return {
        "of": gettext("%(used)d of %(most)d"),
        "over": gettext("%(used)d of %(most)d: too long by %(over)d"),
        "free": gettext("Characters: %(used)d"),
    }
