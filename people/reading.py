"""What a person does with notices: reads them, and chooses how letters about them come."""

from django.db import transaction
from django.utils import timezone

from people.models import MailChoice, Notice, User


def read(notice: Notice) -> None:
    """The moment of the first reading stays."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())


def read_all(user: User, *, upto: int | None = None) -> None:
    """All of the person's notices, or those up to the one with this number."""
    rows = Notice.objects.visible_to(user).unread()
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    rows.update(read_at=timezone.now())


@transaction.atomic
def choose_mail(user: User, choice: MailChoice) -> None:
    user.mail_choice = choice
    user.save(update_fields=["mail_choice"])
