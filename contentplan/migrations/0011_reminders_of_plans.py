import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contentplan", "0010_since_when_a_post_is_in_work"),
        ("people", "0004_notices_absences_and_working_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("monday", models.DateField(verbose_name="week from")),
                ("step", models.CharField(choices=[("author", "the author"), ("deputy", "the deputy"), ("head", "the head"), ("department", "the department")], max_length=12, verbose_name="step")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                ("organization", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="plan_reminders", to="people.organization", verbose_name="organization")),
            ],
            options={
                "verbose_name": "reminder of a plan",
                "verbose_name_plural": "reminders of plans",
                "ordering": ("-monday", "organization", "pk"),
                "constraints": [models.UniqueConstraint(fields=("organization", "monday", "step"), name="plan_reminder_once_per_step"), models.CheckConstraint(condition=models.Q(("monday__iso_week_day", 1)), name="plan_reminder_week_starts_on_monday")],
            },
        ),
    ]
