"""Messages that are here already came in the order of their numbers, which replies remember as read."""

from django.db import migrations
from django.db.models import F


def in_order(apps, schema_editor):
    apps.get_model("moderation", "Message").objects.using(schema_editor.connection.alias).update(came=F("id"))


class Migration(migrations.Migration):

    dependencies = [("moderation", "0010_cases_in_the_history")]

    operations = [migrations.RunPython(in_order, migrations.RunPython.noop)]
