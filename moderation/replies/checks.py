"""What the portal finds in a reply before it is sent for approval. Only length stands in the way; the rest is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moderation.inbox.masking import masked
from moderation.models import Message, Reply, ReplyStatus, ToneWord
from moderation.replies import lengths, spelling, templates
from moderation.triage.lists import sorter
from moderation.triage.rule import PERSONAL
from people.models import Organization

SENT_READ = 100


@dataclass(frozen=True)
class Found:
    """One thing: a sentence, the words it is about, whether the reply cannot go on with it."""

    sentence: str
    quote: str = ""
    stops: bool = False


def of(message: Message, text: str) -> list[Found]:
    """Everything found, the gravest first; five queries."""
    return [*_length(message, text), *_personal(text), *_fields(text), *_tone(text), *_spelling(message, text)]


def newer(reply: Reply) -> Iterator[Found]:
    """What has come into the conversation since its author read it."""
    for message in reply.newer:
        yield Found(_("This has come since you began: does the reply still answer?"), masked(message))


def _length(message: Message, text: str) -> Iterator[Found]:
    if sentence := lengths.too_long(message, text):
        yield Found(sentence, stops=True)


def _personal(text: str) -> Iterator[Found]:
    for flag in sorter().sort(text):
        if flag.flag == PERSONAL:
            sentence = _("Everybody will read this. %(reason)s") % {"reason": flag.reason}
            yield Found(sentence, text[flag.start : flag.end])


def _fields(text: str) -> Iterator[Found]:
    """A field of a template that nobody filled in."""
    for name in templates.left_open(text):
        yield Found(_("This is still to be filled in."), name)


def _tone(text: str) -> Iterator[Found]:
    said = spelling.lemmas(text)
    for row in ToneWord.objects.filter(is_active=True):
        wanted = spelling.lemmas(row.words)
        starts = range(len(said) - len(wanted) + 1)
        if any(all(word & said[at + n] for n, word in enumerate(wanted)) for at in starts):
            yield Found(_("Say it in plain words: %(advice)s") % {"advice": row.advice}, row.words)


def _read_before(message: Message) -> Iterator[str]:
    """Where a word stands already nobody needs asking: in the message, in names of bodies, in replies that came out."""
    yield from (message.text, str(message.account))
    for names in Organization.objects.values_list("name", "short_name", "centre"):
        yield from names
    sent = Reply.objects.filter(message__organization=message.organization_id, status=ReplyStatus.SENT)
    yield from sent.order_by("-pk").values_list("text", flat=True)[:SENT_READ]


def _spelling(message: Message, text: str) -> Iterator[Found]:
    known = set(spelling.words_of(" ".join(_read_before(message))))
    for word, meant in spelling.unknown(text, known):
        choices = ", ".join(f"«{one}»" for one in meant)
        sentence = _("The dictionary does not know this word. Perhaps: %(words)s.") % {"words": choices}
        yield Found(sentence if meant else _("The dictionary does not know this word."), word)
