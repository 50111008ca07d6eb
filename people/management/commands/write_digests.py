from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from people.digest import write_digests


class Command(BaseCommand):
    help = "Writes this morning's letters about everything unread, to those who chose one letter a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Letters written: %(n)d.") % {"n": write_digests()})
