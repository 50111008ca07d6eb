"""The lists of triage in the browser, and a text to try them on."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moderation import rules
from moderation.models import TriageRule
from moderation.triage import actions, lists
from moderation.triage.forms import RuleFilter, RuleForm, TryForm
from moderation.triage.marked import hints, pieces
from people.http import UserRequest, require

PER_PAGE = 25


@require_safe
def rule_list(request: UserRequest) -> HttpResponse:
    require(rules.can_see_triage(request.user))
    filters = RuleFilter(request.GET)
    lines = lists.entries()
    filtered = filters.apply(lines)
    context = {
        "page": Paginator(filtered, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "classes": _chips(request.GET, filters.apply(lines, but="flag")),
        "is_filtered": bool(filters.changed_data),
        "is_narrowed": bool(set(filters.changed_data) - {"q", "flag"}),
        "can_keep": rules.can_keep_triage(request.user),
    }
    return render(request, "moderation/rule_list.html", context)


def _chips(query: QueryDict, lines: list[lists.Entry]) -> list[dict[str, Any]]:
    """One class after another, with how many of its rules fit the other filters."""
    counts = Counter(line.rule.flag for line in lines)
    chosen = query.get("flag", "")
    chips = []
    for value, label, count in [("", _("all"), len(lines)), *((f.value, f.label, counts[f]) for f in TriageRule.Flag)]:
        asked = query.copy()
        asked.pop("page", None)
        asked["flag"] = value
        chips.append({"label": label, "url": f"?{asked.urlencode()}", "count": count, "current": value == chosen})
    return chips


@require_http_methods(["GET", "HEAD", "POST"])
def rule_create(request: UserRequest) -> HttpResponse:
    require(rules.can_keep_triage(request.user))
    form = RuleForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "moderation/rule_create.html", {"form": form})
    row = actions.add_rule(**form.cleaned_data, by=request.user)
    messages.success(request, _("The rule «%(pattern)s» is in force.") % {"pattern": row.pattern})
    return redirect(_found(row.pattern))


@require_POST
def rule_switch(request: UserRequest) -> HttpResponse:
    require(rules.can_keep_triage(request.user))
    on = request.POST.get("on") == "1"
    flag, kind, pattern = (request.POST.get(name, "") for name in ("flag", "kind", "pattern"))
    row = actions.switch_rule(flag, kind, pattern, on=on, by=request.user)
    words = _("The rule «%(pattern)s» is in force again.") if on else _("The rule «%(pattern)s» is switched off.")
    messages.success(request, words % {"pattern": row.pattern})
    return redirect(_found(row.pattern))


def _found(pattern: str) -> str:
    """The list with this rule in it."""
    return f"{reverse('moderation:rule_list')}?{urlencode({'q': pattern})}"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("text")
def text_try(request: UserRequest) -> HttpResponse:
    require(rules.can_see_triage(request.user))
    form = TryForm(request.POST or None)
    context = {"form": form, "is_tried": False}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        flags = lists.sorter().sort(text)
        context |= {"is_tried": True, "flags": hints(text, flags), "pieces": pieces(text, flags)}
    return render(request, "moderation/text_try.html", context)
