"""Steps made before moves had names get theirs; posts that came out everywhere become published."""

from django.db import migrations
from django.db.models import Exists, OuterRef

from people.append_only import lift_sql

MOVES = {"submitted": "submit", "approved": "approve", "needs_changes": "return", "draft": "withdraw"}


def name_moves(apps, schema_editor):
    # The journal refuses every change; the next migration protects it again.
    for statement in lift_sql(schema_editor.connection, "contentplan_review"):
        schema_editor.execute(statement, params=None)
    review = apps.get_model("contentplan", "Review")
    for status, move in MOVES.items():
        review.objects.filter(status=status).update(move=move)
    post = apps.get_model("contentplan", "PlannedPost")
    placement = apps.get_model("contentplan", "Placement")
    here = placement.objects.filter(post=OuterRef("pk"))
    waiting = here.filter(publication__isnull=True)
    post.objects.filter(Exists(here), ~Exists(waiting), status="approved").update(status="published")


class Migration(migrations.Migration):
    dependencies = [("contentplan", "0004_the_whole_path")]

    operations = [migrations.RunPython(name_moves, migrations.RunPython.noop)]
