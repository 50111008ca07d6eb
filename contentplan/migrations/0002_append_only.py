"""Who decided what, and the remarks, are only ever added to: the database itself refuses anything else."""

from django.db import migrations

from people.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("contentplan", "0001_initial")]

    operations = [append_only("contentplan_review"), append_only("contentplan_remark")]
