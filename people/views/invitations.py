"""Invitation: an administrator names the person, the person sets the password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from people import actions, invitations, rules
from people.forms import FirstPasswordForm, InvitationForm
from people.http import UserRequest, require
from people.models import User


@require_http_methods(["GET", "POST"])
def user_invite(request: UserRequest) -> HttpResponse:
    require(rules.can_invite(request.user))
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        require(rules.can_give_role(request.user, form.invitation.organization))
        person, is_new = actions.invite(form.invitation, by=request.user)
        messages.success(request, _sentence(person, is_new))
        return redirect("people:user_detail", person.pk)
    return render(request, "people/user_invite.html", {"form": form})


def _sentence(person: User, is_new: bool) -> str:
    if is_new:
        return _("The invitation went to %(email)s. The link in it works for three days.") % {"email": person.email}
    return _(
        "%(email)s belongs to %(name)s, who is here already. The role was added; name and post stayed as they were."
    ) % {"email": person.email, "name": person}


@require_POST
def user_invite_again(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    require(rules.can_manage(request.user, person))
    actions.invite_again(person, by=request.user)
    messages.success(
        request, _("A new invitation went to %(email)s; the earlier link no longer works.") % {"email": person.email}
    )
    return redirect("people:user_detail", pk)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Open: the person has no password yet; the signed link is the key."""
    user = invitations.invited(uid, token)
    if user is None:
        return render(request, "people/invitation_late.html", status=410)
    form = FirstPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.set_password(user, form.cleaned_data["password"])
        messages.success(request, _("The password is saved. Now sign in with it."))
        return redirect("account_login")
    return render(request, "people/invitation_accept.html", {"form": form, "person": user})
