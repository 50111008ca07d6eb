"""Answers of the security checklist are only ever added to: the database itself refuses anything else."""

from django.db import migrations

from people.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("registry", "0016_security_of_accounts")]

    operations = [append_only("registry_securityanswer")]
