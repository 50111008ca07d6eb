"""What an author says to the remarks of the last return: done, or why not (procedure, cl. 2.3)."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contentplan.models import PlannedPost, RemarkAnswer
from people.http import TooLate
from people.models import User

ANSWER_LENGTH = 500


@transaction.atomic
def answer_remarks(post: PlannedPost, answers: Mapping[int, str], *, by: User) -> None:
    """Answers remarks of the last return by their ids; "" says that it was done as asked, words say why not.

    An answer may be changed until the post is sent again. Raises TooLate when the post was not returned,
    ValidationError when an answer is too long.
    """
    current = PlannedPost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    last = current.last_return
    if not current.is_returned or last is None:
        raise TooLate(_("The post no longer waits for answers to remarks."))
    for remark in last.remarks.filter(pk__in=answers):
        body = answers[remark.pk].strip()
        if len(body) > ANSWER_LENGTH:
            raise ValidationError(_("Say it shorter: at most %(n)d characters.") % {"n": ANSWER_LENGTH})
        values = {"body": body, "made_by": by, "made_at": timezone.now()}
        RemarkAnswer.objects.update_or_create(remark=remark, defaults=values)
