from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from contentplan.reminders import remind


class Command(BaseCommand):
    help = "Reminds of plans that are due and not handed in. May be run again: nobody is reminded twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Reminders: %(n)d.") % {"n": remind()})
