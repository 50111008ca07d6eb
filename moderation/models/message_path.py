"""The path of a message: its states, what is done to it, what leads where. Only `inbox.actions` follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.roles import Permission
from review.door import Arrow, arrow


class State(models.TextChoices):
    """Where a message is on its way to a reply."""

    NEW = "new", pgettext_lazy("message", "new")
    ASSIGNED = "assigned", pgettext_lazy("message", "in work")
    PAUSED = "paused", pgettext_lazy("message", "paused")
    ANSWERED = "answered", pgettext_lazy("message", "answered")
    CLOSED = "closed", pgettext_lazy("message", "closed without a reply")


OPEN_STATES = (State.NEW, State.ASSIGNED, State.PAUSED)
TONES = {State.NEW: "info", State.ASSIGNED: "wait", State.PAUSED: "wait", State.ANSWERED: "good"}


class Step(models.TextChoices):
    """What is done to a message. Those that move its state stand in `TRANSITIONS`; the two of cases leave it alone."""

    ASSIGN = "assign", _("given to a person")
    RELEASE = "release", _("given back")
    PAUSE = "pause", _("paused")
    RESUME = "resume", _("taken up again")
    INTERIM = "interim", _("interim reply sent")
    ANSWER = "answer", _("answered")
    CLOSE = "close", _("closed without a reply")
    REOPEN = "reopen", _("opened again")
    FORWARD = "forward", _("handed over to another body")
    MERGE = "merge", _("put into a case")
    PART = "part", _("taken out of a case")


_may = Permission.MODERATE

# Who may: who moderates the body.
TRANSITIONS: dict[Step, Arrow[State]] = {
    Step.ASSIGN: arrow({State.NEW, State.ASSIGNED}, State.ASSIGNED, _may),
    Step.RELEASE: arrow({State.ASSIGNED}, State.NEW, _may),
    Step.PAUSE: arrow({State.NEW, State.ASSIGNED}, State.PAUSED, _may, reason={State.NEW, State.ASSIGNED}),
    Step.RESUME: arrow({State.PAUSED}, State.ASSIGNED, _may),
    # The final reply is still owed, in its own term.
    Step.INTERIM: arrow(set(OPEN_STATES), State.ASSIGNED, _may),
    Step.ANSWER: arrow(set(OPEN_STATES), State.ANSWERED, _may),
    Step.CLOSE: arrow(set(OPEN_STATES), State.CLOSED, _may, reason=OPEN_STATES),
    Step.REOPEN: arrow({State.ANSWERED, State.CLOSED}, State.NEW, _may),
    # The term goes on: the citizen waits, whoever answers.
    Step.FORWARD: arrow(set(OPEN_STATES), State.NEW, _may, reason=OPEN_STATES),
}
