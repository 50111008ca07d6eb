"""The tables were rebuilt: the database refuses again to change or delete steps and remarks."""

from django.db import migrations

from people.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("contentplan", "0005_name_the_moves_made_before")]

    operations = [append_only("contentplan_review"), append_only("contentplan_remark")]
