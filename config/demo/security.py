"""Security of the demonstration's pages: a good one, one with an overdue answer, one that lacks a second person."""

from datetime import timedelta

from django.utils import timezone

from config.demo.stage import STAGE
from people.models import User
from registry.models import Account, SecurityItem
from registry.security import checklist, holders
from registry.security.checklist import Reply
from registry.security.holders import Person


def build(people: dict[str, User]) -> None:
    items = list(SecurityItem.objects.all())
    today = timezone.localdate()
    for row in STAGE["security"]:
        account = Account.objects.get(handle=row["account"], network__slug=row["network"])
        by = people[row["by"]]
        for one in row["holders"]:
            person = Person(one["name"], one["post"], people[one["login"]])
            holders.add(account, person, level=one["level"], since=today - timedelta(days=200), by=by)
        for given in row["answers"]:
            replies = [Reply(items[number - 1], given["reply"], given["note"]) for number in given["items"]]
            checklist.answer(account, replies, done_on=today - timedelta(days=given["days"]), by=by)
