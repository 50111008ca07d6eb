"""Fields of templates, filled in for a message: the greeting, the body, where to write formally.

A comment is no appeal under Federal Law No. 59-FZ, so a reply can say where one is made.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moderation.inbox import authors
from moderation.models import Message

# The feedback platform of the state portal: appeals made there are registered under 59-FZ.
FORMAL_APPEALS = "https://pos.gosuslugi.ru/"
_FIELD = re.compile(r"\{[^{}\n]{1,40}\}")
_NAME = re.compile(r"[А-ЯЁ][а-яё]+")


def fields(message: Message) -> dict[str, str]:
    """Each field as it is written in a template, with its words for this message."""
    words = [greeting(authors.name_of(message)), message.organization.name, formally(), message.account.name]
    return dict(zip(names(), words, strict=True))


def names() -> list[str]:
    """The fields as they are written in a template: «{приветствие}»."""
    known = (
        pgettext("field of a template", "greeting"),
        pgettext("field of a template", "body"),
        pgettext("field of a template", "where to write"),
        pgettext("field of a template", "account"),
    )
    return ["{" + name + "}" for name in known]


def greeting(author: str) -> str:
    """By name where the person goes by one, never by a nickname."""
    first = author.split()[0] if author.split() else ""
    if len(author.split()) >= 2 and _NAME.fullmatch(first):
        return _("Good day, %(name)s!") % {"name": first}
    return _("Good day!")


def formally() -> str:
    return _(
        "A comment is not an official appeal (Federal Law No. 59-FZ). To get an official answer, write through the "
        "state portal: %(address)s"
    ) % {"address": FORMAL_APPEALS}


def filled(text: str, message: Message) -> str:
    """The text with its fields filled in; a field nobody knows stays as it is and is asked about before sending."""
    known = fields(message)
    return _FIELD.sub(lambda match: known.get(match[0], match[0]), text)


def left_open(text: str) -> list[str]:
    return _FIELD.findall(text)
