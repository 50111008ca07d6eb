"""Personal data of a text hidden where lists show it: phones, addresses, card numbers the triage has marked."""

from moderation.models import Message, TriageRule

SHOWN = 280  # characters of a text in a list
DOT = "•"


def masked(message: Message, limit: int = SHOWN) -> str:
    """The text with marked personal data as dots, cut at a word."""
    text = message.text
    for flag in message.flags:
        if flag["class"] == TriageRule.Flag.PERSONAL:
            start, end = flag["start"], flag["end"]
            dots = "".join(DOT if sign.isalnum() else sign for sign in text[start:end])
            text = text[:start] + dots + text[end:]
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
