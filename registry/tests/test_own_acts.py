"""The act each body adopts of its own: its states, its steps, its draft (order, cl. 4)."""

from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from docx import Document

from people.append_only import unprotected
from people.http import TooLate
from people.models import Organization, User
from people.tests.office import converted, pdf_text
from registry import own_act_docx, own_acts
from registry.models import Account, BodyAct, BodyActStep, SocialNetwork
from registry.tests.conftest import enter


def test_an_editor_adopts_the_act_and_leaves_publishing_to_the_department(
    client: Client, editor: User, urtam: Organization
) -> None:
    client.force_login(editor)
    page = reverse("registry:own_act_detail", args=[urtam.pk])
    client.post(page, {"seen": "none", "state": "draft"})
    client.post(page, {"seen": "draft", "state": "adopted", "number": "7", "signed_on": "2026-11-20"})

    answer = client.post(
        page,
        {"seen": "adopted", "state": "published", "number": "7", "signed_on": "2026-11-20", "url": "https://a.ru/7"},
    )

    assert answer.status_code == 400
    assert BodyAct.objects.get(organization=urtam).state == "adopted"
    assert [step.state for step in BodyActStep.objects.order_by("pk")] == ["draft", "adopted"]


def test_an_act_without_a_number_is_not_adopted(client: Client, coordinator: User, urtam: Organization) -> None:
    own_acts.move(urtam, seen="none", to="draft", by=coordinator)
    client.force_login(coordinator)

    answer = client.post(reverse("registry:own_act_detail", args=[urtam.pk]), {"seen": "draft", "state": "adopted"})

    assert answer.status_code == 400
    assert BodyAct.objects.get().state == "draft"


def test_of_two_who_move_at_once_the_second_is_told(coordinator: User, urtam: Organization) -> None:
    own_acts.move(urtam, seen="none", to="draft", by=coordinator)

    with pytest.raises(TooLate):
        own_acts.move(urtam, seen="none", to="draft", by=coordinator)


def test_the_database_refuses_to_rewrite_a_step(coordinator: User, urtam: Organization) -> None:
    own_acts.move(urtam, seen="none", to="draft", by=coordinator)

    with pytest.raises(DatabaseError), transaction.atomic():
        BodyActStep.objects.update(state="adopted")
    assert unprotected(connection, "registry_bodyactstep") == []


def test_the_list_is_filtered_by_state(
    client: Client, coordinator: User, urtam: Organization, chilino: Organization
) -> None:
    own_acts.move(urtam, seen="none", to="draft", by=coordinator)
    client.force_login(coordinator)

    drafts = client.get(reverse("registry:own_act_list"), {"state": "draft"})

    assert [row[0] for row in drafts.context["rows"]] == [urtam]


@pytest.mark.usefixtures("past_the_database")
def test_the_draft_names_the_body_and_its_allowed_pages_only(
    urtam: Organization, urtam_vk: Account, facebook: SocialNetwork, tmp_path: Path
) -> None:
    enter(urtam, facebook, "urtam_fb")

    content = own_act_docx.make(urtam)

    document = Document(BytesIO(content))
    assert [row.cells[2].text for row in document.tables[0].rows][1:] == [urtam_vk.url]
    text = " ".join(pdf_text(converted(content, "docx", "pdf", tmp_path), tmp_path).split())
    assert urtam.name in text
    assert "facebook" not in text.lower()
