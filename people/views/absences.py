"""Who is away and who stands in: entered by the person, or by the administrator for somebody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import leave, rules
from people.forms import AbsenceForm
from people.http import UserRequest, require
from people.models import Absence, User


@require_http_methods(["GET", "POST"])
def absence_list(request: UserRequest, pk: int) -> HttpResponse:
    """The absences of one person, with the form of one more."""
    person = get_object_or_404(User.objects.known_to(request.user), pk=pk)
    require(rules.can_keep_absences(request.user, person))
    form = AbsenceForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        leave.enter(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. %(name)s is told about it.") % {"name": form.cleaned_data["deputy"]})
        return redirect("people:absence_list", pk)
    rows = person.absences.ongoing().select_related("deputy", "made_by")
    context = {"person": person, "form": form, "rows": rows, "is_self": person.pk == request.user.pk}
    return render(request, "people/absence_list.html", context)


@require_POST
def absence_end(request: UserRequest, pk: int) -> HttpResponse:
    known = User.objects.known_to(request.user)
    absence = get_object_or_404(Absence.objects.filter(user__in=known).select_related("user", "deputy"), pk=pk)
    require(rules.can_keep_absences(request.user, absence.user))
    leave.take_back(absence, by=request.user)
    messages.success(request, _("Taken back: notifications come to the person again."))
    return redirect("people:absence_list", absence.user_id)
