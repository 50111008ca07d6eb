"""Own acts of the demonstration's bodies: one in each state, two with a file."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from config.demo.stage import STAGE
from people.models import Organization, User
from registry import own_act_docx, own_acts
from registry.acts import files
from registry.models import OwnActState


def build(people: dict[str, User]) -> None:
    signed_on = timezone.localdate() - timedelta(days=20)
    for row in STAGE["own_acts"]:
        body, seen = Organization.objects.get(slug=row["organization"]), OwnActState.NONE.value
        by = people[row["by"]]
        for state in row["states"]:
            drafted = state == OwnActState.DRAFT
            known = {} if drafted else {"number": row["number"], "signed_on": signed_on, "url": row.get("url", "")}
            act, seen = own_acts.move(body, seen=seen, to=state, by=by, **known), state
        if row.get("file"):
            files.add(act, files.read(ContentFile(own_act_docx.make(body), "Акт органа (демо).docx")), by=by)
