"""The people of the portal and what each of them is where."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import actions, rules
from people.forms import PeopleFilter, RoleForm
from people.http import UserRequest, require
from people.models import Membership, User
from people.roles import Role, described, table
from people.search import pattern

PAGE = 50


@require_safe
def user_list(request: UserRequest) -> HttpResponse:
    require(rules.can_see_people(request.user))
    chosen = PeopleFilter(request.GET, by=request.user)
    people = User.objects.visible_to(request.user)
    people = _chosen(people, chosen.cleaned_data, request.user) if chosen.is_valid() else people.none()
    held = Membership.objects.visible_to(request.user).ongoing().select_related("organization")
    people = people.prefetch_related(Prefetch("memberships", held, to_attr="shown_memberships"))
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "can_invite": rules.can_invite(request.user)}
    context["can_see_keys"] = rules.can_see_keys(request.user)
    return render(request, "people/user_list.html", context)


def _chosen(people: QuerySet[User], choice: dict[str, Any], by: User) -> QuerySet[User]:
    """Only memberships within reach are asked: a filter must not tell what somebody is elsewhere."""
    held = Membership.objects.visible_to(by).ongoing()
    if choice["organization"]:
        held = held.filter(organization=choice["organization"])
    if choice["role"]:
        held = held.filter(role=choice["role"])
    if choice["organization"] or choice["role"]:
        people = people.filter(pk__in=held.values("user"))
    if choice["state"] == "off":
        people = people.filter(is_active=False)
    if choice["state"] == "invited":
        people = people.filter(is_active=True, pk__in=User.objects.invited())
    return _found(people, choice["q"]) if choice["q"] else people


def _found(people: QuerySet[User], text: str) -> QuerySet[User]:
    words, space = pattern(text), Value(" ")
    name = Concat("last_name", space, "first_name", space, "patronymic")
    fields = Q(whole_name__iregex=words) | Q(job_title__iregex=words)
    return people.annotate(whole_name=name).filter(fields | Q(email__iregex=words) | Q(username__iregex=words))


@require_safe
def user_detail(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    rows = Membership.objects.visible_to(request.user).filter(user=person).select_related("organization")
    context = {
        "person": person,
        "ongoing": rows.ongoing().order_by("organization__path", "role"),
        "past": rows.exclude(pk__in=rows.ongoing()).order_by("-ends_on"),
        "absences": person.absences.ongoing().select_related("deputy"),
        "can_manage": rules.can_manage(request.user, person),
        "can_see_audit": rules.can_see_audit(request.user),
        "is_invited": not person.has_usable_password(),
        "is_self": person.pk == request.user.pk,
    }
    return render(request, "people/user_detail.html", context)


@require_http_methods(["GET", "POST"])
def membership_create(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(rules.can_invite(request.user))
    form = RoleForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        require(rules.can_give_role(request.user, data["organization"]))
        actions.give_role(
            person,
            data["organization"],
            Role(data["role"]),
            by=request.user,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
        )
        messages.success(request, _("The role is given. The person gets a letter about it."))
        return redirect("people:user_detail", pk)
    return render(request, "people/membership_create.html", {"form": form, "person": person})


@require_POST
def membership_end(request: UserRequest, pk: int) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user).ongoing().select_related("organization", "user")
    membership = get_object_or_404(rows, pk=pk)
    require(rules.can_end(request.user, membership))
    actions.end_membership(membership, by=request.user)
    messages.success(request, _("The role has ended."))
    if not User.objects.visible_to(request.user).filter(pk=membership.user_id).exists():
        return redirect("people:user_list")
    return redirect("people:user_detail", membership.user_id)


@require_POST
def user_deactivate(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(rules.can_manage(request.user, person))
    actions.deactivate(person, by=request.user)
    messages.success(request, _("Switched off: this person cannot sign in any more."))
    return redirect("people:user_detail", pk)


@require_POST
def user_reactivate(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(rules.can_manage(request.user, person))
    actions.reactivate(person, by=request.user)
    messages.success(request, _("Switched on: this person can sign in again."))
    return redirect("people:user_detail", pk)


@require_safe
def role_list(request: UserRequest) -> HttpResponse:
    require(rules.can_see_roles(request.user))
    return render(request, "people/role_list.html", {"roles": described(), "table": table()})
