"""An approved post without an approved revision slipped through the check, because NULL equals nothing."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("contentplan", "0002_append_only")]

    operations = [
        migrations.RemoveConstraint("plannedpost", "post_approved_in_its_present_revision"),
        migrations.AddConstraint(
            "plannedpost",
            models.CheckConstraint(
                name="post_approved_in_its_present_revision",
                condition=~Q(status="approved") | Q(approved_revision__isnull=False, approved_revision=F("revision")),
            ),
        ),
    ]
