"""The history of entries is only ever added to: the database itself refuses anything else."""

from django.db import migrations

from people.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_history_of_entries_that_exist")]

    operations = [append_only("registry_entrychange")]
