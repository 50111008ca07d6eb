"""Forms of the queue: its filters, a message written down by hand, what is done to one."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.forms import AccountField, DayInput, accounts_of
from moderation.inbox.actions import REASON_LENGTH
from moderation.inbox.intake import LONGEST, MAX_TEXT, Arrival
from moderation.inbox.places import NOWHERE, Pages
from moderation.inbox.written import MOST_OFFERED, WrittenAccount, WrittenBody
from moderation.models import Message, MessageKind, MessageQuerySet, State, TriageRule
from moderation.models.message_path import OPEN_STATES, TRANSITIONS, Step
from people.models import Organization, User
from people.roles import Permission
from registry.models import Account, SocialNetwork

STATES = [
    ("", pgettext_lazy("messages", "open")),
    *State.choices,
    ("any", _("any state")),
]
DUE = [("", _("any term")), ("overdue", _("overdue")), ("today", _("due today"))]
WHOSE = [("", _("anybody's")), ("me", _("mine")), ("nobody", _("nobody's"))]


def end_of_today(now: datetime) -> datetime:
    """Midnight of the person's zone."""
    return _midnight(timezone.localdate(now) + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


# Filters that ask for nothing but what is counted above the queue anyway.
COUNTED = {
    (): "open",
    (("due", "overdue"),): "overdue",
    (("due", "today"),): "today",
    (("whose", "me"),): "mine",
    (("whose", "nobody"),): "nobody",
}


class QueueFilter(forms.Form):
    """Filters of the queue; an address with them can be handed to a colleague."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    body = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Body"), required=False, to_field_name="slug", empty_label=_("all bodies")
    )
    network = forms.ModelChoiceField(
        SocialNetwork.objects.none(), label=_("Network"), required=False, empty_label=_("all networks")
    )
    account = AccountField(Account.objects.none(), label=_("Account"), required=False, empty_label=_("all accounts"))
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    due = forms.ChoiceField(label=_("Reply due"), required=False, choices=DUE)
    whose = forms.ChoiceField(label=_("Who answers"), required=False, choices=WHOSE)
    kind = forms.ChoiceField(
        label=_("What it was"), required=False, choices=[("", _("any kind")), *MessageKind.choices]
    )
    flag = forms.ChoiceField(
        label=_("Hints of the triage"),
        required=False,
        choices=[("", _("with hints and without")), ("any", _("with any hint")), *TriageRule.Flag.choices],
    )
    since = forms.DateField(label=_("Written from"), required=False, widget=DayInput())
    until = forms.DateField(label=pgettext_lazy("last day", "until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        bodies = Organization.objects.where_may(user, Permission.MODERATE)
        offered = list(bodies[: MOST_OFFERED + 1])
        self.has_bodies = len(offered) > 1  # one body needs no choice
        self.highest = next(iter(offered), None)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined] # a ModelChoiceField
        if len(offered) > MOST_OFFERED:
            self.fields["body"] = WrittenBody(bodies)
        self.fields["network"].queryset = SocialNetwork.objects.allowed()  # type: ignore[attr-defined]
        if len(offered) > MOST_OFFERED:
            self._write_account()
        else:
            self._offer_accounts(accounts_of(user))

    def _offer_accounts(self, accounts: QuerySet[Account]) -> None:
        """Those of the body that is asked for; without one, all, unless they are too many to choose from."""
        field: Any = self.fields["account"]
        field.queryset = accounts
        body = self["body"].value() if self.has_bodies else None
        if slug_re.match(body or "") and not isinstance(self.fields["body"], WrittenBody):
            accounts = accounts.filter(organization__slug=body)
        shown = list(accounts[: MOST_OFFERED + 1])
        if len(shown) > MOST_OFFERED:
            self._write_account()
            return
        self.has_accounts = bool(shown)
        field.widget.choices = [("", field.empty_label), *((one.pk, field.label_from_instance(one)) for one in shown)]

    def _write_account(self) -> None:
        self.fields["account"] = WrittenAccount(self.user)
        self._bound_fields_cache.pop("account", None)  # type: ignore[attr-defined] # bound to the field that is gone
        self.has_accounts = True

    @property
    def counted_as(self) -> str:
        """Under which name the number of rows is counted above the queue already; "" where it is not."""
        asked = tuple((name, str(value)) for name, value in self.cleaned_data.items() if value)
        return "" if self.errors else COUNTED.get(asked, "")

    def apply(self, rows: MessageQuerySet, now: datetime) -> MessageQuerySet:
        """The rows that fit; a filter nobody can read is left out and says so beside its field."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if network := given.get("network"):
            rows = rows.filter(account__network=network)
        if account := given.get("account"):
            found = account if isinstance(account, list) else [account]
            rows = rows.filter(account__in=found) if len(found) > 1 else rows.filter(account=found[0])
        if body := given.get("body"):
            found = body if isinstance(body, list) else [body]
            rows = rows.filter(organization__in=found) if len(found) > 1 else rows.filter(organization=found[0])
        rows = self._in_state(rows, given.get("state", ""))
        rows = self._due(rows, given.get("due", ""), now)
        if whose := given.get("whose"):
            rows = rows.filter(assigned_to=self.user if whose == "me" else None)
        if kind := given.get("kind"):
            rows = rows.filter(kind=kind)
        if flag := given.get("flag"):
            rows = rows.flagged("" if flag == "any" else flag)
        return self._written(rows, given).matching(given.get("q", ""))

    def _written(self, rows: MessageQuerySet, given: dict[str, Any]) -> MessageQuerySet:
        """Whole days of the person's zone."""
        if since := given.get("since"):
            rows = rows.filter(received_at__gte=_midnight(since))
        if until := given.get("until"):
            rows = rows.filter(received_at__lt=_midnight(until + timedelta(days=1)))
        return rows

    @property
    def by_term(self) -> bool:
        """What is open stands in the order of its terms; what is done, the newest first."""
        return self.cleaned_data.get("state", "") in ("", *OPEN_STATES)

    def _in_state(self, rows: MessageQuerySet, state: str) -> MessageQuerySet:
        if state == "any":
            return rows
        return rows.filter(state=state) if state else rows.open()

    def _due(self, rows: MessageQuerySet, due: str, now: datetime) -> MessageQuerySet:
        if due == "overdue":
            return rows.overdue(now)
        return rows.due_between(now, end_of_today(now)) if due else rows


class MessageForm(forms.Form):
    """One message written down by hand."""

    account = AccountField(
        Account.objects.none(),
        label=_("Account"),
        required=False,
        empty_label=_("as the link tells"),
        help_text=_("Not needed where the link leads to the comment or the post: the page is known from it."),
    )
    kind = forms.ChoiceField(
        label=_("What it was"), choices=MessageKind.choices, initial=MessageKind.COMMENT, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What was written"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 5}))
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=LONGEST["link"],
        assume_scheme="https",
        help_text=_("Optional. To the comment itself, or to the post under which it stood."),
    )
    author_name = forms.CharField(
        label=_("Author"),
        required=False,
        max_length=LONGEST["author_name"],
        help_text=_("Optional. As the person is called in the network; kept sealed."),
    )
    author_id = forms.CharField(
        label=_("Number or link of the author's profile"),
        required=False,
        max_length=LONGEST["author_id"],
        help_text=_("Optional. By it the person can prove later that they wrote this; kept sealed."),
    )
    received_at = forms.DateTimeField(
        label=_("When it was written"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    is_urgent = forms.BooleanField(label=_("Urgent: a shorter term"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = accounts_of(user)
        self.accounts = accounts
        self.spot = NOWHERE
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined] # a ModelChoiceField
        mine = list(accounts.prefetch_related(None).values_list("pk", flat=True)[:2])
        self.has_accounts = bool(mine)
        self.initial.setdefault("account", mine[0] if len(mine) == 1 else None)
        self.initial.setdefault("received_at", timezone.now())

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._look_at_link()
        if self.cleaned_data.get("account") and {"kind", "text", "received_at"} <= self.cleaned_data.keys():
            for name, sentence in self.arrival().problems().items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, sentence)
        return self.cleaned_data

    def _look_at_link(self) -> None:
        """The page, the post and the comment the link names; a page that is chosen must be the same."""
        link, chosen = self.cleaned_data.get("link", ""), self.cleaned_data.get("account")
        pages = Pages(self.accounts)
        pages.learn([link])
        found = pages.find(link)
        if chosen and found and found != chosen:
            self.add_error("link", _("This is a link of another page: “%(page)s”.") % {"page": found.name})
        elif not (chosen or found or "account" in self.errors):
            self.add_error("account", _("Choose the account: the link does not tell which page this is."))
        self.cleaned_data["account"] = chosen or found
        self.spot = pages.spot(link) if found else NOWHERE

    def arrival(self) -> Arrival:
        """What was written, as the intake wants it."""
        return Arrival(**self.cleaned_data, **asdict(self.spot))


# An interim reply goes the way of replies, handing over has a page of its own, a case is chosen among messages.
_ELSEWHERE = (Step.INTERIM, Step.FORWARD, Step.MERGE)


class StepForm(forms.Form):
    """One step of a message: its reason or the link to the reply, and to whom it is given."""

    step = forms.ChoiceField(choices=[(step.value, step.label) for step in Step if step not in _ELSEWHERE])
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"list": "reasons"}),
    )
    link = forms.URLField(label=_("Link to the reply"), required=False, max_length=400, assume_scheme="https")
    to = forms.ModelChoiceField(User.objects.none(), label=_("Who answers"), required=False, empty_label=_("I do"))

    def __init__(self, *args: Any, message: Message, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined] # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        super().clean()
        step = self.cleaned_data.get("step")
        if step in TRANSITIONS and TRANSITIONS[Step(step)].reason and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Say why in a few words."))
        return self.cleaned_data
