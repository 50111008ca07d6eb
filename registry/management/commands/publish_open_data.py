"""`manage.py publish_open_data`: what the nightly task does."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from registry import opendata


class Command(BaseCommand):
    help = "Publishes a version of the open data when anything public has changed since the last one."

    def handle(self, *args: Any, **options: Any) -> None:
        version = opendata.publish()
        if version:
            self.stdout.write(_("Published: %(name)s") % {"name": version})
        else:
            self.stdout.write(_("Nothing has changed since the last version, or it is of this very minute."))
