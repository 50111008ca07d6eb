"""One's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import rules
from people.forms import MailChoiceForm
from people.http import UserRequest


@require_safe
def profile(request: UserRequest) -> HttpResponse:
    memberships = request.user.memberships.ongoing().select_related("organization")
    context = {
        "memberships": memberships,
        "can_see_roles": rules.can_see_roles(request.user),
        "mail": MailChoiceForm(initial={"mail_choice": request.user.mail_choice}),
        "absence": request.user.absences.ongoing().select_related("deputy").first(),
    }
    return render(request, "people/profile.html", context)
