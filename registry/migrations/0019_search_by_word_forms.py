"""The search of entries by word forms and parts of words: indexes of PostgreSQL, one table of FTS5 on SQLite."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.models.searching import TABLE, stems

POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX account_search_trigrams ON registry_account USING gin (search gin_trgm_ops)",
    "CREATE INDEX account_search_russian ON registry_account USING gin (to_tsvector('russian'::regconfig, search))",
)
POSTGRESQL_BACK = ("DROP INDEX account_search_russian", "DROP INDEX account_search_trigrams")


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
        return
    schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(text, stems, tokenize='trigram')")
    accounts = apps.get_model("registry", "Account").objects.values_list("pk", "search")
    for pk, search in accounts.iterator(chunk_size=2000):
        schema_editor.execute(
            f"INSERT INTO {TABLE} (rowid, text, stems) VALUES (%s, %s, %s)",  # noqa: S608
            (pk, search, stems(search)),
        )


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if on_postgresql else (f"DROP TABLE {TABLE}",):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0018_files_of_acts_and_people_behind_rights")]

    operations = [migrations.RunPython(forwards, backwards)]
