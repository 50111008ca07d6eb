"""What the hash chain needs in a row, and the triggers by which the database refuses to change the journal."""

import uuid

from django.db import migrations, models
from django.db.models import Q

from people.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [
        migrations.AddField(
            "decision", "salt", models.CharField(default="", max_length=32, verbose_name="salt"), preserve_default=False
        ),
        migrations.AddField(
            "decision",
            "sealed",
            models.CharField(default="", max_length=64, verbose_name="digest of text and link"),
            preserve_default=False,
        ),
        migrations.AddField(
            "decision", "version", models.PositiveSmallIntegerField(default=1, verbose_name="version of the record")
        ),
        migrations.AddField(
            "decision",
            "entry_key",
            models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="key of the entry"),
        ),
        migrations.AddField(
            "decision", "search", models.TextField(default="", editable=False, verbose_name="search text")
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                name="decision_restores_what_it_reverses",
                condition=Q(measure="restored", reverses__isnull=False)
                | (~Q(measure="restored") & Q(reverses__isnull=True)),
                violation_error_message="A restoration names the decision it reverses.",
            ),
        ),
        append_only(
            "moderation_decision", unique=["number", "reverses_id", "previous_hash", "hash", "entry_key"]
        ),
        append_only("moderation_evidence"),
    ]
