"""The database itself refuses to change or delete the audit log."""

from django.db import migrations

from people.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0002_audit_entry_and_letter_attempts"),
    ]

    operations = [append_only("people_auditentry")]
