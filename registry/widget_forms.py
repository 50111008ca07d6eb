"""What a webmaster chooses before copying the lines of the widget."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Organization
from registry.widget import LEVELS, SIZES, Options

MOST_TO_CHOOSE = 500


class WidgetForm(forms.Form):
    """Sent by GET: the address of the page can be handed on. The names are those of the widget's own parameters."""

    organization = forms.ModelChoiceField(
        Organization.objects.filter(is_active=True),
        label=_("Body"),
        to_field_name="slug",
        empty_label=_("choose a body"),
        error_messages={"invalid_choice": _("There is no such body in the registry.")},
    )
    below = forms.BooleanField(label=_("With the bodies below it"), required=False)
    level = forms.TypedChoiceField(
        label=_("Level of the heading"),
        coerce=int,
        choices=[(level, f"h{level}") for level in LEVELS],
        required=False,
        help_text=_("One below the heading that stands above the widget on your page."),
    )
    lang = forms.ChoiceField(label=_("Language"), choices=[("ru", _("Russian")), ("en", _("English"))], required=False)
    size = forms.TypedChoiceField(
        label=_("Size of letters in the frame"),
        coerce=int,
        choices=[(size, f"{size} %") for size in SIZES],
        required=False,
        help_text=_("The script takes the size of your page by itself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if Organization.objects.filter(is_active=True)[: MOST_TO_CHOOSE + 1].count() > MOST_TO_CHOOSE:
            field = self.fields["organization"]
            field.widget, field.help_text = forms.TextInput(), _("Short address of the body, as in the registry.")

    @property
    def options(self) -> Options:
        return Options.read(self.cleaned_data | {"below": "1" if self.cleaned_data.get("below") else ""})
