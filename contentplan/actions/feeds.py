"""The secret address of a calendar feed: made, made anew, revoked."""

from django.db import transaction
from django.utils import timezone

from contentplan.models import CalendarFeed
from contentplan.models.feeds import hashed, new_secret
from people.audit import acting, changed
from people.models import Organization, User


@transaction.atomic
def make_feed(organization: Organization | None, *, by: User) -> str:
    """Gives the person a new address for the body's plan (None: for all they see) and returns its secret.

    The address before it stops working: one person has one address of one scope. Nobody can read the secret again.
    """
    for feed in CalendarFeed.objects.working().filter(user=by, organization=organization):
        revoke_feed(feed, by=by)
    secret = new_secret()
    with acting(by):
        CalendarFeed.objects.create(user=by, organization=organization, key_hash=hashed(secret))
    return secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User) -> None:
    """The address answers nobody any more. A second time changes nothing."""
    now = timezone.now()
    if CalendarFeed.objects.working().filter(pk=feed.pk).update(revoked_at=now):
        changed(feed, by=by, revoked_at=(None, now))
