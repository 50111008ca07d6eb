"""Several messages removed with one decision: what is ticked in the list, what is decided, the rows of the journal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moderation import rules
from moderation.forms import MAX_WAVE
from moderation.inbox import looks, removal
from moderation.inbox.removal_forms import RemovalForm
from moderation.models import Decision, Message
from people.http import UserRequest, require


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def message_removal(request: UserRequest) -> HttpResponse:
    """The messages stand in the address, so the page can be loaded again; which of them are ticked, in the form."""
    require(rules.can_moderate(request.user))
    offered = _offered(request)
    if not offered:
        messages.info(request, _("Choose messages: tick them in the list."))
        return redirect("moderation:message_list")
    form = RemovalForm(request.POST or None, request.FILES or None, messages=offered)
    if request.method == "POST" and form.is_valid():
        try:
            made = removal.remove_together(form.entries(), by=request.user)
        except ValidationError as error:
            form.refuse(error)
        else:
            return _told(request, made)
    shown = looks.shown_among(request.user, offered)
    first = sorted(offered, key=lambda one: one.pk not in form.problems)  # what must be looked at
    rows = [(one, shown[one.pk], one.pk in form.ticked, form.problems.get(one.pk, "")) for one in first]
    return render(request, "moderation/message_removal.html", {"form": form, "rows": rows})


def _offered(request: UserRequest) -> list[Message]:
    """Those of the address, else those the form ticks, in the order of the queue; 404 if one is out of reach."""
    given = request.GET.getlist("chosen") or request.POST.getlist("chosen")
    named = {int(pk) for pk in given if pk.isdecimal() and len(pk) < 19}
    found = list(Message.objects.visible_to(request.user).filter(pk__in=named).for_queue()) if named else []
    if len(found) != len(named) or len(named) > MAX_WAVE:
        raise Http404
    return found


def _told(request: UserRequest, made: list[Decision]) -> HttpResponse:
    """Leads to the numbers: each is left under the comment it removed."""
    n, first = len(made), made[0]
    if first.wave is None:
        messages.success(request, _("Decision %(number)s is in the journal.") % {"number": first.label})
        return redirect("moderation:decision_detail", first.number)
    sentence = ngettext("%(n)d message is removed.", "%(n)d messages are removed.", n) % {"n": n}
    last = _("The decisions are %(first)s to %(last)s.") % {"first": first.label, "last": made[-1].label}
    messages.success(request, f"{sentence} {last}")
    return redirect(f"{reverse('moderation:decision_list')}?wave={first.wave}")
