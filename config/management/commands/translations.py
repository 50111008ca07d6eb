from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import catalogue


class Command(BaseCommand):
    help = "Collects the strings for translation, compiles the Russian catalogue, or checks that it is complete."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collect", action="store_true", help="find new strings in the sources (needs gettext)")
        parser.add_argument("--compile", action="store_true", help="make the catalogue readable for the portal")
        parser.add_argument("--check", action="store_true", help="fail on anything missing or doubtful")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["collect"]:
            self._collect()
        if options["compile"] and catalogue.compile_catalogue():
            self.stdout.write("The Russian catalogue is compiled.")
        if options["check"]:
            self._check()

    def _collect(self) -> None:
        if not catalogue.can_collect():
            raise CommandError("GNU gettext is not on this machine: apt install gettext.")
        catalogue.collect()

    def _check(self) -> None:
        problems = catalogue.problems()
        if catalogue.can_collect():
            problems += [f"not in the catalogue (make messages): {message!r}" for message in catalogue.uncollected()]
        else:
            self.stderr.write("GNU gettext is not on this machine: new strings in the sources were not looked for.")
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("The Russian catalogue is complete.")
