"""One sentence for every state of a post: who has it, since when, what happens next."""

from django.utils.translation import gettext as _

from contentplan.models import PlannedPost, Status
from people.templatetags.portal import clock, when


def next_step(post: PlannedPost, *, is_out: bool, is_mended: bool) -> str:
    """For whoever does not decide about the post now. Moments are told in the zone of the page."""
    since = {"moment": when(post.status_since)}
    sentences = {
        Status.DRAFT: _("A draft: nobody has been asked to look at it yet. Send it for approval when it is ready."),
        Status.APPROVED: _("Approved %(moment)s. When it comes out, paste its link.") % since,
        Status.PUBLISHED: _("The post is out: its links are recorded and counted."),
        Status.MISSED: _("The post did not come out in time (%(moment)s). Say why, or choose another time.") % since,
        Status.ON_HOLD: _("On hold since %(moment)s: do not publish it until the department lets it go on.") % since,
        Status.CANCELLED: _("Taken off the plan %(moment)s. It can be put back as a draft.") % since,
    }
    status = Status(post.status)
    if status == Status.SUBMITTED:
        return _submitted(post)
    if status == Status.NEEDS_CHANGES:
        return _returned(is_mended=is_mended)
    if is_out:
        return _("The post came out everywhere it was planned.")
    return sentences[status]


def _submitted(post: PlannedPost) -> str:
    values = {"moment": when(post.status_since)}
    if post.claimant:
        values |= {"person": post.claimant.short_name, "since": clock(post.claimed_since or post.claimed_at)}
        return (
            _(
                "%(person)s of the department has been looking at it since %(since)s. You will be told of the "
                "decision; until then the post can be read and copied."
            )
            % values
        )
    return (
        _(
            "The post has been waiting for the department since %(moment)s, nobody has taken it in work yet. You will "
            "be told of the decision; until then you can still withdraw it."
        )
        % values
    )


def _returned(*, is_mended: bool) -> str:
    if is_mended:
        return _("The post was returned and has been mended since. Answer the remarks and send it again.")
    return _("The post was returned. Mend it, answer each remark and send it again.")
