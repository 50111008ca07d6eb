"""Open data: the register of sets, the passport, the files with their checksums, the terms of use."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from people.models import User
from people.roles import Permission
from registry import opendata
from registry.kept import kept, tagged
from registry.models import DataSet, DataVersion
from registry.opendata.passport import title


@require_safe
@login_not_required
@kept
def opendata_list(request: HttpRequest) -> HttpResponse:
    data_set = DataSet.the()
    newest = DataVersion.objects.public().select_related("structure").first()
    context = {"data_set": data_set, "title": title(data_set), "newest": newest}
    return render(request, "registry/opendata_list.html", context)


@require_safe
@login_not_required
@kept
def opendata_passport(request: HttpRequest, identifier: str) -> HttpResponse:
    data_set = _data_set(identifier)
    shown = DataVersion.objects.public().count()
    context = {
        "data_set": data_set,
        "title": title(data_set),
        "lines": opendata.passport(data_set),
        "withdrawn": DataVersion.objects.count() - shown,
        # Whoever can fill it in is told where; everybody else reads what is not stated.
        "edit_url": _edit_url(request) if data_set.missing else "",
    }
    return render(request, "registry/opendata_passport.html", context)


@require_safe
@login_not_required
@kept
def opendata_terms(request: HttpRequest) -> HttpResponse:
    data_set = DataSet.the()
    return render(request, "registry/opendata_terms.html", {"terms": opendata.terms(data_set), "data_set": data_set})


@require_safe
@login_not_required
@tagged
def opendata_register(request: HttpRequest) -> HttpResponseBase:
    return _hand_out(DataSet.the(), "list.csv")


@require_safe
@login_not_required
@tagged
def opendata_file(request: HttpRequest, identifier: str, name: str) -> HttpResponseBase:
    return _hand_out(_data_set(identifier), name)


def _data_set(identifier: str) -> DataSet:
    data_set = DataSet.the()
    if not data_set.answers_to(identifier):
        raise Http404
    return data_set


def _hand_out(data_set: DataSet, name: str) -> HttpResponseBase:
    found = opendata.find(data_set, name)
    if found is None:
        raise Http404
    kind = "text/csv" if name.endswith(".csv") else "text/plain"
    response = StreamingHttpResponse(found.pieces(), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    if found.modified:
        response["Last-Modified"] = http_date(found.modified.timestamp())
    return response


def _edit_url(request: HttpRequest) -> str:
    user = request.user
    may = isinstance(user, User) and user.may_anywhere(Permission.MANAGE_REFERENCE)
    return reverse("admin:registry_dataset_changelist") if may else ""
