"""Access is lost: the page is suspended at once, by one person, and the department hears of it this minute."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import telling
from people.models import Tone, User
from people.roles import Permission
from people.telling import Event, Words
from registry import actions
from registry.models import Account, AccountStatus
from registry.notices import department

LOST = Event("access_lost", Tone.BAD, urgent=True)


@transaction.atomic
def lose(account: Account, *, note: str, by: User) -> bool:
    """Returns whether the page was suspended by this; a page that is not active is only told of."""
    stored = Account.objects.select_for_update().get(pk=account.pk)
    was_active = stored.status == AccountStatus.ACTIVE
    if was_active:
        actions.suspend(stored, by=by, reason=": ".join(filter(None, [_("Access is lost"), note])))
    organization = account.organization
    people = [*department(organization), *User.objects.of(organization, Permission.KEEP_SECURITY)]
    title = _("Access is lost: “%(name)s”, %(body)s") % {"name": account.name, "body": organization.short_name}
    words = Words(title, reverse("registry:security_detail", args=[account.pk]), note)
    # Once a day for a page: a second press is no second alarm.
    telling.tell(LOST, people, words, key=f"{account.pk}:{timezone.localdate():%Y-%m-%d}", by=by)
    return was_active
