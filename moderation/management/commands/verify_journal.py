"""Proves the moderation journal, or names its first broken record. Exit code 1 when it is broken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import heads, journal, keys, proof
from moderation.models import Decision, Evidence, SignedHead
from people import append_only


class Command(BaseCommand):
    requires_system_checks = ()  # the proof must be had even when something else in the portal is out of order
    help = "Proves that no record of the moderation journal was changed, deleted or slipped in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", help="a hash noted earlier (else the one of the last night): it must be there"
        )

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        with translation.override("ru"):
            tables = [model._meta.db_table for model in (Decision, Evidence, SignedHead)]
            for table in append_only.unprotected(connection, *tables):
                self.stderr.write(_("Warning: the triggers of table %s are missing.") % table)
            earlier = proof.last()
            noted = head.strip().lower() or (earlier.known_head if earlier else "")
            self._report(heads.verify(noted))

    def _report(self, found: journal.Verification) -> None:
        if not found.ok:
            words = {"number": found.first_broken, "why": found.why}
            raise CommandError(_("The journal is broken at record %(number)s. %(why)s") % words, returncode=1)
        if not found.count:
            self.stdout.write(_("The journal is whole: it is still empty."))
            return
        last = Decision.objects.get(number=found.count)
        sentence = ngettext(
            "The journal is whole: %(count)s record, the last one of %(moment)s.",
            "The journal is whole: %(count)s records, the last one of %(moment)s.",
            found.count,
        )
        moment = formats.date_format(timezone.localtime(last.made_at), "DATETIME_FORMAT")
        self.stdout.write(sentence % {"count": found.count, "moment": moment})
        self.stdout.write(_("Hash of the last record: %s") % found.head_hash)
        self.stdout.write(_("Fingerprint of the public key: %s") % keys.fingerprint())
        self.stdout.write(_("Note it down outside the portal: with --head it proves that nothing was cut off the end."))
