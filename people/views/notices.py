"""What the person was told: the page behind the bell, and how letters come."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import reading
from people.forms import MailChoiceForm
from people.http import UserRequest
from people.models import MailChoice, Notice

PAGE = 30


@require_safe
def notice_list(request: UserRequest) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user)
    only_unread = request.GET.get("show") == "unread"
    page = Paginator(rows.unread() if only_unread else rows, PAGE).get_page(request.GET.get("page"))
    unread = request.user.unread_notices
    context = {
        "page": page,
        "chips": [
            {"label": _("All"), "url": "?", "current": not only_unread},
            {"label": _("Unread"), "url": "?show=unread", "count": unread, "current": only_unread},
        ],
        "unread": unread,
        "only_unread": only_unread,
        "newest": page.object_list[0].pk if page.number == 1 and page.object_list else None,
    }
    return render(request, "people/notice_list.html", context)


@require_http_methods(["GET", "POST"])
def notice_open(request: UserRequest, pk: int) -> HttpResponse:
    """What is opened is read; on to the page it is about.

    A letter can only bear a link, so here a GET changes something: once, and for the reader alone.
    """
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    reading.read(notice)
    return redirect(notice.url)


@require_POST
def notice_read_all(request: UserRequest) -> HttpResponse:
    """All up to the newest one the page showed; what came meanwhile stays unread."""
    newest = request.POST.get("newest", "")
    reading.read_all(request.user, upto=int(newest) if newest.isdecimal() else None)
    return redirect("people:notice_list")


@require_POST
def mail_choice(request: UserRequest) -> HttpResponse:
    form = MailChoiceForm(request.POST)
    if form.is_valid():
        reading.choose_mail(request.user, MailChoice(form.cleaned_data["mail_choice"]))
        messages.success(request, _("Saved: letters will come the way you chose."))
    else:
        messages.error(request, _("Nothing was saved: choose one of the three ways."))
    return redirect("people:profile")
