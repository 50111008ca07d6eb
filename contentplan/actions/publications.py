"""Recording what really came out (procedure, cl. 5). A fact is recorded whatever the plan says."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from contentplan.actions.path import mark_published, unmark_published
from contentplan.models import Placement, PlannedPost, Publication, Source
from people.audit import acting
from people.http import TooLate
from people.models import User
from registry.links import BadLink, PostLink, is_of, read_post_link
from registry.models import Account

# Clocks of the network and of the portal may differ a little.
CLOCK_DIFFERENCE = timedelta(minutes=5)
# The oldest of the networks opened in 2006; an earlier year is a slip of the pen.
FIRST_DAY = date(2006, 1, 1)
# Further from the plan than this, a time is more often a slip of the pen than the truth: it is asked about.
NEAR_THE_PLAN = timedelta(hours=24)


@transaction.atomic
def record_publication(
    account: Account,
    *,
    link: str,
    published_at: datetime,
    by: User,
    placement: Placement | None = None,
    counts: bool = True,
) -> Publication:
    """Records a post that came out in the account, planned (`placement`) or not.

    Of a planned post only one "about the work of the Administration" counts. Raises ValidationError keyed `link`,
    `published_at` or `placement`.
    """
    found = _checked_link(account, link)
    _check_moment(published_at)
    if placement:
        _check_placement(placement, account)
        counts = counts and placement.post.about_work
    try:
        with transaction.atomic(), acting(by):
            publication = Publication.objects.create(
                account=account,
                link=found.url,
                external_id=found.external_id,
                published_at=published_at,
                placement=placement,
                counts=counts,
                source=Source.MANUAL,
                recorded_by=by,
            )
    except IntegrityError as error:
        # Two people pasted the same link at once: the second learns where it stands.
        raise ValidationError({"link": _already(account, found) or _("This post is recorded already.")}) from error
    if placement:
        mark_published(PlannedPost.objects.select_for_update(of=("self",)).get(pk=placement.post_id), by=by)
    return publication


@transaction.atomic
def remove_publication(publication: Publication, *, by: User) -> None:
    """Takes back what was recorded by mistake; the audit log keeps it. The planned placement is free again."""
    if not Publication.objects.filter(pk=publication.pk).exists():
        raise TooLate(_("This record has been removed already."))
    placement = publication.placement
    with acting(by):
        publication.delete()
    if placement:
        unmark_published(PlannedPost.objects.select_for_update(of=("self",)).get(pk=placement.post_id), by=by)


def account_of(link: str, accounts: Sequence[Account]) -> Account:
    """The one of a body's accounts in which the publication behind the link came out. Raises ValidationError on `link`.

    The accounts come with their networks. The sentence is that of an account in the link's network, if there is one.
    """
    sentences = []
    for account in accounts:
        try:
            read_post_link(link, account)
        except BadLink as error:
            near = account.network is not None and is_of(link, account.network)
            sentences.append((not near, error.sentence))
        else:
            return account
    if not sentences:
        raise ValidationError({"link": _("This body has no active account, so nothing can have come out there.")})
    elsewhere, sentence = min(sentences)
    if elsewhere and len(accounts) > 1:
        names = ", ".join(account.name for account in accounts)
        sentence = _("This is not a publication of any account of the body: %(names)s.") % {"names": names}
    raise ValidationError({"link": sentence})


def _checked_link(account: Account, link: str) -> PostLink:
    if account.network is None or account.network.is_prohibited:
        raise ValidationError({"link": _("Publications of this page are not recorded: the network is prohibited.")})
    try:
        found = read_post_link(link, account)
    except BadLink as error:
        raise ValidationError({"link": error.sentence}) from error
    if sentence := _already(account, found):
        raise ValidationError({"link": sentence})
    return found


def _check_moment(published_at: datetime) -> None:
    if published_at.date() < FIRST_DAY:
        raise ValidationError({"published_at": _("Check the year: nothing can have come out so long ago.")})
    if published_at > timezone.now() + CLOCK_DIFFERENCE:
        raise ValidationError({"published_at": _("This moment has not come yet: record the post when it is out.")})


def _check_placement(placement: Placement, account: Account) -> None:
    if placement.account_id != account.pk:
        raise ValidationError({"placement": _("The planned post is for another account.")})
    if Publication.objects.filter(placement=placement).exists():
        raise ValidationError({"placement": _("This planned post is already marked as published here.")})


def _already(account: Account, found: PostLink) -> str:
    """Where the post is recorded already; empty when it is not."""
    same = Q(link=found.url)
    if found.external_id:
        same |= Q(external_id=found.external_id)
    row = Publication.objects.filter(same, account=account).select_related("placement__post").first()
    if row is None:
        return ""
    moment = timezone.localtime(row.published_at, account.organization.zone)
    when = formats.date_format(moment, "j E, H:i")
    if row.placement:
        return _("This link is already recorded: “%(topic)s”, %(when)s.") % {"topic": row.placement.post, "when": when}
    return _("This link is already recorded as unplanned, %(when)s.") % {"when": when}
