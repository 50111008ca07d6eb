"""Signs the head of the moderation journal for today, and says what was signed."""

from typing import Any

from django.core.management.base import BaseCommand

from moderation import heads


class Command(BaseCommand):
    help = "Signs the last hash of the moderation journal for today; a second time on one day changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        head = heads.sign()
        self.stdout.write(f"{head.day} {head.count} {head.head_hash}\n{head.signature}\n{head.public_key}")
