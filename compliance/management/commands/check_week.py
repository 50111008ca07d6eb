"""Checks by hand a week that is over. May be run again: what is still true stays as it was found."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.check import WeekStillRuns, check_week, zones_in_use
from compliance.models import Finding
from compliance.totals import accounts_sentence, totals
from people.weeks import Week


class Command(BaseCommand):
    help = "Checks who kept the norm in a week that is over, for example 2026-W47. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("week", help="the ISO week, for example 2026-W47")
        parser.add_argument("--zone", help="only organizations of this time zone, for example Asia/Tomsk")

    def handle(self, *args: Any, **options: Any) -> None:
        week = _week(options["week"])
        still_runs = []
        for zone in _zones(options["zone"]):
            try:
                check_week(week, zone)
            except WeekStillRuns as refusal:
                still_runs.append(refusal.sentence)
            else:
                self.stdout.write(_line(week, zone))
        if still_runs:
            raise CommandError("\n".join(still_runs))


def _line(week: Week, zone: ZoneInfo) -> str:
    """«2026-W47 (16–22 ноября), Asia/Tomsk. Норму выполнили 8 из 10 органов. Аккаунты: 12 выполнили норму…»"""
    found = Finding.objects.filter(monday=week.monday, organization__timezone=zone.key)
    head = f"{week} ({week.title}), {zone.key}."
    return " ".join(part for part in (head, totals(found).sentence, accounts_sentence(found)) if part)


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise CommandError(_("There is no week “%s”. Write it like 2026-W47.") % text) from error


def _zones(name: str | None) -> list[ZoneInfo]:
    zones = zones_in_use()
    if name is None:
        return zones
    wanted = [zone for zone in zones if zone.key == name]
    if not wanted:
        names = ", ".join(zone.key for zone in zones)
        raise CommandError(
            _("No body works in the time zone “%(zone)s”. There are: %(zones)s.") % {"zone": name, "zones": names}
        )
    return wanted
