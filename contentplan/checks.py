"""What is looked at before a post is sent: sentences for the author, never a wall.

A hard finding asks for a line of explanation, which the reviewer reads with the post; the others are only said.
Everything a whole plan needs is read once: the number of queries does not grow with its posts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan import coverage, likeness, limits, norm, personal
from contentplan.content import PostContent
from contentplan.models import Media, MediaKind, MediaState, Placement, PlannedPost, Status, TextLimit
from people.models import Organization
from people.weeks import Week
from registry.models import Account

LOOK_BACK = timedelta(days=30)
TOO_CLOSE = timedelta(hours=1)
MOST_NEIGHBOURS = 1000
# A link with fewer words beside it tells nobody where it leads.
FEWEST_WORDS = 4
LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:ru|рф|com|org|me|su)/\S+")


@dataclass(frozen=True)
class Finding:
    """One thing to look at: what is so, what to do about it, at which field of the form; hard asks for a reason."""

    code: str
    sentence: str
    advice: str
    field: str = "text"
    hard: bool = False


@dataclass(frozen=True)
class Subject:
    """A post as it is checked, saved or only typed."""

    planned_at: datetime
    text: str
    placements: dict[int, str]
    media: tuple[tuple[int, str], ...] = ()
    post: int | None = None
    waits: bool = True  # its time still matters: it did not come out yet

    def text_for(self, account: int) -> str:
        return self.placements[account] or self.text

    @property
    def texts(self) -> list[str]:
        """Each text that comes out somewhere, once."""
        found = {self.text_for(account) for account in self.placements} or {self.text}
        return sorted(text for text in found if text.strip())


@dataclass
class Around:
    """What the posts of one body are held against, read once."""

    organization: Organization
    subjects: Sequence[Subject]
    _runs: dict[str, likeness.Runs] = field(default_factory=dict)

    @cached_property
    def accounts(self) -> dict[int, Account]:
        ids = {account for subject in self.subjects for account in subject.placements}
        return {account.pk: account for account in Account.objects.filter(pk__in=ids).select_related("network")}

    @cached_property
    def limits(self) -> dict[int, TextLimit]:
        return limits.of_accounts(self.accounts.values())

    @cached_property
    def media(self) -> dict[int, Media]:
        return Media.objects.in_bulk({pk for subject in self.subjects for pk, _alt in subject.media})

    @cached_property
    def phones(self) -> list[str]:
        """Phones of the body, which are meant to be known."""
        rows = Account.objects.filter(organization=self.organization).exclude(work_phone="")
        return list(rows.values_list("work_phone", flat=True))

    @cached_property
    def neighbours(self) -> list[Placement]:
        """Other posts in the same accounts, from 30 days before the first to an hour after the last."""
        moments = [subject.planned_at for subject in self.subjects]
        rows = Placement.objects.filter(
            account__in=list(self.accounts),
            post__planned_at__gt=min(moments) - LOOK_BACK,
            post__planned_at__lt=max(moments) + TOO_CLOSE,
        ).exclude(post__status=Status.CANCELLED)
        return list(rows.select_related("post").order_by("-post__planned_at", "pk")[:MOST_NEIGHBOURS])

    def others(self, subject: Subject) -> Iterable[Placement]:
        return (row for row in self.neighbours if row.post_id != subject.post and row.account_id in subject.placements)

    def runs(self, text: str) -> likeness.Runs:
        if text not in self._runs:
            self._runs[text] = likeness.runs(text)
        return self._runs[text]

    def moment(self, moment: datetime) -> str:
        return date_format(moment.astimezone(self.organization.zone), "D, j E, H:i").lower()


def of(post: PlannedPost) -> list[Finding]:
    """What is to be looked at in a post as it stands."""
    return of_posts(post.plan.organization, [post])[post.pk]


def of_posts(organization: Organization, posts: Sequence[PlannedPost]) -> dict[int, list[Finding]]:
    """The same for several posts of one body, in a fixed number of queries; fetch them by `for_cards`."""
    media: dict[int, list[tuple[int, str]]] = {}
    for row in PlannedPost.objects.filter(pk__in=[post.pk for post in posts], post_media__isnull=False).values_list(
        "pk", "post_media__media", "post_media__alt_text"
    ):
        media.setdefault(row[0], []).append(row[1:])
    subjects = {post.pk: _subject(post, tuple(media.get(post.pk, ()))) for post in posts}
    around = Around(organization, list(subjects.values()))
    return {pk: _look(subject, around) for pk, subject in subjects.items()}


def of_content(organization: Organization, content: PostContent, post: PlannedPost | None = None) -> list[Finding]:
    """What is to be looked at in a text that is still being typed."""
    subject = Subject(
        planned_at=content.planned_at,
        text=content.text,
        placements=content.placements,
        media=content.media,
        post=post.pk if post else None,
        waits=not (post and post.is_published),
    )
    return _look(subject, Around(organization, [subject]))


def of_plan(organization: Organization, week: Week) -> list[Finding]:
    """What is missing in the week as a whole."""
    found = []
    meters = norm.meters([organization], week)[organization.pk]
    if any(meter.missing for meter in meters):
        found.append(Finding("few", norm.sentence(meters), _("Add a post, or say why there are fewer."), field="day"))
    for topic in coverage.uncovered(organization, week):
        sentence = _("The topic “%(topic)s” is mandatory this week, and no post covers it.") % {"topic": topic.title}
        found.append(Finding("topic", sentence, _("Make a post of this topic from the board."), field="occasion"))
    return found


def hard(findings: Iterable[Finding]) -> list[Finding]:
    """Those that ask for a reason."""
    return [finding for finding in findings if finding.hard]


def _subject(post: PlannedPost, media: tuple[tuple[int, str], ...]) -> Subject:
    placements = {row.account_id: row.text for row in post.placements.all()}
    return Subject(post.planned_at, post.text, placements, media, post.pk, waits=not post.is_published)


def _look(subject: Subject, around: Around) -> list[Finding]:
    steps = (_length, _time, _personal, _likeness, _neighbours, _prepared, _files, _links)
    return [finding for step in steps for finding in step(subject, around)]


def _length(subject: Subject, around: Around) -> Iterable[Finding]:
    for pk, own in subject.placements.items():
        account = around.accounts[pk]
        limit = around.limits.get(account.network_id or 0)
        counted = limits.count(account, subject.text_for(pk), limit, has_media=bool(subject.media))
        if counted.over:
            values = {"network": str(account.network), "over": counted.over, "most": counted.most}
            sentence = _("Too long for %(network)s by %(over)d: at most %(most)d.") % values
            if subject.media and limit and limit.text and counted.used <= limit.text:
                sentence += " " + _("Without pictures and files there is room for %(most)d.") % {"most": limit.text}
            advice = _("Shorten it, or write a shorter text of its own for this account.")
            yield Finding("long", sentence, advice, field=f"text_{pk}" if own else "text", hard=True)


def _time(subject: Subject, around: Around) -> Iterable[Finding]:
    if subject.waits and subject.planned_at <= timezone.now():
        sentence = _("The time has passed already: %(moment)s.") % {"moment": around.moment(subject.planned_at)}
        yield Finding("past", sentence, _("Choose a time that is still to come."), field="time", hard=True)


def _personal(subject: Subject, around: Around) -> Iterable[Finding]:
    seen = set()
    for text in subject.texts:
        for found in personal.find(text, around.phones):
            if found in seen:
                continue
            seen.add(found)
            sentence = _("There seems to be %(what)s in the text: %(number)s.") % {
                "what": found.kind.label,
                "number": found.text,
            }
            if found.kind == personal.Kind.PHONE:
                advice = _("If it is a private phone, put the phone of the administration instead.")
                yield Finding("phone", sentence, advice)
            else:
                advice = _("Take it out: personal data may not be published without consent.")
                yield Finding("personal", sentence, advice, hard=True)


def _likeness(subject: Subject, around: Around) -> Iterable[Finding]:
    own = [around.runs(text) for text in subject.texts]
    for row in around.others(subject):
        if not subject.planned_at - LOOK_BACK <= row.post.planned_at <= subject.planned_at + TOO_CLOSE:
            continue
        other = around.runs(row.text or row.post.text)
        if any(likeness.nearly_the_same(one, other) for one in own):
            values = {"topic": row.post.topic, "moment": around.moment(row.post.planned_at)}
            sentence = _("Nearly the same text as in “%(topic)s” (%(moment)s).") % values
            yield Finding("same", sentence, _("Write it anew: people notice repetitions."))
            return


def _neighbours(subject: Subject, around: Around) -> Iterable[Finding]:
    told = set()
    for row in around.others(subject):
        if abs(row.post.planned_at - subject.planned_at) < TOO_CLOSE and row.post_id not in told:
            told.add(row.post_id)
            values = {
                "topic": row.post.topic,
                "moment": around.moment(row.post.planned_at),
                "network": str(around.accounts[row.account_id].network),
            }
            sentence = _("Less than an hour from “%(topic)s” in %(network)s (%(moment)s).") % values
            yield Finding("close", sentence, _("Move one of them: two posts in a row push each other down."), "time")


def _prepared(subject: Subject, around: Around) -> Iterable[Finding]:
    for pk, _alt in subject.media:
        media = around.media.get(pk)
        if media and media.state == MediaState.FAILED:
            sentence = _("The file “%(name)s” cannot come out with the post.") % {"name": media.name}
            yield Finding("broken", sentence, media.error, field="media", hard=True)
        elif media and media.note:
            sentence = _("There is something to know about the file “%(name)s”.") % {"name": media.name}
            yield Finding("note", sentence, media.note, field="media")


def _files(subject: Subject, around: Around) -> Iterable[Finding]:
    silent = [
        around.media[pk].name
        for pk, alt in subject.media
        if pk in around.media and around.media[pk].kind == MediaKind.IMAGE and not alt.strip()
    ]
    if silent:
        sentence = ngettext(
            "%(n)d picture has no description: %(names)s.",
            "%(n)d pictures have no description: %(names)s.",
            len(silent),
        ) % {"n": len(silent), "names": ", ".join(silent)}
        advice = _("Say in a few words what is on it: people who do not see it hear these words.")
        yield Finding("alt", sentence, advice, field="media")
    for pk in subject.placements:
        account = around.accounts[pk]
        limit = around.limits.get(account.network_id or 0)
        if limit and limit.most_media and len(subject.media) > limit.most_media:
            values = {"network": str(account.network), "most": limit.most_media}
            sentence = _("More files than %(network)s takes in one post: at most %(most)d.") % values
            yield Finding("files", sentence, _("Take some of them out."), field="media")


def _links(subject: Subject, around: Around) -> Iterable[Finding]:
    for text in subject.texts:
        if LINK.search(text) and len(re.findall(r"[^\W_]+", LINK.sub(" ", text))) < FEWEST_WORDS:
            sentence = _("There is a link, but hardly a word about where it leads.")
            yield Finding("link", sentence, _("Say in a sentence what people find there and why to open it."))
            return
