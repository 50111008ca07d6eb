from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from moderation import reminders


class Command(BaseCommand):
    help = "Reminds of replies to citizens that are due soon or overdue, in the working hours of each body."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Reminders: %(n)d.") % {"n": reminders.remind()})
