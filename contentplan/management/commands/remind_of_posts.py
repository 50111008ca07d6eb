"""Reminds by hand of the posts whose time has just come, as the worker does every five minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from contentplan import due_posts


class Command(BaseCommand):
    help = "Reminds whoever publishes of the posts whose time has just come. May be run again: nobody is told twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(due_posts.remind()))
