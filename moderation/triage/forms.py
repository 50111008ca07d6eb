"""Forms of the lists of triage: a new rule, the filters, a text to try."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.models import TriageRule
from moderation.triage import breadth, lists
from moderation.triage import rule as rules
from moderation.triage.breadth import Breadth
from moderation.triage.lists import Entry
from people.models import User

ALONE = [("yes", _("always")), ("", _("only together with other signs"))]
MAX_TRY = 10_000


class RuleForm(forms.Form):
    """One rule of the portal's own. A doubtful one is told about first, and saved when `anyway` repeats it.

    `reach`: what was found of a doubtful rule; `words`: what `anyway` must say to save it as it is now.
    """

    flag = forms.ChoiceField(label=_("What it hints at"), choices=TriageRule.Flag.choices)
    kind = forms.ChoiceField(label=_("How to look for it"), choices=TriageRule.Kind.choices)
    pattern = forms.CharField(
        label=_("Word or words"),
        max_length=rules.MAX_PATTERN,
        help_text=_("In Russian letters. An asterisk stands for any letters at the beginning or end of a word."),
    )
    alone = forms.ChoiceField(
        label=_("When to mark"),
        choices=ALONE,
        required=False,
        initial="yes",
        widget=forms.RadioSelect,
        help_text=_("Other signs: an insult is said to a person, an advertisement calls and promises money."),
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("Optional. Stands in the hint: «looks like an insult: …»."),
    )

    reach: Breadth | None = None
    words = ""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_pattern(self) -> str:
        return rules.tidy(self.cleaned_data["pattern"])

    def clean_alone(self) -> bool:
        return bool(self.cleaned_data["alone"] == "yes")

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if {"flag", "kind", "pattern"} <= given.keys():
            if sentence := _problem(**given):
                self.add_error("pattern", sentence)
            elif given["flag"] != rules.PERSONAL:
                self._look_at_reach(given["flag"], given["kind"], given["pattern"])
        return given

    def _look_at_reach(self, flag: str, kind: str, pattern: str) -> None:
        """Says once what a doubtful rule would do; the second press repeats the very rule that was shown."""
        self.words = f"{flag} {kind} {pattern}"
        if self.data.get("anyway") == self.words:
            return
        found = breadth.of(rules.Rule(flag, kind, pattern), self.user, lists.sorter().lexicon)
        if found.is_doubtful:
            self.reach = found
            self.add_error(None, _("Not added yet: look at what this rule would do."))


def _problem(flag: str, kind: str, pattern: str, **_rest: Any) -> str:
    if sentence := rules.problem(kind, pattern):
        return sentence
    if flag == rules.PERSONAL and kind != rules.EXCEPTION:
        return str(
            _("Personal data is found by its form. Here only exceptions are added: numbers that are not personal.")
        )
    if any(one.key == (flag, kind, pattern) for one in rules.shipped()):
        return str(_("This rule comes with the portal. Find it in the list; if it is off, switch it on."))
    if TriageRule.objects.filter(flag=flag, kind=kind, pattern=pattern).exists():
        return str(_("This rule stands in the list already."))
    return ""


class RuleFilter(forms.Form):
    """Narrows the list; what cannot be read is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    flag = forms.ChoiceField(label=_("Class"), required=False, choices=[("", _("any")), *TriageRule.Flag.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *TriageRule.Kind.choices])
    source = forms.ChoiceField(
        label=_("Where from"),
        required=False,
        choices=[("", _("any")), ("own", _("added here")), ("shipped", _("came with the portal"))],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("any")), ("on", _("in force")), ("off", _("switched off"))],
    )

    def apply(self, lines: list[Entry], but: str = "") -> list[Entry]:
        """The lines that fit; the filter named in `but` is not asked."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value and name != but}
        return [line for line in lines if _fits(line, given)]


def _fits(line: Entry, given: dict[str, str]) -> bool:
    found = {
        "flag": line.rule.flag,
        "kind": line.rule.kind,
        "source": "shipped" if line.is_shipped else "own",
        "state": "on" if line.is_active else "off",
    }
    words = rules.tidy(given.get("q", ""))
    return words in line.rule.pattern and all(found[name] == value for name, value in given.items() if name != "q")


class TryForm(forms.Form):
    """A text to look at; it is kept nowhere."""

    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_TRY,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
        help_text=_("It is not kept: close the page, and it is gone."),
    )
