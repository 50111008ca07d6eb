"""What people type about legal acts, and the files they bring."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
from registry.acts.files import Upload, read
from registry.forms import DateInput
from registry.models import LegalAct

if TYPE_CHECKING:
    LegalActModelForm = forms.ModelForm[LegalAct]
else:
    LegalActModelForm = forms.ModelForm


class LegalActForm(LegalActModelForm):
    """An order, decree or decision; whether it is published decides who may read its files."""

    class Meta:
        model = LegalAct
        fields = ("organization", "title", "number", "signed_on", "url", "is_published")
        widgets = {"signed_on": DateInput, "title": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organization.objects.filter(user.reach(Permission.EDIT_REGISTRY, ""))
        self.fields["organization"] = forms.ModelChoiceField(
            bodies, label=_("Who adopted it"), empty_label=str(_("choose a body"))
        )
        self.fields["url"].assume_scheme = "https"  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]


class FileForm(forms.Form):
    """One file of an act."""

    file = forms.FileField(
        label=_("File of the act"),
        help_text=_("PDF, DOCX, ODT or a scan in JPEG or PNG; no personal data of citizens."),
    )

    def clean_file(self) -> Upload:
        given: File[bytes] = self.cleaned_data["file"]
        return read(given)
