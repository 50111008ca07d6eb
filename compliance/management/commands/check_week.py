from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.check import WeekStillRuns, check_week, zones_in_use
from compliance.models import Finding
from compliance.totals import totals
from people.weeks import Week


class Command(BaseCommand):
    help = "Checks who kept the norm in a week that is over, for example 2026-W47. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("week", help="the ISO week, for example 2026-W47")
        parser.add_argument("--zone", help="only organizations of this time zone, for example Asia/Tomsk")

    def handle(self, *args: Any, **options: Any) -> None:
        week = _week(options["week"])
        for zone in [_zone(options["zone"])] if options["zone"] else zones_in_use():
            try:
                check_week(week, zone)
            except WeekStillRuns as error:
                raise CommandError(error.sentence) from error
            found = Finding.objects.filter(monday=week.monday, organization__timezone=zone.key)
            self.stdout.write(f"{week.title}, {zone.key}: {totals(found).sentence}")


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise CommandError(_("There is no week “%s”. Write it like 2026-W47.") % text) from error


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CommandError(_("There is no time zone “%s”.") % name) from error
