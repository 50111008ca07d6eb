"""Writes the keys of the names that were entered before there were keys."""

from django.db import migrations

from registry.lookalikes import keys_of


def index_names(apps, schema_editor):
    account, name_key = apps.get_model("registry", "Account"), apps.get_model("registry", "NameKey")
    keys = []
    for pk, handle in account.objects.exclude(handle="").values_list("pk", "handle").iterator():
        keys += [name_key(account_id=pk, key=key) for key in keys_of(handle)]
        if len(keys) > 5000:
            name_key.objects.bulk_create(keys, ignore_conflicts=True)
            keys = []
    name_key.objects.bulk_create(keys, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_fakes_and_keys_of_names")]

    operations = [migrations.RunPython(index_names, migrations.RunPython.noop)]
