"""What people type about topic packs."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contentplan.actions.packs import PackContent
from contentplan.forms import TextField
from contentplan.models import Occasion, PostFormat
from contentplan.occasion_forms import BodyChoice, day_field
from people.models import Organization, OrganizationKind, User
from people.roles import Permission

OCCASIONS_AHEAD = timedelta(days=120)


class PackForm(forms.Form):
    """What the department drafts for others."""

    organization = BodyChoice(_("From whom"))
    title = forms.CharField(
        label=_("Topic"), max_length=200, error_messages={"required": _("Write what the post is about.")}
    )
    text = TextField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    format = forms.ModelChoiceField(PostFormat.objects.all(), label=_("Format"), empty_label=None)
    advice = TextField(
        label=_("What to make local"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: add the place and hour in your settlement, name your people, take your own photo."),
    )
    publish_from = day_field(_("Publish from"), error_messages={"required": _("Choose the first day.")})
    publish_to = day_field(_("To, inclusive"), error_messages={"required": _("Choose the last day.")})
    occasion = forms.ModelChoiceField(
        Occasion.objects.none(),
        label=_("Occasion"),
        required=False,
        empty_label=_("none"),
        help_text=_("A post made of the pack will cover this topic."),
    )

    def __init__(self, data: Any = None, *, user: User, own: Organization | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        bodies = Organization.objects.where_may(user, Permission.DECIDE_PLAN).filter(is_active=True)
        self.fields["organization"].offer(bodies, own)  # type: ignore[attr-defined]  # the stubs know only the base Field
        today = timezone.localdate()
        ahead = Occasion.objects.visible_to(user).between(today, today + OCCASIONS_AHEAD)
        self.fields["occasion"].queryset = ahead.filter(for_bodies_below=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("publish_from"), values.get("publish_to")
        if first and last and last < first:
            self.add_error("publish_to", _("The last day cannot come before the first."))
        return values

    @property
    def content(self) -> PackContent:
        return PackContent(**{name: value for name, value in self.cleaned_data.items() if name != "organization"})


class SendForm(forms.Form):
    """To whom a pack goes: all of a kind, or single bodies."""

    kinds = forms.MultipleChoiceField(label=_("All at once"), required=False, widget=forms.CheckboxSelectMultiple)
    bodies = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label=_("Single bodies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, bodies: Collection[Organization]) -> None:
        super().__init__(data)
        self.offered = list(bodies)
        kinds = {body.kind for body in self.offered}
        labels = {kind.value: kind.label for kind in OrganizationKind}
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (kind, f"{labels[kind]} ({sum(body.kind == kind for body in self.offered)})")
            for kind in labels
            if kind in kinds
        ]
        rows = Organization.objects.filter(pk__in=[body.pk for body in self.offered])
        self.fields["bodies"].queryset = rows  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Organization]:
        """Each body once."""
        kinds = set(self.cleaned_data["kinds"])
        single = {body.pk for body in self.cleaned_data["bodies"]}
        return [body for body in self.offered if body.kind in kinds or body.pk in single]


class ExtendForm(forms.Form):
    """A new last day."""

    publish_to = day_field(_("New last day"), error_messages={"required": _("Choose the last day.")})


class DeclineForm(forms.Form):
    """Why the body will not publish it."""

    reason = forms.CharField(
        label=_("Why not"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: the department will read it.")},
    )
