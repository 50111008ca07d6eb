from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0015_checks_of_authorship")]

    operations = [
        migrations.RemoveIndex(model_name="decision", name="decision_moment"),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["made_at", "measure", "organization", "account", "ground", "seen_at", "is_criticism"],
                name="decision_figures",
            ),
        ),
    ]
