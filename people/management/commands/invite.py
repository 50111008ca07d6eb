from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from people import actions, invitations
from people.http import TooLate
from people.models import Organization
from people.roles import Role


class Command(BaseCommand):
    help = "Invites a person by e-mail: the first administrator of a new portal, who has nobody to be invited by."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", default=Role.ADMINISTRATOR, choices=Role.values)
        parser.add_argument("--organization", default="", help="its short name in addresses; else the top of the tree")

    def handle(self, *args: Any, **options: Any) -> None:
        email, organization = _email(options["email"]), _organization(options["organization"])
        try:
            user, is_new = actions.invite(actions.Invitation(email, organization, Role(options["role"])), by=None)
        except TooLate as error:
            raise CommandError(str(error.sentence)) from error
        if is_new:
            self.stdout.write(_("A letter is on its way. The same link, for where letters do not arrive:"))
            self.stdout.write(invitations.link(user))
        else:
            self.stdout.write(_("%s works here already; the role is added.") % user)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise CommandError(_("“%s” is not an e-mail address.") % text) from error
    return text


def _organization(slug: str) -> Organization:
    found: Organization | None = (
        Organization.objects.filter(slug=slug).first() if slug else Organization.objects.order_by("path").first()
    )
    if found is None:
        slugs = ", ".join(Organization.objects.values_list("slug", flat=True)) or _("none, run load_district first")
        raise CommandError(_("There is no such organization. There are: %s.") % slugs)
    return found
