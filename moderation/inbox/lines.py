"""A line of the inbox, of which a page shows dozens: put together here, without the cost of a template each time."""

from datetime import date, datetime, tzinfo
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moderation.models import Message, MessageKind, State
from moderation.models.message_path import OPEN_STATES, TONES
from people.templatetags.parts import badge, net
from people.templatetags.portal import day

TITLE_LENGTH = 60
_NUMBER = 10**15  # stands in an address for the number of a row


class Lines:
    """Draws the lines of one page: what they share (words, zone, this year) is asked for once."""

    def __init__(self) -> None:
        self._zone = timezone.get_current_timezone()
        self._year = timezone.localdate().year
        self._words = _words_in(get_language() or "")

    def line(self, message: Message, text: str, is_overdue: bool, ticked: bool, form: str = "bulk") -> SafeString:
        """The same markup for the list and for a case; `form` is the id of the form its box belongs to."""
        words, number = self._words, message.pk
        head, tail = _around("moderation:message_detail")
        box = words["choose"].replace("{}", str(number))
        person = f'<small class="soft">{escape(message.assigned_to)}</small>' if message.assigned_to_id else ""
        return SafeString(
            '<article class="entry message-row" data-row><div class="entry-number">'
            f'<label class="tick"><input type="checkbox" name="chosen" value="{number}" form="{form}"'
            f'{" checked" if ticked else ""}><span class="visually-hidden">{box}</span></label>'
            f'<div><h2><a href="{head}{number}{tail}" data-open>№&nbsp;{number}</a></h2>'
            f'<small class="soft">{self._when(message.received_at)}</small></div></div>'
            f'<div class="entry-words"><p class="entry-text">{escape(text)}</p>'
            f'<p class="small soft">{self._place(message)}</p></div>'
            f'<div class="entry-measure"><p class="badges">{self._badges(message, is_overdue)}</p>'
            f'<small class="soft">{self._term(message, is_overdue)}</small>{person}</div></article>'
        )

    def _place(self, message: Message) -> str:
        account = message.account
        mark = f"{net(account.network)} " if account.network_id else ""
        kind = self._words[f"kind {message.kind}"]
        place = f"{mark}{escape(account.name)} · {escape(message.organization.short_name)} · {kind}"
        if not message.case_id or message.case is None:
            return place
        head, tail = _around("moderation:case_detail")
        title = escape(Truncator(message.case.title).chars(TITLE_LENGTH))
        return f'{place} · <a href="{head}{message.case_id}{tail}">{title}</a>'

    def _badges(self, message: Message, is_overdue: bool) -> str:
        words = self._words
        urgent = f"{badge(words['urgent'], 'wait')} " if message.is_urgent else ""
        hints = f" {badge(words['hints'], 'info')}" if message.hints else ""
        if is_overdue:
            return f"{urgent}{badge(words['overdue'], 'bad')}{hints}"
        state = message.state
        return f"{urgent}{badge(words[f'state {state}'], TONES.get(state, ''))}{hints}"  # type: ignore[call-overload]

    def _term(self, message: Message, is_overdue: bool) -> str:
        """By when to answer, in words."""
        words = self._words
        if message.state not in OPEN_STATES:
            return words["done"] % {"moment": self._when(message.done_at) if message.done_at else ""}
        if message.state == State.PAUSED:
            return words["paused"]
        if not message.due_at:
            return words["no term"]
        return words["was due" if is_overdue else "due"] % {"moment": self._when(message.due_at)}

    def _when(self, moment: datetime) -> str:
        return _moment(moment, self._zone, self._words["language"], self._year)


@lru_cache(maxsize=16)
def _words_in(language: str) -> dict[str, str]:
    """Every word a line may need, in the language that is active."""
    words = {
        "language": language,
        "choose": _("Choose No. %(number)s") % {"number": "{}"},
        "urgent": _("urgent"),
        "overdue": _("overdue"),
        "hints": _("look at the hints"),
        "done": _("done %(moment)s"),
        "paused": _("the clock stands still"),
        "no term": _("no term: no working time is set"),
        "was due": _("overdue: the term was %(moment)s"),
        "due": _("answer by %(moment)s"),
    }
    words |= {f"state {state.value}": str(state.label) for state in State}
    words |= {f"kind {kind.value}": str(kind.label) for kind in MessageKind}
    return words


def _moment(moment: datetime, zone: tzinfo, language: str, year: int) -> str:
    """«пн, 30 ноября, 10:00», as the filter `when` says it."""
    local = moment.astimezone(zone)
    return f"{_day(local.date(), language, year)}, {local.hour:02}:{local.minute:02}"


@lru_cache(maxsize=1024)
def _day(one: date, language: str, year: int) -> str:
    """The days of one page come again; the words hang on the language and on which year is this one."""
    return day(one)


@lru_cache(maxsize=16)
def _around(name: str) -> tuple[str, str]:
    """What stands before and after the number in an address."""
    head, tail = reverse(name, args=[_NUMBER]).split(str(_NUMBER))
    return head, tail
