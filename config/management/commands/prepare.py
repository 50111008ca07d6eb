from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config import catalogue, static_files
from config.checks import refuse_unsafe_start


class Command(BaseCommand):
    help = "Makes the portal ready to start: catalogue, database, cache, static files, district. May be run again."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # First, so that everything later speaks Russian.
        catalogue.compile_catalogue()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        static_files.collect()
        call_command("load_district", verbosity=options["verbosity"])
        refuse_unsafe_start()
