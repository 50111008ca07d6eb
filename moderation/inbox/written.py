"""Fields of the queue's filter where there is too much to choose from: a part of a name is written instead."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from people.roles import Permission
from people.search import pattern
from registry.models import Account

MOST_OFFERED = 60  # choices; a list of thousands helps nobody and costs more than the page itself


class WrittenBody(forms.CharField):
    """Too many bodies to choose from: a part of the name, or the short address, which links carry."""

    def __init__(self, bodies: QuerySet[Organization]) -> None:
        super().__init__(label=_("Body"), required=False, max_length=200, help_text=_("A part of its name."))
        self._bodies = bodies

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        named = Q(slug=text) | Q(short_name__iregex=pattern(text)) | Q(name__iregex=pattern(text))
        found = list(self._bodies.filter(slug=text)) or list(self._bodies.filter(named)[:MOST_OFFERED])
        if not found:
            raise forms.ValidationError(_("There is no such body among yours."))
        return found


class WrittenAccount(forms.CharField):
    """Too many accounts to choose from: a part of the name, the name in links, or the number in the registry."""

    def __init__(self, user: User) -> None:
        super().__init__(label=_("Account"), required=False, max_length=200, help_text=_("A part of its name."))
        self._user = user

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        accounts = Account.objects.filter(self._user.reach(Permission.MODERATE)).order_by()
        if text.isdigit() and len(text) < 19 and (found := list(accounts.filter(pk=text).values_list("pk", flat=True))):
            return found
        named = Q(name__iregex=pattern(text)) | Q(handle__iexact=text.removeprefix("@"))
        found = list(accounts.filter(named).values_list("pk", flat=True)[:MOST_OFFERED])
        if not found:
            raise forms.ValidationError(_("There is no such account among yours."))
        return found
