"""Makes by hand what the worker makes every hour: drafts of repeating posts for this and the next week."""

from typing import Any

from django.core.management.base import BaseCommand

from contentplan import actions


class Command(BaseCommand):
    help = "Makes the drafts of repeating posts for this and the next week. May be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(actions.make_drafts()))
