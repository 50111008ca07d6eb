"""What an author says to the remarks of the last return: done, or why not (procedure, cl. 2.3)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from contentplan.models import PlannedPost, RemarkAnswer
from people.http import TooLate
from people.models import User
from review.answers import keep


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
    keep(last.remarks, answers, RemarkAnswer, by=by)
