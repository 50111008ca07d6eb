"""One of several processes that write at once: waits for the word, then writes or takes back.

Run as `python -m moderation.tests.writer record|reverse TIMES`, with a line on standard input as the starting shot.
"""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django must be set up before its models are named

from moderation import actions  # noqa: E402
from moderation.models import Decision, Ground  # noqa: E402
from people.http import TooLate  # noqa: E402
from people.models import User  # noqa: E402
from registry.models import Account  # noqa: E402


def write(by: User, account: Account, ground: Ground) -> str:
    entry = actions.Entry(account, "comment", "Реклама", timezone.now(), ground, "removed")
    return str(actions.record(entry, by=by).number)


def take_back(by: User, decision: Decision) -> str:
    try:
        return str(actions.reverse(decision, "Ошибка", by=by).number)
    except TooLate:
        return "late"


def main(what: str, times: int) -> None:
    by = User.objects.earliest("pk")
    account, ground = Account.objects.select_related("organization", "network").get(), Ground.objects.get(slug="spam")
    decision = Decision.objects.filter(number=1).first()
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(times):
        print(take_back(by, decision) if what == "reverse" and decision else write(by, account, ground), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
