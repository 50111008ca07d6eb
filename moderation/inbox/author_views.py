"""Whether the person who says so wrote a message: asked by those who answer for the body, noted for ever."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moderation.inbox import authors
from moderation.inbox.intake import LONGEST
from moderation.inbox.masking import masked
from moderation.models import Message
from people.http import UserRequest


class AuthorForm(forms.Form):
    """The number a person says is theirs, and what for it is asked."""

    number = forms.CharField(
        label=gettext_lazy("Number or link of the profile in the network"),
        max_length=LONGEST["author_id"],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("For example: id12345 or https://vk.com/id12345. It is not kept."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why do you check it?"),
        max_length=authors.REASON_LENGTH,
        help_text=gettext_lazy("For example: the person objects to the removal."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message_author(request: UserRequest, pk: int) -> HttpResponse:
    """The form, and below it what was asked of this message before."""
    message = get_object_or_404(Message.objects.visible_to(request.user).for_listing(), pk=pk)
    form = AuthorForm(request.POST or None)
    if request.method == "POST" and message.author_mark and form.is_valid():
        try:
            found = authors.check(
                message, form.cleaned_data["number"], reason=form.cleaned_data["reason"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if found.matches:
                messages.success(request, _("It matches: the message was written from this profile."))
            else:
                messages.warning(request, _("It does not match: the message was written from another profile."))
            return redirect("moderation:message_author", pk)
    checks = message.author_checks.select_related("made_by").order_by("-pk")
    context = {"message": message, "text": masked(message), "form": form, "checks": checks}
    return render(request, "moderation/message_author.html", context)
