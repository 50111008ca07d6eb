"""Marks by hand what the worker marks every quarter of an hour: approved posts that did not come out in time."""

from typing import Any

from django.core.management.base import BaseCommand

from contentplan import actions


class Command(BaseCommand):
    help = "Marks approved posts that have come out nowhere a day after their time. May be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(actions.mark_missed()))
