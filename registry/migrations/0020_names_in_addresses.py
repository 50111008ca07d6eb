import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """A bare @name is looked up in an index, in any case."""

    dependencies = [("registry", "0019_search_by_word_forms")]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(django.db.models.functions.text.Lower("handle"), name="account_handle_lower"),
        ),
    ]
