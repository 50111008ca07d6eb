"""A form sent twice, by an impatient finger or over a bad line, makes one post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contentplan", "0003_approval_names_its_revision")]

    operations = [
        migrations.AddField(
            "plannedpost",
            "entry_key",
            models.UUIDField(editable=False, null=True, unique=True, verbose_name="key of the entry"),
        ),
    ]
