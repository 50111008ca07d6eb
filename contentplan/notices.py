"""Who is told what about the content plan: only people of that body and of the department over it, never the actor.

One function an event. The path of a post calls `moved` at its one door, which finds the function of the move.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.models import (
    Acknowledgement,
    Move,
    PackOffer,
    PlannedPost,
    Review,
    Revision,
    RevisionKind,
    Stop,
)
from people import telling
from people.models import Organization, Tone, User
from people.roles import Permission
from people.telling import Event, Words
from people.templatetags.portal import when_in

MISSED_IS_NEWS = timedelta(days=7)

# Whoever has not read that a plan has posts to look at is not told of each of them.
SUBMITTED = Event("post_submitted", Tone.WAIT, speaks_for=timedelta(hours=4))
RETURNED = Event("post_returned", Tone.WAIT)
APPROVED = Event("post_approved", Tone.GOOD)
CORRECTED = Event("post_corrected", Tone.WAIT)
OBJECTED = Event("post_objected", Tone.WAIT)
REOPENED = Event("post_reopened", Tone.WAIT)
HELD = Event("post_held", Tone.BAD, urgent=True)
RESUMED = Event("post_resumed", Tone.GOOD)
CANCELLED = Event("post_cancelled")
URGENT = Event("post_urgent", Tone.WAIT)
LOOKED_OVER = Event("post_looked_over")
MISSED = Event("post_missed", Tone.BAD)
STOPPED = Event("publishing_stopped", Tone.BAD, urgent=True)
STOP_LIFTED = Event("stop_lifted", Tone.WAIT)
PACK_OFFERED = Event("pack_offered", Tone.WAIT)
PACK_DECLINED = Event("pack_declined")


def moved(post: PlannedPost, step: Review) -> None:
    """Tells of a step of the path whoever it concerns. A return is told by itself, together with its remarks."""
    if tell := _BY_MOVE.get(Move(step.move)):
        tell(post, step)


def submitted(post: PlannedPost, step: Review) -> None:
    title = _("To be approved: %(body)s, plan for %(week)s") % _place(post)
    words = Words(title, _plan_url(post), step.comment)
    telling.tell(SUBMITTED, reviewers(post), words, key=str(step.pk), by=step.made_by)


def returned(post: PlannedPost, step: Review, remarks: Iterable[str]) -> None:
    text = "\n".join(f"– {remark}" for remark in remarks)
    _to_authors(RETURNED, post, step, _("Returned: “%(topic)s”"), _("What to mend:") + f"\n{text}")


def approved(post: PlannedPost, step: Review) -> None:
    time = _("Comes out: %(when)s.") % {"when": _hour(post)}
    _to_authors(APPROVED, post, step, _("Approved: “%(topic)s”"), time)


def corrected(post: PlannedPost, step: Review) -> None:
    text = _("See what was changed, and answer “Understood” or object.")
    _to_authors(CORRECTED, post, step, _("Corrected and approved: “%(topic)s”"), text)


def objected(post: PlannedPost, answer: Acknowledgement) -> None:
    """To the reviewer whose correction it is."""
    reviewer = answer.review.made_by
    words = Words(_("The author objects to your correction: “%(topic)s”") % _place(post), _url(post), answer.comment)
    telling.tell(OBJECTED, [reviewer] if reviewer else [], words, key=str(answer.pk), by=answer.made_by)


def reopened(post: PlannedPost, step: Review) -> None:
    text = _("The author changed an approved post. It awaits approval again.")
    _to_reviewers(REOPENED, post, step, _("Changed after approval: “%(topic)s”, %(body)s"), text)


def held(post: PlannedPost, step: Review) -> None:
    """A stop tells everybody once of all its posts; only what it catches later is told post by post."""
    if not (post.held_by_id and step.made_by):
        text = _("Do not publish it for now. Why: %(reason)s") % {"reason": step.comment}
        _to_authors(HELD, post, step, _("On hold: “%(topic)s”"), text)


def resumed(post: PlannedPost, step: Review) -> None:
    time = _("Comes out: %(when)s.") % {"when": _hour(post)}
    _to_authors(RESUMED, post, step, _("May come out again: “%(topic)s”"), time)


def cancelled(post: PlannedPost, step: Review) -> None:
    """The department hears of it only when it had approved the post."""
    title = _("Taken off the plan: “%(topic)s”, %(body)s")
    _to_authors(CANCELLED, post, step, title, step.comment)
    if post.approved_revision:
        _to_reviewers(CANCELLED, post, step, title, step.comment)


def published_urgently(post: PlannedPost, step: Review) -> None:
    text = _("Look at it afterwards. Why it could not wait: %(reason)s") % {"reason": step.comment}
    _to_reviewers(URGENT, post, step, _("Came out without approval: “%(topic)s”, %(body)s"), text)


def looked_over(post: PlannedPost, step: Review, remark: str) -> None:
    """The authors hear of a remark; of a look without one they need not."""
    if remark.strip():
        _to_authors(LOOKED_OVER, post, step, _("A remark to what came out: “%(topic)s”"), remark.strip())


def missed(post: PlannedPost, step: Review) -> None:
    """Of what should have come out long ago the page tells; nobody is called to it any more."""
    if timezone.now() - post.planned_at > MISSED_IS_NEWS:
        return
    text = _("It was planned for %(when)s. Paste the link, or say with one tap why it did not come out.")
    _to_authors(MISSED, post, step, _("Did not come out: “%(topic)s”"), text % {"when": _hour(post)})


def taken_back(step: Review) -> None:
    """The decision was undone a moment later: nobody is told of it."""
    for event in (APPROVED, CORRECTED, RETURNED):
        telling.forget(event, key=str(step.pk))


def change_taken_back(step: Review) -> None:
    """The change that took an approval away was undone a moment later: no reviewer is called to it."""
    telling.forget(REOPENED, key=str(step.pk))


def publishing_stopped(stop: Stop) -> None:
    """Everybody who writes below the stop, at once, at night too."""
    title = _("Stop of all publications: %(kind)s") % {"kind": stop.get_kind_display()}
    text = _("Publish nothing until the stop is lifted. What was approved is on hold.") + f"\n{stop.reason}"
    words = Words(title, reverse("contentplan:stop_detail", args=[stop.pk]), text)
    telling.tell(STOPPED, writers_below(stop.organization), words, key=str(stop.pk), by=stop.started_by)


def stop_lifted(stop: Stop) -> None:
    text = _("Posts on hold come out only after somebody has looked at each of them again.")
    url = reverse("contentplan:stop_detail", args=[stop.pk])
    words = Words(_("The stop of publications is lifted"), url, text)
    telling.tell(STOP_LIFTED, writers_below(stop.organization), words, key=str(stop.pk), by=stop.lifted_by)


def pack_offered(offer: PackOffer, *, url: str, by: User) -> None:
    """To those who write the plan of the body that a topic pack is offered to; `url` is where it is taken."""
    pack = offer.pack
    title = _("You are offered a post: “%(topic)s”") % {"topic": pack.title}
    people = User.objects.of(offer.organization, Permission.WRITE_PLAN)
    telling.tell(PACK_OFFERED, people, Words(title, url, pack.advice), key=str(offer.pk), by=by)


def pack_declined(offer: PackOffer, *, url: str, by: User) -> None:
    """To whoever drafted the pack: a body will not publish it, and why."""
    values = {"body": offer.organization.short_name, "topic": offer.pack.title}
    title = _("%(body)s declined the pack “%(topic)s”") % values
    telling.tell(PACK_DECLINED, [offer.pack.created_by], Words(title, url, offer.reason), key=str(offer.pk), by=by)


# --- whom ---------------------------------------------------------------------------------------


def authors(post: PlannedPost) -> list[User]:
    """Who wrote the post and still sees the body; when nobody is left, all who write its plan."""
    wrote = Revision.objects.filter(post=post).exclude(kind=RevisionKind.CORRECTION).values("made_by")
    body = post.plan.organization
    here = list(
        User.objects.who_may(Permission.VIEW, body).filter(Q(pk=post.created_by_id) | Q(pk__in=wrote)).distinct()
    )
    return here or list(User.objects.of(body, Permission.WRITE_PLAN))


def reviewers(post: PlannedPost) -> list[User]:
    """Who may decide on the post: those who decide over the body, without its authors."""
    wrote = Revision.objects.filter(post=post).exclude(kind=RevisionKind.CORRECTION).values("made_by")
    people = User.objects.who_may(Permission.DECIDE_PLAN, post.plan.organization)
    return list(people.exclude(pk__in=wrote).exclude(pk=post.created_by_id))


def writers_below(organization: Organization) -> list[User]:
    """Who writes plans in the body or in any below it."""
    return list(User.objects.below(organization, Permission.WRITE_PLAN))


# --- how ----------------------------------------------------------------------------------------


def _to_authors(event: Event, post: PlannedPost, step: Review, title: str, text: str = "") -> None:
    words = Words(title % _place(post), _url(post), text)
    telling.tell(event, authors(post), words, key=str(step.pk), by=step.made_by)


def _to_reviewers(event: Event, post: PlannedPost, step: Review, title: str, text: str = "") -> None:
    words = Words(title % _place(post), _url(post), text)
    telling.tell(event, reviewers(post), words, key=str(step.pk), by=step.made_by)


def _place(post: PlannedPost) -> dict[str, str]:
    return {"topic": post.topic, "body": post.plan.organization.short_name, "week": post.plan.week.title}


def _hour(post: PlannedPost) -> str:
    return when_in(post.plan.organization.zone, post.planned_at)


def _url(post: PlannedPost) -> str:
    return reverse("contentplan:post_detail", args=[post.pk])


def _plan_url(post: PlannedPost) -> str:
    return reverse("contentplan:plan_detail", args=[post.plan.organization.slug, post.plan.week])


_BY_MOVE: dict[Move, Callable[[PlannedPost, Review], None]] = {
    Move.SUBMIT: submitted,
    Move.APPROVE: approved,
    Move.CORRECT: corrected,
    Move.REOPEN: reopened,
    Move.HOLD: held,
    Move.RESUME: resumed,
    Move.CANCEL: cancelled,
    Move.PUBLISH_URGENTLY: published_urgently,
    Move.MISS: missed,
}
