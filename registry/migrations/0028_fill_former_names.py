"""Takes the addresses that public pages left before from the history of entries."""

from django.db import migrations

from registry.lookalikes import keys_of

PUBLIC = ("active", "suspended", "archived", "not_kept")


def fill(apps, schema_editor):
    """Goes back from what each entry says today to what it said before each change."""
    change = apps.get_model("registry", "EntryChange")
    networks = {network.name: network.pk for network in apps.get_model("registry", "SocialNetwork").objects.all()}
    now, found = {}, {}
    for row in change.objects.select_related("account").order_by("-pk").iterator(chunk_size=2000):
        said = {**row.inner, **row.values}
        network, status = now.get(row.account_id, (row.account.network_id, row.account.status))
        if "network" in said:
            network = networks.get(said["network"][0])
        if "status" in said:
            status = said["status"][0]
        now[row.account_id] = network, status
        was = (said.get("url") or [""])[0]
        if was and was != row.account.url and network and status in PUBLIC:
            handle = (said.get("handle") or [""])[0] or was.rsplit("/", 1)[-1]
            found.setdefault((row.account_id, was), {"network_id": network, "handle": handle, "until": row.made_at})
    keep(apps, found)


def keep(apps, found):
    former, name_key = apps.get_model("registry", "FormerName"), apps.get_model("registry", "NameKey")
    rows = [former(account_id=account, url=url, **values) for (account, url), values in found.items()]
    former.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    keys = {(row.account_id, key) for row in rows for key in keys_of(row.handle)}
    name_keys = [name_key(account_id=account, key=key) for account, key in sorted(keys)]
    name_key.objects.bulk_create(name_keys, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("registry", "0027_former_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
