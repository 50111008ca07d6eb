"""What was found of the mark of a state organization and what the entry says of it become one."""

from django.db import migrations


def follow(apps, schema_editor):
    account = apps.get_model("registry", "Account")
    step = apps.get_model("registry", "TrustStep")
    for state, mark in (("yes", True), ("no", False)):
        found = step.objects.filter(sign="state_mark", state=state).values("account")
        account.objects.filter(pk__in=found).update(has_state_mark=mark)


class Migration(migrations.Migration):
    dependencies = [("registry", "0023_looks_at_closed_names")]

    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
