"""The one row of the passport, to be filled in by the administrator."""

from typing import Any

from django.db import migrations


def add_passport(apps: Any, schema_editor: Any) -> None:
    apps.get_model("registry", "DataSet").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_open_data")]

    operations = [migrations.RunPython(add_passport, migrations.RunPython.noop)]
