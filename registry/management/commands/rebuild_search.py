"""Writes the search text of every account anew, where it no longer fits the names it is made of."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from registry import actions


class Command(BaseCommand):
    help = "Mends the search text of accounts, for example after organizations were renamed outside the portal."

    def handle(self, *args: Any, **options: Any) -> None:
        mended = actions.refresh_search()
        sentence = ngettext("Mended %(n)d account.", "Mended %(n)d accounts.", mended)
        self.stdout.write(sentence % {"n": mended})
