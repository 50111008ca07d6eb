"""Telegram counts UTF-16 units; a limit loaded before said characters."""

from typing import Any

from django.db import migrations


def count_in_units(apps: Any, _editor: Any) -> None:
    limits = apps.get_model("moderation", "ReplyLimit").objects
    limits.filter(network__slug="telegram").update(counted_in="utf16")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0012_units_of_replies")]

    operations = [migrations.RunPython(count_in_units, migrations.RunPython.noop)]
