import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config.demo.build import build
from config.demo.stage import STAGE
from config.district.loading import load
from people.models import User


class Command(BaseCommand):
    help = "Adds demonstration people, accounts and weeks to the district. Run again, it only sets the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default="", help="shared password; else DEMO_PASSWORD, else generated")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("Demonstration people are for demo mode only: set DEMO=1."))
        password = options["password"] or os.environ.get("DEMO_PASSWORD", "") or secrets.token_urlsafe(12)
        load()
        build(password)
        self.stdout.write(_("One password for all: %s") % password)
        for user in User.objects.filter(username__in=STAGE["sign_ins"]).prefetch_related("memberships__organization"):
            roles = ", ".join(f"{m.get_role_display()}, {m.organization}" for m in user.memberships.all())
            self.stdout.write(f"  {user.username:<12} {roles}")
