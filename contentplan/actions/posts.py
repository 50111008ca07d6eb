"""Writing a post: every change is a new numbered revision."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.actions.path import cancel, reopen
from contentplan.actions.plans import open_plan
from contentplan.content import PostContent
from contentplan.models import (
    Media,
    MediaState,
    Placement,
    PlannedPost,
    PostMedia,
    Publication,
    Repetition,
    Revision,
    RevisionKind,
    Status,
    WeeklyPlan,
)
from people.audit import acting, changed
from people.http import TooLate
from people.models import User
from people.roles import Permission
from registry.models import Account, SocialNetwork


@transaction.atomic
def add_post(plan: WeeklyPlan, content: PostContent, *, by: User) -> PlannedPost:
    """Adds a draft. Raises ValidationError keyed by the fields of PostContent.

    The same words for the same minute and the same accounts are one post, however often they are sent: by an
    impatient finger, over a bad line, or by the button "back".
    """
    # Two presses at once: the second waits here, and then finds what the first has made.
    WeeklyPlan.objects.select_for_update().get(pk=plan.pk)
    if same := _same_post(plan, content):
        return same
    open_plan(plan.organization, plan.week, by=by)
    accounts = checked_accounts(plan, content)
    with acting(by):
        post = PlannedPost.objects.create(plan=plan, created_by=by, **content.columns)
    _place(post, content, accounts)
    _keep_revision(post, content, accounts, by=by)
    return post


@transaction.atomic
def edit_post(
    post: PlannedPost, content: PostContent, *, revision: int, by: User, plan: WeeklyPlan | None = None
) -> None:
    """Gives the post a new wording on top of `revision`, the one the person saw; `plan` is that of another week of
    the same body, to which the post moves.

    Nothing happens when nothing differs. An approved post awaits approval again, by itself; a mere change of the
    hour may keep the approval (PLAN_TIME_SHIFT_KEEPS_APPROVAL). Raises TooLate when there is a newer revision,
    ValidationError keyed by the fields of PostContent, or without a key while a reviewer has the post in work.
    """
    rows = PlannedPost.objects.select_for_update().filter(pk=post.pk, revision=revision)
    current = rows.first()
    if current is None:
        raise TooLate(_("Somebody has changed the post since you opened it. Look at the new version first."))
    before = PostContent.of(current)
    if content == before:
        return
    _require_unclaimed(current, by)
    left, plan = current.plan, plan or current.plan
    open_plan(plan.organization, plan.week, by=by)
    accounts = checked_accounts(plan, content, current)
    values = {**content.columns, "plan": plan, "revision": revision + 1}
    if keeps_approval(current, before, content):
        rows.update(**values, approved_revision=revision + 1)
    elif current.has_approval:
        reopen(current, seen=revision, by=by, **values)
    else:
        rows.update(**values)
    if left != plan:
        changed(current, by=by, plan=(left, plan))
    keep_wording(post, before, content, accounts, by=by)


def keeps_approval(post: PlannedPost, before: PostContent, content: PostContent) -> bool:
    """Only the hour of an approved post changes, within the same day of its body."""
    if not settings.PLAN_TIME_SHIFT_KEEPS_APPROVAL or not (post.is_approved or post.is_held):
        return False
    zone = post.plan.organization.zone
    same_day = before.planned_at.astimezone(zone).date() == content.planned_at.astimezone(zone).date()
    return same_day and replace(before, planned_at=content.planned_at) == content


def keep_wording(
    post: PlannedPost,
    before: PostContent,
    content: PostContent,
    accounts: dict[int, Account],
    *,
    by: User,
    kind: RevisionKind = RevisionKind.EDIT,
) -> None:
    """After the row of the post has its new columns: its accounts and files, its revision, the audit log."""
    _place(post, content, accounts)
    post.refresh_from_db()
    _keep_revision(post, content, accounts, by=by, kind=kind)
    words = {
        "accounts": _accounts_in_words(post, post.revision - 1),
        "media": _media_in_words(post, post.revision - 1),
    }
    changed(post, by=by, **_differences(before, content), **words)


def _require_unclaimed(post: PlannedPost, by: User) -> None:
    if post.is_submitted and post.claimant and post.claimant != by:
        sentence = _("%(person)s has the post in work now. Copy what you typed, or wait for the decision.")
        raise ValidationError(sentence % {"person": post.claimant.short_name})


@transaction.atomic
def delete_draft(post: PlannedPost, *, by: User) -> bool:
    """Deletes a draft that nobody has ever been shown; one with a history is taken off the plan and keeps it.

    Whether it is gone. Raises TooLate when it is no draft any more.
    """
    current = PlannedPost.objects.select_for_update().filter(pk=post.pk).first()
    if current is None:
        raise TooLate(_("This post has been deleted meanwhile."))
    if not current.is_draft:
        raise TooLate(_("The post has been handed in already and cannot be deleted."))
    if Publication.objects.filter(placement__post=current).exists():
        raise TooLate(_("The post has come out already and cannot be deleted."))
    if current.reviews.exists():
        cancel(current, revision=current.revision, by=by)
        return False
    with acting(by):
        if current.repetition and current.repeats_on:
            skip_day(current.repetition, current.repeats_on)  # or it would be made again tonight
        current.delete()
    return True


def skip_day(repetition: Repetition, day: date) -> None:
    """The repeating post leaves the day out."""
    if day.isoformat() not in repetition.skipped:
        repetition.skipped = sorted([*repetition.skipped, day.isoformat()])
        repetition.save(update_fields=["skipped"])


def _same_post(plan: WeeklyPlan, content: PostContent) -> PlannedPost | None:
    # What was taken off the plan is written anew.
    posts = plan.posts.exclude(status=Status.CANCELLED).filter(**content.columns).order_by("pk")
    return next((post for post in posts if PostContent.of(post) == content), None)


def checked_accounts(plan: WeeklyPlan, content: PostContent, post: PlannedPost | None = None) -> dict[int, Account]:
    """The accounts of the content by id. Raises ValidationError when the content does not fit the plan."""
    accounts = {
        account.pk: account
        for account in Account.objects.active().filter(
            organization=plan.organization, network__in=SocialNetwork.objects.allowed()
        )
    }
    out: dict[int, Account] = {}
    if post:
        out = {row.account_id: row.account for row in _came_out(post)}
    errors = {}
    start, end = plan.bounds
    if not start <= content.planned_at < end:
        errors["planned_at"] = _("Choose a time within the week %(week)s (time zone %(zone)s).") % {
            "week": plan.week.title,
            "zone": plan.organization.timezone,
        }
    if not set(content.placements) <= {*accounts, *out}:
        errors["placements"] = _("Choose among the active accounts of this organization.")
    elif not set(out) <= set(content.placements):
        errors["placements"] = _("The post has already come out there: the account cannot be taken away.")
    if sentence := _wrong_media(plan, content):
        errors["media"] = sentence
    if errors:
        raise ValidationError(errors)
    known = {**accounts, **out}
    return {pk: known[pk] for pk in content.placements}


def _wrong_media(plan: WeeklyPlan, content: PostContent) -> str:
    """Why the files of the content cannot be those of the post; "" when they can."""
    asked = {pk for pk, _alt in content.media}
    known = Media.objects.filter(pk__in=asked, organization=plan.organization)
    if not asked:
        return ""
    if len(asked) != len(content.media) or len(known) != len(asked):
        return _("One of the files is no longer there: remove it and add it again.")
    broken = next((media for media in known if media.state == MediaState.FAILED), None)
    return _("Remove “%(name)s”: the file cannot be read.") % {"name": broken.name} if broken else ""


def _came_out(post: PlannedPost) -> list[Placement]:
    return list(post.placements.filter(publication__isnull=False).select_related("account__network"))


def _place(post: PlannedPost, content: PostContent, accounts: dict[int, Account]) -> None:
    """Makes the placements what the content says, keeping the rows that stay."""
    post.placements.exclude(account__in=accounts).delete()
    have = {row.account_id: row for row in post.placements.all()}
    for pk in accounts:
        if pk not in have:
            Placement.objects.create(post=post, account_id=pk, text=content.placements[pk])
        elif have[pk].text != content.placements[pk]:
            post.placements.filter(account=pk).update(text=content.placements[pk])
    _attach(post, content)


def _attach(post: PlannedPost, content: PostContent) -> None:
    """Makes the files what the content says, in its order."""
    have = tuple(post.post_media.order_by("position", "pk").values_list("media_id", "alt_text"))
    if have == content.media:
        return
    post.post_media.all().delete()
    PostMedia.objects.bulk_create(
        PostMedia(post=post, media_id=pk, position=position, alt_text=alt)
        for position, (pk, alt) in enumerate(content.media, 1)
    )


def _keep_revision(
    post: PlannedPost,
    content: PostContent,
    accounts: dict[int, Account],
    *,
    by: User,
    kind: RevisionKind = RevisionKind.EDIT,
) -> None:
    placements = [
        {"account": pk, "name": str(account), "text": content.placements[pk]} for pk, account in accounts.items()
    ]
    names = dict(Media.objects.filter(pk__in=[pk for pk, _alt in content.media]).values_list("pk", "name"))
    held = Permission.DECIDE_PLAN if kind == RevisionKind.CORRECTION else Permission.WRITE_PLAN
    Revision.objects.create(
        post=post,
        number=post.revision,
        kind=kind,
        placements=placements,
        media=[{"media": pk, "name": names[pk], "alt": alt} for pk, alt in content.media],
        made_by=by,
        made_as=by.role_for(held, post.plan.organization),
        made_at=timezone.now(),
        **content.columns,
    )


def _differences(before: PostContent, after: PostContent) -> dict[str, tuple[object, object]]:
    old, new = before.columns, after.columns
    return {name: (old[name], new[name]) for name in new if old[name] != new[name]}


def _accounts_in_words(post: PlannedPost, before: int) -> tuple[str, str]:
    """The accounts with their own texts, in the revision `before` and in the next one."""
    rows = dict(post.revisions.filter(number__in=[before, before + 1]).values_list("number", "placements"))
    old, new = (
        "; ".join(f"{row['name']}: {row['text']}".rstrip(": ") for row in rows.get(number, []))
        for number in (before, before + 1)
    )
    return old, new


def _media_in_words(post: PlannedPost, before: int) -> tuple[str, str]:
    """The files with their descriptions, in the revision `before` and in the next one."""
    rows = dict(post.revisions.filter(number__in=[before, before + 1]).values_list("number", "media"))
    old, new = (
        "; ".join(f"{row['name']}: {row['alt']}".rstrip(": ") for row in rows.get(number, []))
        for number in (before, before + 1)
    )
    return old, new
