"""What people type into a plan: a post, why a plan is short."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from contentplan import attachments, limits
from contentplan.actions import PostContent
from contentplan.attachments import ALT_LENGTH, Attachment, FilesField
from contentplan.content import NO_TOPIC
from contentplan.media.reading import Upload, read, sizes
from contentplan.models import Media, Placement, PlannedPost, PostFormat, Rubric
from people.models import Organization
from people.weeks import Week
from registry.models import Account
from review.lengths import words

DEFAULT_TIME = time(10, 0)
TIME_INPUT = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class TextField(forms.CharField):
    """A text of several lines. A browser ends each with CR LF: without this a mere "save" would look like an edit."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PostForm(forms.Form):
    """A post of one week: the day is one of its seven, the accounts are those of the organization."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    time = forms.TimeField(label=_("Time"), widget=TIME_INPUT)
    topic = forms.CharField(
        label=_("Topic"),
        max_length=200,
        help_text=_("In a few words: what the post is about."),
        error_messages={"required": _("Write what the post is about.")},
    )
    text = TextField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    format = forms.ModelChoiceField(PostFormat.objects.all(), label=_("Format"), empty_label=None)
    rubric = forms.ModelChoiceField(
        Rubric.objects.all(), label=_("Rubric"), required=False, empty_label=_("without a rubric")
    )
    occasion = forms.CharField(
        label=_("News occasion"), max_length=200, required=False, help_text=_("A holiday, an event, a decision.")
    )
    responsible_post = forms.CharField(
        label=_("Who is responsible"), max_length=200, required=False, help_text=_("The post, not a name.")
    )
    about_work = forms.BooleanField(
        label=_("About the work of the Administration"),
        required=False,
        initial=True,
        help_text=_("Only such publications count for the norm."),
    )
    accounts = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label=_("Where it comes out"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one account.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # In which state the person saw the post: an approval that came meanwhile is not undone unawares.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # The occasion a new post is made of.
    event = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, organization: Organization, week: Week, accounts: Iterable[Account], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.organization = organization
        self.offered = list(accounts)
        days = [(day.isoformat(), date_format(day, "D, j E")) for day in week.days]
        self.fields["day"].choices = days  # type: ignore[attr-defined]  # the stubs know only the base Field
        if not self.is_bound:
            # A rubric no longer offered stays with the post that has it.
            kept = Q(is_active=True) | Q(pk=self.initial.get("rubric"))
            self.fields["rubric"].queryset = Rubric.objects.filter(kept)  # type: ignore[attr-defined]
        field = self.fields["accounts"]
        field.queryset = Account.objects.filter(pk__in=[a.pk for a in self.offered])  # type: ignore[attr-defined]
        self.fields["files"] = FilesField(
            label=_("Add pictures, video, documents"),
            required=False,
            help_text=_("JPEG, PNG, WebP, HEIC; MP4, MOV, WebM; PDF, DOCX, XLSX. Several at once."),
        )
        for account in self.offered:
            label = _("Text of its own for “%(account)s”") % {"account": account.name}
            self.fields[f"text_{account.pk}"] = TextField(
                label=label,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("Leave it empty to publish the common text."),
            )

    def account_cards(self) -> Iterator[dict[str, object]]:
        """Each account with whether it is ticked, the field of its own text, and how much of the limit is taken."""
        known, common = limits.of_accounts(self.offered), self["text"].value() or ""
        ticked = {str(getattr(value, "pk", value)) for value in self["accounts"].value() or []}
        for account in self.offered:
            own = self[f"text_{account.pk}"]
            limit, text = known.get(account.network_id or 0), own.value() or common
            yield {
                "limit": limit,
                "count": limits.count(account, text, limit, has_media=bool(self.attachments)),
                "account": account,
                "ticked": str(account.pk) in ticked,
                "own": own,
                "open": bool(own.value() or own.errors),
            }

    @cached_property
    def counter_words(self) -> dict[str, str]:
        """What the script of the counters writes."""
        return words()

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files of the post, in their order."""
        pairs = attachments.typed(self.data) if self.is_bound else self.initial.get("media", ())
        return attachments.of(pairs, self.organization)

    @cached_property
    def file_limits(self) -> dict[str, int]:
        """The most bytes a file may have, by kind: the script says it before a long way over a slow line."""
        return {str(kind): most for kind, most in sizes().items()}

    def take_files(self, keep: Callable[[Upload], Media]) -> bool:
        """Keeps the files that came with the form, each by itself; whether the form as a whole is good."""
        self.is_valid()
        for file in self.files.getlist("files"):
            try:
                media = keep(read(file))
            except ValidationError as error:
                self.add_error("files", error)
                continue
            if media.pk not in {row.media.pk for row in self.attachments}:
                self.attachments.append(Attachment(media, ""))
        if any(len(row.alt) > ALT_LENGTH for row in self.attachments):
            self.add_error(
                "files", _("A description of a picture is too long: %(n)d characters at most.") % {"n": ALT_LENGTH}
            )
        return self.is_valid()

    @property
    def content(self) -> PostContent:
        """What was typed, as the actions take it."""
        values = self.cleaned_data
        return PostContent(
            planned_at=datetime.combine(values["day"], values["time"], tzinfo=self.organization.zone),
            topic=values["topic"],
            text=values["text"],
            format=values["format"],
            rubric=values["rubric"],
            occasion=values["occasion"],
            responsible_post=values["responsible_post"],
            about_work=values["about_work"],
            placements={account.pk: values[f"text_{account.pk}"] for account in values["accounts"]},
            media=tuple((row.media.pk, row.alt) for row in self.attachments),
        )


def initial_of(post: PlannedPost, placements: Iterable[Placement]) -> dict[str, object]:
    """The form's first values for a post that already stands."""
    local = post.planned_at.astimezone(post.plan.organization.zone)
    rows = list(placements)
    return {
        "day": local.date().isoformat(),
        "time": local.time(),
        "topic": "" if post.topic == str(NO_TOPIC) else post.topic,
        "text": post.text,
        "format": post.format_id,
        "rubric": post.rubric_id,
        "occasion": post.occasion,
        "responsible_post": post.responsible_post,
        "about_work": post.about_work,
        "accounts": [row.account_id for row in rows],
        "media": tuple(post.post_media.order_by("position", "pk").values_list("media_id", "alt_text")),
        "revision": post.revision,
        "seen": post.status,
        **{f"text_{row.account_id}": row.text for row in rows},
    }


class ReasonForm(forms.Form):
    """Why a plan is handed in with fewer posts than the norm."""

    reason = forms.CharField(
        label=_("Why fewer than the norm"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why there are fewer posts than the norm asks.")},
    )
