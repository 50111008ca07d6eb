"""The wordings a reply had: one row each, only the last of what one person types in one go."""

from datetime import timedelta

from django.utils import timezone

from moderation.models import Reply, ReplyRevision
from people.models import User
from people.roles import Permission
from review.models import RevisionKind

# What one person types within so long in one go is one wording: the last.
ONE_GO = timedelta(minutes=10)


def keep_wording(reply: Reply, *, by: User, kind: str = RevisionKind.EDIT, before: int = 0) -> None:
    """The row of the history. `before`: the wording it was typed on, which goes when it was typed in the same go."""
    if before:
        rows = reply.revisions.filter(number=before, made_by=by, kind=kind, made_at__gt=timezone.now() - ONE_GO)
        if not reply.reviews.filter(revision=before).exists():
            rows.delete()
    ReplyRevision.objects.create(
        reply=reply,
        number=reply.revision,
        kind=kind,
        text=reply.text,
        is_interim=reply.is_interim,
        made_by=by,
        made_as=by.role_for(Permission.MODERATE, reply.message.organization),
        made_at=timezone.now(),
    )
