"""What people type about occasions."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from contentplan.actions.occasions import Brought, OccasionContent
from contentplan.forms import TIME_INPUT, TextField
from contentplan.imports import ical
from contentplan.imports.occasions import as_text, read_table
from contentplan.imports.reading import read_file, read_text
from contentplan.models import Occasion, OccasionKind
from people.models import Organization, User
from people.roles import Permission

LONGEST_DAYS = 366
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
MOST_TYPED = 200_000


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day of this century."""
    wrong = _("Check the year.")
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(FIRST_DAY, wrong), MaxValueValidator(LAST_DAY, wrong)],
        **kwargs,
    )


class BodyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not to be subscripted at run time
    """A body the person may choose; with a single one there is nothing to choose."""

    def __init__(self, label: Any) -> None:
        super().__init__(Organization.objects.none(), label=label, empty_label=None)

    def offer(self, bodies: Any, own: Organization | None) -> None:
        self.queryset = bodies
        self.initial = own
        if len(bodies[:2]) < 2:
            self.widget = forms.HiddenInput()


class OccasionForm(forms.Form):
    """One occasion; what concerns other bodies is asked only of who may set it."""

    organization = BodyChoice(_("Whose"))
    kind = forms.ChoiceField(label=_("Kind"), choices=OccasionKind, initial=OccasionKind.EVENT)
    title = forms.CharField(
        label=_("What happens"),
        max_length=200,
        error_messages={"required": _("Write what happens.")},
    )
    starts_on = day_field(_("From"), error_messages={"required": _("Choose the day.")})
    ends_on = day_field(_("To, inclusive"), required=False, help_text=_("Leave it empty for a single day."))
    at = forms.TimeField(label=_("Time"), widget=TIME_INPUT, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    description = TextField(
        label=_("Details"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    for_bodies_below = forms.BooleanField(
        label=_("Put it on the boards of all bodies below"), required=False, help_text=_("They will see it at once.")
    )
    is_mandatory = forms.BooleanField(
        label=_("Every body has to write about it"),
        required=False,
        help_text=_("Each plan is flagged until a post of the body covers it."),
    )

    def __init__(self, data: Any = None, *, user: User, own: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user = user
        bodies = Organization.objects.where_may(user, Permission.WRITE_PLAN).filter(is_active=True)
        self.fields["organization"].offer(bodies, own)  # type: ignore[attr-defined]  # the stubs know only the base Field
        if not user.may_anywhere(Permission.DECIDE_PLAN):
            del self.fields["for_bodies_below"], self.fields["is_mandatory"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on") or values.get("starts_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot come before the first."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("ends_on", _("Longer than a year is no occasion. Check the days."))
        _refuse_foreign(self, values)
        return values

    @property
    def content(self) -> OccasionContent:
        values = {name: value for name, value in self.cleaned_data.items() if name != "organization"}
        values["ends_on"] = values["ends_on"] or values["starts_on"]
        return OccasionContent(**{**values, "kind": OccasionKind(values["kind"])})


def _refuse_foreign(form: "OccasionForm | OccasionImportForm", values: dict[str, Any]) -> None:
    """What concerns other bodies is set by the department of the body alone."""
    wide = values.get("for_bodies_below") or values.get("is_mandatory")
    body = values.get("organization")
    if wide and body and not form.user.may(Permission.DECIDE_PLAN, body):
        form.add_error("for_bodies_below", _("Only the department of this body can set it for others."))


def initial_of(occasion: Occasion) -> dict[str, object]:
    """The form's first values for an occasion that stands."""
    names = ("kind", "title", "starts_on", "ends_on", "at", "place", "description", "for_bodies_below", "is_mandatory")
    return {"organization": occasion.organization_id, **{name: getattr(occasion, name) for name in names}}


class OccasionImportForm(forms.Form):
    """A calendar or a table: a file, or pasted."""

    organization = BodyChoice(_("Whose"))
    file = forms.FileField(
        label=_("A file of the calendar or a table"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,.xlsx,.xlsm,.csv,.txt,.tsv"}),
        help_text=_("ICS from Outlook, Google or Yandex; Excel (XLSX) or CSV."),
        error_messages={"empty": _("The file is empty.")},
    )
    text = forms.CharField(
        label=_("or paste it here"),
        required=False,
        strip=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("A table with a column of days and one of names, as it stands in Excel or Word; or a calendar."),
        error_messages={"max_length": _("This is too much at once. Paste it in parts.")},
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=OccasionKind, initial=OccasionKind.EVENT)
    for_bodies_below = forms.BooleanField(label=_("Put it on the boards of all bodies below"), required=False)
    is_mandatory = forms.BooleanField(label=_("Every body has to write about it"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, user: User, own: Organization | None, **kw: Any) -> None:
        super().__init__(data, files, **kw)
        self.user = user
        bodies = Organization.objects.where_may(user, Permission.WRITE_PLAN).filter(is_active=True)
        self.fields["organization"].offer(bodies, own)  # type: ignore[attr-defined]  # the stubs know only the base Field
        if not user.may_anywhere(Permission.DECIDE_PLAN):
            del self.fields["for_bodies_below"], self.fields["is_mandatory"]
        self.brought: list[Brought] = []
        self.series: list[str] = []
        self.wrong: list[str] = []
        self.left = ""  # what could not be taken, to be mended and sent again
        self.outside = 0

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        file: UploadedFile[bytes] | None = values.get("file")
        text: str = values.get("text") or ""
        if not file and not text.strip():
            raise forms.ValidationError(_("Choose a file or paste the list."))
        _refuse_foreign(self, values)
        try:
            self._read(file, text, values["organization"])
        except forms.ValidationError as error:
            self.add_error("file" if file else "text", error)
        return values

    def _read(self, file: "UploadedFile[bytes] | None", text: str, body: Organization) -> None:
        content = text.encode() if file is None else _head(file)
        if b"BEGIN:VCALENDAR" in content[:4096].upper():
            found = ical.read_calendar(content if file is None else _whole(file), zone=body.zone, today=body.today)
            self.brought, self.series, self.wrong = found.brought, found.series, found.wrong
            self.outside = found.outside
            return
        table = read_table(read_file(file) if file else read_text(text), today=body.today)
        self.brought, self.wrong = table.brought, table.wrong
        self.left = "\n".join(as_text(table.left)) if table.wrong else ""


def _head(file: "UploadedFile[bytes]") -> bytes:
    file.seek(0)
    return bytes(file.read(4096))


def _whole(file: "UploadedFile[bytes]") -> bytes:
    """No more than a calendar may have, and one byte more, by which it is known to be too large."""
    file.seek(0)
    return bytes(file.read(ical.MAX_BYTES + 1))


class OccasionFilter(forms.Form):
    """What the list of occasions shows."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    body = forms.ModelChoiceField(
        Organization.objects.none(), label=_("organization"), required=False, to_field_name="slug"
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        everything = [("", _("all kinds"))]
        self.fields["kind"].choices = [*everything, *OccasionKind.choices]  # type: ignore[attr-defined]
        bodies = Organization.objects.visible_to(user)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        if len(bodies[:2]) < 2:
            del self.fields["body"]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrowed(self, rows: Any) -> Any:
        """The rows of the chosen kind on the board of the chosen body; a wrong choice chooses nothing."""
        values = self.cleaned_data if self.is_valid() else {}
        if kind := values.get("kind"):
            rows = rows.filter(kind=kind)
        if body := values.get("body"):
            rows = rows.filter(pk__in=Occasion.objects.of(body).values("pk"))
        return rows
