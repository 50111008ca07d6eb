"""The form by which several messages are removed with one decision (procedure, cl. 7)."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moderation.actions import Entry
from moderation.forms import RulingForm
from moderation.inbox.removal import kind_of
from moderation.models import Message


class RemovalForm(RulingForm):
    """One ground, norm, measure and explanation for the ticked ones of the messages offered."""

    def __init__(self, *args: Any, messages: Sequence[Message], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = messages
        self.problems: dict[int, str] = {}  # key of a message → why this decision does not fit it
        self.ticked = {message.pk for message in messages}
        asked = self.fields["is_criticism"]
        asked.label = _("Is there criticism of the administration among them?")
        asked.help_text = _("Criticism is removed one by one, and another person confirms it. Keys: 0 – no, 9 – yes.")
        if self.is_bound:
            self.ticked &= {int(pk) for pk in self.data.getlist("chosen") if pk.isdigit() and len(pk) < 19}  # type: ignore[attr-defined] # of a request

    @property
    def chosen(self) -> list[Message]:
        return [message for message in self.offered if message.pk in self.ticked]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.ticked:
            self.add_error(None, _("Choose messages: tick them in the list."))
        if len({message.organization_id for message in self.chosen}) > 1:
            self.add_error(None, _("One decision is taken for one body: leave the messages of one body ticked."))
        if given.get("is_criticism"):
            self.add_error("is_criticism", _("Criticism is looked at one by one: remove it from its own page."))
        if self.ticked and {"ground", "measure"} <= given.keys():
            self._hold_against_clause_7()
        return given

    def _hold_against_clause_7(self) -> None:
        """What is wrong with the decision stands at its field, what is wrong with one message beside the message."""
        for message, entry in self.entries():
            for name, sentence in entry.problems().items():
                if name in ("ground", "link", "seen_at"):
                    self.problems[message.pk] = sentence
                elif name not in self.errors:
                    self.add_error(name, sentence)
        if self.problems:
            self._say_that_some_do_not_fit()

    def refuse(self, error: ValidationError) -> None:
        """What could not be known before the messages were held."""
        self.problems = {int(pk): sentences[0] for pk, sentences in error.message_dict.items()}
        self._say_that_some_do_not_fit()

    def _say_that_some_do_not_fit(self) -> None:
        self.add_error(
            None, _("Nothing is removed yet: the decision does not fit every message. Read why and untick those.")
        )

    def entries(self) -> list[tuple[Message, Entry]]:
        """The ticked messages, each as the journal writes it down; the files go with the first."""
        words, files = self.words(), self.cleaned_data.get("evidence", ())
        return [
            (message, Entry(**_said_in(message), **words, files=() if place else files))
            for place, message in enumerate(self.chosen)
        ]


def _said_in(message: Message) -> dict[str, Any]:
    return {
        "account": message.account,
        "kind": kind_of(message),
        "text": message.text,
        "link": message.link,
        "seen_at": message.received_at,
    }
