"""What people wrote to the bodies: comments, private messages, reviews (procedure, cl. 7)."""

import time
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.cases import Case
from moderation.models.decisions import Decision
from moderation.models.message_path import OPEN_STATES, TONES, State
from people.models import Organization, User
from people.roles import Permission
from people.search import words
from registry.models import Account


class MessageKind(models.TextChoices):
    """Where it was written."""

    COMMENT = "comment", _("comment")
    PRIVATE = "private", _("private message")
    REVIEW = "review", _("review")


class Source(models.TextChoices):
    """How it came to the portal."""

    FORM = "form", _("by hand")
    FILE = "file", _("from a file")
    API = "api", _("by API")


_ROW = models.Value(1)


class MessageQuerySet(models.QuerySet["Message"]):
    """Phrases about messages."""

    def visible_to(self, user: User) -> "MessageQuerySet":
        """Citizens' words are for those who moderate the body, and for nobody else."""
        return self.filter(user.reach(Permission.MODERATE))

    def open(self) -> "MessageQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def new(self) -> "MessageQuerySet":
        return self.filter(state=State.NEW)

    def of(self, user: User) -> "MessageQuerySet":
        return self.open().filter(assigned_to=user)

    def waiting(self) -> "MessageQuerySet":
        return self.filter(state=State.PAUSED)

    def overdue(self, now: datetime) -> "MessageQuerySet":
        """Past the moment by which somebody should have answered; a pause stops the clock."""
        return self.filter(state__in=(State.NEW, State.ASSIGNED), due_at__lt=now)

    def due_between(self, since: datetime, until: datetime) -> "MessageQuerySet":
        return self.filter(state__in=(State.NEW, State.ASSIGNED), due_at__gte=since, due_at__lt=until)

    def counts(self, now: datetime, midnight: datetime, user: User) -> dict[str, int]:
        """What stands above the queue, in one query: all open ones, overdue, due today, nobody's, this person's."""
        running = Q(state__in=(State.NEW, State.ASSIGNED))
        return self.open().aggregate(
            # Of rows, not of numbers: everything this asks for stands in one index.
            open=Count(_ROW),
            overdue=Count(_ROW, filter=running & Q(due_at__lt=now)),
            today=Count(_ROW, filter=running & Q(due_at__gte=now, due_at__lt=midnight)),
            nobody=Count(_ROW, filter=Q(assigned_to=None)),
            mine=Count(_ROW, filter=Q(assigned_to=user)),
        )

    def pressing(self, now: datetime) -> "MessageQuerySet":
        """Nobody has taken it yet, or its term has passed."""
        return self.open().filter(Q(state=State.NEW) | Q(state=State.ASSIGNED, due_at__lt=now))

    def for_queue(self) -> "MessageQuerySet":
        """What must be answered first stands first; where nobody ever works, last."""
        return self.for_listing().order_by(_DUE, "pk")

    def after(self, message: "Message") -> "MessageQuerySet":
        """What stands behind it in the queue, the nearest first."""
        if message.due_at is None:
            return self.for_queue().filter(due_at=None, pk__gt=message.pk)
        same = Q(due_at=message.due_at, pk__gt=message.pk)
        return self.for_queue().filter(same | Q(due_at__gt=message.due_at) | Q(due_at=None))

    def before(self, message: "Message") -> "MessageQuerySet":
        """What stands before it in the queue, the nearest first."""
        backwards = self.for_listing().order_by(F("due_at").desc(nulls_first=True), "-pk")
        if message.due_at is None:
            return backwards.filter(Q(due_at=None, pk__lt=message.pk) | Q(due_at__isnull=False))
        return backwards.filter(Q(due_at=message.due_at, pk__lt=message.pk) | Q(due_at__lt=message.due_at))

    def done(self) -> "MessageQuerySet":
        return self.exclude(state__in=OPEN_STATES)

    def flagged(self, flag: str = "") -> "MessageQuerySet":
        """With a hint of the triage: any, or of this class."""
        return self.filter(hints__contains=f" {flag} ") if flag else self.exclude(hints="")

    def matching(self, text: str) -> "MessageQuerySet":
        rows = self
        for word in words(text):
            rows = rows.filter(search__contains=word)
        return rows

    def in_thread_of(self, message: "Message") -> "MessageQuerySet":
        """The conversation the message stands in, the oldest first; alone when it names none."""
        if not message.thread:
            return self.filter(pk=message.pk)
        same = self.filter(account=message.account_id, post=message.post, thread=message.thread)
        return same.order_by("received_at", "pk")

    def with_thread_and_case(self, message: "Message") -> "MessageQuerySet":
        """Everything one reply to the message has to do with: its conversation, and the rest of its case.

        Of the same body: what was handed over to another one is read by its people alone.
        """
        together = Q(pk=message.pk)
        if message.thread:
            together |= Q(account=message.account_id, post=message.post, thread=message.thread)
        if message.case_id:
            together |= Q(case=message.case_id)
        return self.filter(together, organization=message.organization_id)

    def beside_in_case(self, message: "Message") -> "MessageQuerySet":
        """The other open messages of its case: what one reply answers together."""
        if message.case_id is None:
            return self.none()
        rows = self.open().filter(case=message.case_id, organization=message.organization_id)
        return rows.exclude(pk=message.pk).order_by("pk")

    def for_listing(self) -> "MessageQuerySet":
        """Everything one line of the inbox needs, in one query, the newest first."""
        return self.select_related("organization", "account__network", "assigned_to", "case").order_by(
            "-received_at", "-pk"
        )


def place_in_reading() -> int:
    """Microseconds: greater than the place of everything that readers could have seen before."""
    return time.time_ns() // 1000


_OPEN = Q(state__in=OPEN_STATES)
_DUE = F("due_at").asc(nulls_last=True)


class Message(models.Model):
    """One comment, private message or review. Of its author only a sealed name and number are kept, for a term."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("organization"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="messages", verbose_name=_("account"))
    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind, default=MessageKind.COMMENT)
    # The network's own numbers: of the post the comment stands under, of the message, of the conversation.
    post = models.CharField(_("number of the post"), max_length=100, blank=True)
    external_id = models.CharField(_("number in the network"), max_length=100)
    thread = models.CharField(_("number of the conversation"), max_length=100, blank=True)
    text = models.TextField(_("text"))
    link = models.URLField(_("link"), max_length=400, blank=True)
    received_at = models.DateTimeField(_("written at"))
    # {"name", "id"} sealed by people.vault; the mark lets the author prove authorship after both are forgotten.
    author = models.TextField(_("author, sealed"), blank=True)
    author_mark = models.CharField(_("mark of the author"), max_length=64, blank=True, db_index=True)
    author_forgotten_at = models.DateTimeField(_("author forgotten at"), null=True, blank=True)
    # [{"class", "start", "end", "reason"}] of the triage, and the classes with spaces around: " obscene spam ".
    flags = models.JSONField(_("hints"), default=list, blank=True)
    hints = models.CharField(_("classes of the hints"), max_length=80, blank=True, editable=False)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assigned to")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("case")
    )
    # When it came before those who answer it: on arrival, and again on joining a case. Tells what a reply has missed.
    came = models.PositiveBigIntegerField(_("place in reading"), default=place_in_reading, editable=False)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("decision")
    )
    due_at = models.DateTimeField(_("reply due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    source = models.CharField(_("came"), max_length=10, choices=Source)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    search = models.TextField(_("search text"), default="", editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a citizen")
        verbose_name_plural = _("messages of citizens")
        constraints = [
            models.UniqueConstraint(
                name="message_number_unique_under_post",
                fields=["account", "post", "external_id"],
                violation_error_message=_("This message is in the portal already."),
            ),
            models.CheckConstraint(
                name="message_in_work_has_a_person",
                condition=~Q(state=State.ASSIGNED) | Q(assigned_to__isnull=False),
                violation_error_message=_("Say who answers."),
            ),
            models.CheckConstraint(
                name="message_done_when_it_is_done",
                condition=Q(state__in=OPEN_STATES, done_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(done_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="message_author_is_forgotten_whole",
                condition=Q(author_forgotten_at__isnull=True) | Q(author=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-received_at", "-id"], name="message_state_moment"),
            models.Index(fields=["organization", "state", "-received_at", "-id"], name="message_body_state_moment"),
            models.Index(fields=["assigned_to", "state", "-received_at"], name="message_person_state"),
            models.Index(fields=["account", "post", "thread"], name="message_thread"),
            models.Index(F("received_at").desc(), F("id").desc(), name="message_moment"),
            models.Index(fields=["organization", "-received_at", "-id"], name="message_body_moment"),
            models.Index(fields=["account", "-received_at", "-id"], name="message_account_moment"),
            # The queue: what is open, in the order of its terms. What is done is a hundred times as much.
            models.Index("due_at", "id", condition=_OPEN, name="message_due"),
            models.Index("organization", "due_at", "id", condition=_OPEN, name="message_body_due"),
            models.Index("account", "due_at", "id", condition=_OPEN, name="message_account_due"),
            models.Index("assigned_to", "due_at", "id", condition=_OPEN, name="message_person_due"),
            # What is counted above the queue and in the menu: all of it stands in the index.
            models.Index("organization", "state", "due_at", "assigned_to", condition=_OPEN, name="message_open_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.external_id}"

    @property
    def tone(self) -> str:
        return TONES.get(State(self.state), "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def classes(self) -> list[str]:
        """The classes of its hints, each once."""
        return self.hints.split()

    @property
    def key(self) -> tuple[int, str, str]:
        """What the network knows it by: page, post, number."""
        return self.account_id, self.post, self.external_id

    def is_overdue(self, now: datetime) -> bool:
        return self.state in (State.NEW, State.ASSIGNED) and self.due_at is not None and self.due_at < now


def classes_of(flags: list[dict[str, Any]]) -> str:
    """What `Message.hints` holds: " obscene spam ", or "" where nothing is flagged."""
    names = sorted({str(flag["class"]) for flag in flags})
    return f" {' '.join(names)} " if names else ""
