"""Entries made before there was a history get its first row, dated by the audit log where it knows the day."""

from django.db import migrations
from django.utils import timezone

PUBLIC = ("active", "suspended", "archived", "not_kept")
CREATED = 0  # auditlog's action of a new row
PORTION = 2000


def add_first_rows(apps, schema_editor):
    account_model, change_model = apps.get_model("registry", "Account"), apps.get_model("registry", "EntryChange")
    last, now = 0, timezone.now()
    prohibited = _prohibited(apps, now.date())
    while portion := list(account_model.objects.filter(pk__gt=last).order_by("pk")[:PORTION]):
        last = portion[-1].pk
        entered = _entered(apps, portion)
        change_model.objects.bulk_create(
            [
                change_model(
                    account=account,
                    kind="added",
                    made_at=entered.get(account.pk, now),
                    is_public=account.status in PUBLIC and account.network_id not in prohibited,
                )
                for account in portion
            ]
        )


def _entered(apps, accounts):
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="registry", model="account")
    log = apps.get_model("people", "AuditEntry").objects.filter(content_type__in=kinds, action=CREATED)
    return dict(log.filter(object_id__in=[account.pk for account in accounts]).values_list("object_id", "timestamp"))


def _prohibited(apps, today):
    statuses = apps.get_model("registry", "NetworkStatus").objects.filter(starts_on__lte=today).order_by("starts_on")
    latest = dict(statuses.values_list("network", "status"))
    return {network for network, status in latest.items() if status == "prohibited"}


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_history_and_signs_of_order"),
        ("people", "0003_audit_entry_append_only"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(add_first_rows, migrations.RunPython.noop)]
