"""What a row of a table will become: a post, or a sentence that says what is wrong and what to do."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contentplan.content import PostContent
from contentplan.imports.accounts import AccountBook, BadAccount
from contentplan.imports.columns import Meaning
from contentplan.imports.dates import BadDate, When, read_hour, read_when
from contentplan.imports.marks import PREFIX, BadMark, Mark, network_columns, read_mark
from contentplan.models import ImportRow, PlanImport, PlannedPost, PostFormat, Rubric
from people.models import Organization
from people.search import fold
from people.weeks import Week
from registry.models import Account

DEFAULT_HOUR = time(10, 0)
FARTHEST = timedelta(days=366)
TOPIC_LENGTH = 200
_TOPIC_OF_TEXT = 120
_IN_BRACKETS = re.compile(r"^(?P<topic>.+)\n\((?P<occasion>.+)\)$", re.DOTALL)

# The cells by the name of their column: a Meaning, or a network (marks.py).
Values = dict[str, str]
Marks = dict[str, Mark]


@dataclass
class Verdict:
    """What a row says: its post; what is wrong, by column; remarks; the post it repeats."""

    content: PostContent | None = None
    errors: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    repeats: PlannedPost | None = None
    repeats_row: int | None = None

    @property
    def is_good(self) -> bool:
        return self.content is not None and not self.is_repeated

    @property
    def is_repeated(self) -> bool:
        return self.repeats is not None or self.repeats_row is not None

    def fingerprint(self) -> str:
        """Of everything the row says."""
        content = self.content
        if content is None:
            return ""
        where = sorted(f"{account}{text and ':'}{text}" for account, text in content.placements.items())
        columns = [str(value) for value in content.columns.values()] + where
        return hashlib.sha256("\x1f".join(columns).encode()).hexdigest()


def values_of(row: ImportRow, columns: list[str]) -> Values:
    """The cells by meaning, with what was mended; several columns of one meaning stand below each other."""
    values: Values = {}
    for name, cell in zip(columns, row.cells, strict=False):
        if name and cell:
            values[name] = f"{values[name]}\n{cell}" if name in values else cell
    return {**values, **row.mended}


class Checker:
    """Judges the rows of one import in their order: what two rows say alike is taken once."""

    def __init__(self, plan_import: PlanImport) -> None:
        self.organization: Organization = plan_import.organization
        self.columns: list[str] = plan_import.columns
        self.monday: date = plan_import.monday
        self.today = self.organization.today
        self.book = AccountBook(self.organization)
        self.rubrics = {fold(one.name): one for one in Rubric.objects.filter(is_active=True)}
        self.formats = {fold(one.name): one for one in PostFormat.objects.all()}
        self._seen: dict[tuple[datetime, str], list[tuple[int, set[int]]]] = {}

    def check(self, row: ImportRow) -> Verdict:
        values = values_of(row, self.columns)
        verdict = Verdict()
        marks = self._marks(values, verdict)
        moment = self._moment(values, marks, verdict)
        topic, text, occasion = self._words(values, verdict)
        placements = self._placements(values, marks, verdict)
        if verdict.errors or moment is None:
            return verdict
        verdict.content = PostContent(
            planned_at=moment,
            topic=topic,
            text=text,
            format=self._format(values, verdict),
            rubric=self._rubric(values, verdict),
            occasion=occasion,
            responsible_post=values.get(Meaning.RESPONSIBLE, "").replace("\n", " ")[:200],
            placements=placements,
        )
        self._find_repeated(row, verdict)
        return verdict

    # --- when ---

    def _moment(self, values: Values, marks: Marks, verdict: Verdict) -> datetime | None:
        when = self._read(values, verdict)
        if when is None or when.day is None:
            verdict.errors.setdefault(
                Meaning.WHEN, _("Write the day, for example “30 November” or “30.11.2026 10:00”.")
            )
            return None
        hour = when.hour
        for name, mark in marks.items():
            hour = hour or mark.hour
            if mark.hour and mark.hour != hour:
                verdict.errors[name] = _("One post has one hour: give the post of another hour a row of its own.")
        if hour is None:
            hour = DEFAULT_HOUR
            verdict.notes.append(_("No hour is given: taken at %(hour)s.") % {"hour": f"{hour:%H:%M}"})
        if sentence := self._outside(when.day):
            verdict.errors[Meaning.WHEN] = sentence
        return datetime.combine(when.day, hour, tzinfo=self.organization.zone)

    def _read(self, values: Values, verdict: Verdict) -> When | None:
        try:
            when = read_when(values.get(Meaning.WHEN, ""), today=self.today, monday=self.monday)
        except BadDate as error:
            verdict.errors[Meaning.WHEN] = sentence_of(error, values[Meaning.WHEN])
            return None
        try:
            hour = read_hour(values.get(Meaning.HOUR, ""))
        except BadDate as error:
            verdict.errors[Meaning.HOUR] = _about_hour(error, values[Meaning.HOUR])
            return None
        return When(when.day, hour or when.hour)

    def _outside(self, day: date) -> str:
        """Why nothing can be planned for the day."""
        if Week.of(day) < Week.of(self.today):
            return _("%(day)s has passed: only this week and the weeks to come are planned.") % {
                "day": date_format(day, "j E Y г.")
            }
        if day > self.today + FARTHEST:
            return _("Check the year: %(day)s is more than a year away.") % {"day": date_format(day, "j E Y г.")}
        return ""

    # --- what ---

    def _words(self, values: Values, verdict: Verdict) -> tuple[str, str, str]:
        """Topic, text and occasion. Where the table has no column of topics, the text begins with it."""
        topic, text = values.get(Meaning.TOPIC, "").strip(), values.get(Meaning.TEXT, "").strip()
        occasion = values.get(Meaning.OCCASION, "").replace("\n", " ").strip()
        if both := _IN_BRACKETS.match(topic):
            topic, occasion = both["topic"], occasion or both["occasion"].replace("\n", " ")
        topic = " ".join(topic.split())
        if not topic and text and Meaning.TOPIC.value not in self.columns:
            topic = _beginning(text)
        if not topic:
            verdict.errors[Meaning.TOPIC] = _("Write what the post is about.")
        elif len(topic) > TOPIC_LENGTH:
            verdict.errors[Meaning.TOPIC] = _("The topic is longer than %(n)d characters: shorten it.") % {
                "n": TOPIC_LENGTH
            }
        if len(occasion) > TOPIC_LENGTH:
            verdict.errors[Meaning.OCCASION] = _("The occasion is longer than %(n)d characters: shorten it.") % {
                "n": TOPIC_LENGTH
            }
        return topic, text, occasion

    def _marks(self, values: Values, verdict: Verdict) -> Marks:
        """What the columns of networks say, of those where the post goes."""
        marks: Marks = {}
        for name in network_columns(values):
            try:
                mark = read_mark(values[name])
            except BadMark as error:
                verdict.errors[name] = error.sentence
            else:
                if mark:
                    marks[name] = mark
        return marks

    def _placements(self, values: Values, marks: Marks, verdict: Verdict) -> dict[int, str]:
        """Where the post goes, with its own text there. A table with columns of networks says it there."""
        found: dict[Account, str] = {}
        columns, cell = network_columns(self.columns), values.get(Meaning.ACCOUNTS, "")
        try:
            found |= dict.fromkeys(self.book.read(cell) if cell or not columns else [], "")
        except BadAccount as error:
            verdict.errors[Meaning.ACCOUNTS] = error.sentence
        for name, mark in marks.items():
            try:
                accounts = self.book.of_network(name.removeprefix(PREFIX), mark.link)
            except BadAccount as error:
                verdict.errors[name] = error.sentence
            else:
                found |= dict.fromkeys(accounts, mark.text)
        if not found and columns and not verdict.errors:
            verdict.errors[columns[0]] = _("Put + where the post goes, or write its text for that network.")
        own = _("own text")
        verdict.accounts = [f"{account} ({own})" if text else str(account) for account, text in found.items()]
        return {account.pk: text for account, text in found.items()}

    def _rubric(self, values: Values, verdict: Verdict) -> Rubric | None:
        words = values.get(Meaning.RUBRIC, "").strip(' .«»"')
        found = self.rubrics.get(fold(words))
        if words and found is None:
            known = "; ".join(rubric.name for rubric in self.rubrics.values())
            verdict.notes.append(
                _("The rubric “%(rubric)s” is not known: left out. There are: %(known)s.")
                % {"rubric": words[:40], "known": known or "—"}
            )
        return found

    def _format(self, values: Values, verdict: Verdict) -> PostFormat:
        words = fold(values.get(Meaning.FORMAT, ""))
        usual = next(iter(self.formats.values()))
        if not words:
            return usual
        found = self.formats.get(words) or next(
            (one for name, one in self.formats.items() if re.search(rf"\b{re.escape(name[:4])}", words)), None
        )
        if found is None:
            verdict.notes.append(
                _("The format “%(format)s” is not known: taken as “%(usual)s”.")
                % {"format": values[Meaning.FORMAT][:40], "usual": usual}
            )
        return found or usual

    # --- once ---

    def _find_repeated(self, row: ImportRow, verdict: Verdict) -> None:
        """A post of the same moment and topic in the same accounts, or one this very row has become before."""
        content = verdict.content
        if content is None:
            return
        key, accounts = (content.planned_at, fold(content.topic)), set(content.placements)
        standing = self._taken.get(verdict.fingerprint()) or next(
            (post for post, where in self._standing.get(key, []) if accounts <= where), None
        )
        if standing:
            verdict.repeats = standing
            return
        verdict.repeats_row = next((n for n, where in self._seen.get(key, []) if accounts <= where), None)
        if verdict.repeats_row is None:
            self._seen.setdefault(key, []).append((row.number, accounts))

    @cached_property
    def _standing(self) -> dict[tuple[datetime, str], list[tuple[PlannedPost, set[int]]]]:
        """What the plans hold already, by moment and topic."""
        posts = PlannedPost.objects.filter(
            plan__organization=self.organization, plan__monday__gte=Week.of(self.today).monday
        )
        found: dict[tuple[datetime, str], list[tuple[PlannedPost, set[int]]]] = {}
        for post in posts.select_related("plan__organization").prefetch_related("placements"):
            where = {row.account_id for row in post.placements.all()}
            found.setdefault((post.planned_at, fold(post.topic)), []).append((post, where))
        return found

    @cached_property
    def _taken(self) -> dict[str, PlannedPost]:
        """What rows became before, by fingerprint: they are known again though the post was changed since."""
        rows = ImportRow.objects.filter(
            plan_import__organization=self.organization,
            post__plan__monday__gte=Week.of(self.today).monday - timedelta(weeks=1),
        )
        return {
            row.fingerprint: row.post for row in rows.select_related("post__plan__organization") if row.post is not None
        }


def sentence_of(error: BadDate, words: str) -> str:
    values = {"words": words[:60]}
    if error.code == "weekday":
        values["day"] = str(error.values["day"])
        return _("“%(words)s”: the weekday does not fit, %(day)s. Correct one of them.") % values
    if error.code == "no such day":
        return _("“%(words)s”: there is no such day in the calendar.") % values
    if error.code == "hour":
        return _("“%(words)s”: this hour is not clear. Write it like this: 10:00, at most 23:59.") % values
    if error.code == "hours":
        return _("One post has one hour: give the post of another hour a row of its own.")
    return _("“%(words)s” is not a day. Write it like “30 November” or “30.11.2026 10:00”.") % values


def _about_hour(error: BadDate, words: str) -> str:
    """In a column of hours whatever is no hour is an unclear one."""
    return sentence_of(error if error.code == "hours" else BadDate("hour"), words)


def _beginning(text: str) -> str:
    """The first sentence of a text, as its topic."""
    first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= _TOPIC_OF_TEXT:
        return first
    return first[:_TOPIC_OF_TEXT].rsplit(" ", 1)[0] + "…"
