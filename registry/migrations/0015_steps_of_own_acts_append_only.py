"""The steps of own acts are only ever added to: the database itself refuses anything else."""

from django.db import migrations

from people.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_own_acts_of_bodies")]

    operations = [append_only("registry_bodyactstep")]
