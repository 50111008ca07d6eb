"""What an author answers: to remarks (done, or why not), to a correction (understood, or an objection)."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from people.http import TooLate
from people.models import User
from review.models import AbstractAcknowledgement, AbstractReview

LENGTH = 500
A = TypeVar("A", bound=AbstractAcknowledgement)


def read(data: Any) -> dict[int, str]:
    """Answers to remarks as a page sends them: `answer_17=done`, or `answer_17=no` with `why_17`.

    "No" without words is no answer.
    """
    found = {}
    for name, value in data.items():
        pk = name.removeprefix("answer_")
        if name == pk or not pk.isdecimal() or len(pk) > 18:
            continue
        why = (data.get(f"why_{pk}") or "").replace("\0", "").strip()
        if value == "done":
            found[int(pk)] = ""
        elif value == "no" and why:
            found[int(pk)] = why
    return found


def keep(remarks: Any, answers: Mapping[int, str], model: Any, *, by: User) -> None:
    """Answers those of the remarks (a queryset) that `answers` names; `model` is the room's row of an answer.

    "" says that it was done as asked, words say why not. Raises ValidationError when an answer is too long.
    """
    for remark in remarks.filter(pk__in=answers):
        body = answers[remark.pk].strip()
        if len(body) > LENGTH:
            raise ValidationError(_("Say it shorter: at most %(n)d characters.") % {"n": LENGTH})
        values = {"body": body, "made_by": by, "made_at": timezone.now()}
        model.objects.update_or_create(remark=remark, defaults=values)


def acknowledge(step: AbstractReview, model: type[A], *, by: User, objection: str) -> tuple[A, bool]:
    """The answer to a correction, and whether it is new: a press that arrives twice is one press.

    Raises TooLate when somebody has answered otherwise already, ValidationError keyed `objection` when it is too long.
    """
    comment = objection.strip()
    if len(comment) > LENGTH:
        raise ValidationError({"objection": _("Say it shorter: at most %(n)d characters.") % {"n": LENGTH}})
    values = {"objects_to_it": bool(comment), "comment": comment, "made_by": by, "made_at": timezone.now()}
    answer, made = model._default_manager.get_or_create(review=step, defaults=values)
    if not made and (answer.made_by_id, answer.comment) != (by.pk, comment):
        raise TooLate(_("This correction has been answered already (%(person)s).") % {"person": answer.made_by})
    return answer, made
