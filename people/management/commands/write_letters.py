from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from people.mailing import write_letters


class Command(BaseCommand):
    help = "Writes the letters that are due about what people were told and have not read. May be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Letters written: %(n)d.") % {"n": write_letters()})
