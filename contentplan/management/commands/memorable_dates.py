from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan import memorable


class Command(BaseCommand):
    help = "Puts holidays and memorable dates on the boards of all bodies; adds what is missing, changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--year", type=int, action="append", choices=range(2000, 2100), metavar="YEAR",
            help="this year and the next by default; may be given several times",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = memorable.put_everywhere(options["year"], again=True)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if added:
            self.stdout.write(ngettext("%(n)d date is added.", "%(n)d dates are added.", added) % {"n": added})
        else:
            self.stdout.write(_("All dates stand on the boards already."))
