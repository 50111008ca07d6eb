"""The entry form of the journal, what it shares with the removal of several messages, and the filters of the list."""

import uuid
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.actions import FIRST_DAY, LAST_DAY, Entry
from moderation.evidence import TYPES, Upload
from moderation.evidence import read as read_evidence
from moderation.models import AGAINST, DecisionQuerySet, Ground, Kind, Measure, Origin, Tag
from people.models import Organization, User
from people.roles import Permission
from registry.models import Account, AccountStatus, SocialNetwork

MAX_FILES = 10
MAX_WAVE = 100  # comments entered together
MAX_TEXT = 10_000
# Pages on which people can write to the body, or could when the comment was left.
MODERATED = (AccountStatus.ACTIVE, AccountStatus.UNCONFIRMED, AccountStatus.SUSPENDED, AccountStatus.ARCHIVED)
A_DAY = [MinValueValidator(FIRST_DAY, _("Check the year.")), MaxValueValidator(LAST_DAY, _("Check the year."))]
SHARED = ("ground", "citation", "explanation", "measure", "blocked_until", "origin", "authority", "is_criticism")
MEASURES = [(measure.value, measure.label) for measure in AGAINST]


def accounts_of(user: User) -> QuerySet[Account]:
    """The accounts this person moderates."""
    rows = Account.objects.filter(user.reach(Permission.MODERATE), status__in=MODERATED)
    return rows.filter(network__in=SocialNetwork.objects.allowed()).for_listing()


class AccountsByBody(forms.models.ModelChoiceIterator):  # type: ignore[type-arg] # generic in the stubs only
    """Choices of accounts, grouped by body."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for body, rows in groupby(self.queryset, key=lambda account: account.organization.short_name):
            yield body, [self.choice(account) for account in rows]


class AccountField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in the stubs only
    """«ВКонтакте: Уртам официально» under the name of its body."""

    iterator = AccountsByBody

    def label_from_instance(self, obj: Account) -> str:
        return f"{obj.network}: {obj.name}" if obj.network else obj.name


class DayInput(forms.DateInput):
    """The browser's own calendar; it wants the day as 2026-11-24 whatever the language."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class FilesInput(forms.FileInput):
    """A file input for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> "list[File[bytes]]":
        return files.getlist(name) if hasattr(files, "getlist") else []


class EvidenceField(forms.FileField):
    """Several files, each looked into; gives a tuple of uploads."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> tuple[Upload, ...]:
        files: list[File[bytes]] = [super(EvidenceField, self).clean(file, initial) for file in data or []]
        if len(files) > MAX_FILES:
            raise ValidationError(_("At most %(limit)s files to one decision."), params={"limit": MAX_FILES})
        return tuple(read_evidence(file) for file in files)


class RulingForm(forms.Form):
    """What a decision says, of one comment or of several messages at once."""

    entry_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    ground = forms.ModelChoiceField(
        Ground.objects.all(), label=_("Ground"), widget=forms.RadioSelect, empty_label=None, blank=False
    )
    citation = forms.CharField(
        label=_("Norm that was broken"),
        required=False,
        max_length=500,
        help_text=_("Needed for the three legal grounds: the act, its article and part."),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Optional. What a colleague or an inspector should know, without personal data."),
    )
    measure = forms.ChoiceField(label=_("What you did"), choices=MEASURES, widget=forms.RadioSelect)
    blocked_until = forms.DateField(
        label=_("Until which day"),
        required=False,
        widget=DayInput(),
        help_text=_("This day included. Needed for a block and a restriction; for what is hidden, if it comes back."),
    )
    origin = forms.ChoiceField(label=_("How it was found"), choices=Origin.choices, required=False)
    authority = forms.CharField(
        label=_("Authority and its paper"),
        required=False,
        max_length=300,
        help_text=_("Needed when an authority demanded it: its name, date and number of the paper."),
    )
    tags = forms.MultipleChoiceField(
        label=_("What it was about"), choices=Tag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    # No answer stands there beforehand: whoever decides has asked himself.
    is_criticism = forms.TypedChoiceField(
        label=_("Is this criticism of the administration?"),
        choices=[("yes", _("yes, it is criticism as well")), ("no", pgettext_lazy("criticism", "no"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        help_text=_("If yes, another person confirms the removal before it counts. Keys: 0 – no, 9 – yes."),
        error_messages={"required": _("Answer yes or no: is it criticism of the administration?")},
    )
    evidence = EvidenceField(
        label=_("Evidence"),
        required=False,
        help_text=_("Screenshots (PNG, JPEG, WebP) or PDF; several at once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].widget.attrs["accept"] = ",".join(TYPES)
        self.initial.update(measure=Measure.REMOVED)

    @property
    def lost_files(self) -> bool:
        """Files were chosen, but the page is shown again: a browser never gives them back by itself."""
        return bool(self.errors and "evidence" in self.files)

    def clean_origin(self) -> str:
        return self.cleaned_data["origin"] or Origin.OWN

    def words(self) -> dict[str, Any]:
        """What was written that every entry of this form shares."""
        given = self.cleaned_data
        words = {name: given[name] for name in SHARED if name in given}
        return {**words, "tags": tuple(given.get("tags", ())), "key": given.get("entry_key") or uuid.uuid4()}


class DecisionForm(RulingForm):
    """One decision, written down in twenty seconds."""

    field_order = ("account", "kind", "text", "link", "seen_at")
    account = AccountField(Account.objects.none(), label=_("Account"), empty_label=_("Choose the account"))
    kind = forms.ChoiceField(label=_("What it was"), choices=Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What was written"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4, "autofocus": True})
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=400,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Optional. To the comment itself, or to the post under which it stood."),
    )
    seen_at = forms.DateTimeField(
        label=_("When you saw it"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    others = forms.CharField(
        label=_("Others of the same wave"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional. When the same spam came many times: one comment a line, up to 100."),
    )

    def __init__(self, *args: Any, user: User, account: int | None = None, **kwargs: Any) -> None:
        given = kwargs.pop("beginning", {})
        super().__init__(*args, **kwargs)
        accounts = accounts_of(user)
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined] # a ModelChoiceField
        mine = list(accounts.prefetch_related(None).values_list("pk", flat=True))
        self.has_accounts = bool(mine)
        chosen = mine[0] if len(mine) == 1 else account if account in mine else None
        self.initial.update(account=chosen, kind=Kind.COMMENT, seen_at=timezone.now())
        self.initial.update(given)

    def clean_others(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(lines) > MAX_WAVE:
            raise ValidationError(_("At most %(limit)s comments at once."), params={"limit": MAX_WAVE})
        return lines

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("is_criticism") and self.cleaned_data.get("others"):
            self.add_error("others", _("Criticism is looked at one by one: enter each comment alone."))
        needed = {"account", "kind", "text", "seen_at", "ground", "measure", "is_criticism"}
        if needed <= self.cleaned_data.keys():
            for name, sentence in self.entry().problems().items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return self.cleaned_data

    def entry(self) -> Entry:
        """What was written, as the action wants it."""
        given = self.cleaned_data
        own = {name: given[name] for name in self.field_order if name in given}
        return Entry(**own, **self.words(), files=given.get("evidence", ()))


class FilterForm(forms.Form):
    """Filters of the list; an address with them can be handed to a colleague."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    body = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Body"), required=False, to_field_name="slug", empty_label=_("all bodies")
    )
    account = AccountField(Account.objects.none(), label=_("Account"), required=False, empty_label=_("all accounts"))
    ground = forms.ModelChoiceField(
        Ground.objects.all(), label=_("Ground"), required=False, to_field_name="slug", empty_label=_("all grounds")
    )
    measure = forms.ChoiceField(label=_("Measure"), required=False, choices=[("", _("all measures")), *Measure.choices])
    kind = forms.ChoiceField(label=_("What it was"), required=False, choices=[("", _("anything")), *Kind.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("any state")),
            ("stands", _("in force")),
            ("reversed", _("taken back")),
            ("ended", _("term is over")),
        ],
    )
    wave = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput(), validators=A_DAY)
    until = forms.DateField(label=_("To"), required=False, widget=DayInput(), validators=A_DAY)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organization.objects.where_may(user, Permission.VIEW_JOURNAL)
        accounts = Account.objects.filter(user.reach(Permission.VIEW_JOURNAL), network__isnull=False).for_listing()
        self.has_bodies = len(bodies) > 1  # one body needs no choice
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined] # a ModelChoiceField
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined] # a ModelChoiceField

    def apply(self, rows: DecisionQuerySet) -> DecisionQuerySet:
        """The rows that fit; a filter nobody can read is left out and says so beside its field."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        exact = {"body": "organization", "account": "account", "ground": "ground", "measure": "measure", "kind": "kind"}
        rows = rows.filter(**{column: given[name] for name, column in exact.items() if name in given})
        if given.get("state") == "ended":
            rows = rows.ended(timezone.localdate())
        elif "state" in given:
            rows = rows.taken_back(given["state"] == "reversed")
        rows = rows.made_between(given.get("since"), given.get("until"))
        if "wave" in given:
            rows = rows.filter(wave=given["wave"])
        elif "q" not in given:
            rows = rows.waves_folded()
        return rows.matching(given.get("q", ""))
