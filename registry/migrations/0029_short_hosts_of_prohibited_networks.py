"""The short addresses of two networks that the order names and the law prohibits."""

from django.db import migrations

SHORT = {"facebook": "fb.me", "instagram": "instagr.am"}


def add(apps, schema_editor):
    for network in apps.get_model("registry", "SocialNetwork").objects.filter(slug__in=SHORT):
        if SHORT[network.slug] not in network.hosts:
            network.hosts = [*network.hosts, SHORT[network.slug]]
            network.save(update_fields=["hosts"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0028_fill_former_names")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
