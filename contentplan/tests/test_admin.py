"""The admin: reference data is kept by administrators, everything else is only looked at, within reach."""

import pytest
from django.test import Client
from django.urls import reverse

from contentplan.models import Norm, PlannedPost, PostFormat
from people.models import Organization, User

MODELS = ["postformat", "norm", "weeklyplan", "plannedpost", "publication"]
CHANGEABLE = {"postformat", "norm"}


@pytest.mark.parametrize("model", MODELS)
def test_administrator_changes_reference_data_only(
    model: str, client: Client, administrator: User, submitted_post: PlannedPost
) -> None:
    client.force_login(administrator)

    shown = client.get(reverse(f"admin:contentplan_{model}_changelist")).status_code
    added = client.get(reverse(f"admin:contentplan_{model}_add")).status_code

    assert (shown, added) == (200, 200 if model in CHANGEABLE else 403)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", ["editor", "coordinator", "observer"])
def test_others_change_nothing(
    name: str, model: str, client: Client, submitted_post: PlannedPost, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))

    shown = client.get(reverse(f"admin:contentplan_{model}_changelist")).status_code
    added = client.get(reverse(f"admin:contentplan_{model}_add")).status_code

    assert (shown, added) == (200, 403)


def test_a_post_is_looked_at_with_its_history(client: Client, observer: User, submitted_post: PlannedPost) -> None:
    client.force_login(observer)

    response = client.get(reverse("admin:contentplan_plannedpost_change", args=[submitted_post.pk]))

    assert response.status_code == 200
    assert b'name="_save"' not in response.content
    assert client.post(response.wsgi_request.path, {"topic": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["chilino_editor", "outsider"])
def test_another_body_does_not_exist(
    name: str, client: Client, submitted_post: PlannedPost, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))

    pages = [("plannedpost", submitted_post.pk), ("weeklyplan", submitted_post.plan_id)]

    assert [client.get(reverse(f"admin:contentplan_{model}_change", args=[pk])).status_code for model, pk in pages] == [
        404,
        404,
    ]


def test_norms_of_other_bodies_do_not_exist(
    client: Client, editor: User, norm: Norm, chilino: Organization, urtam: Organization
) -> None:
    theirs = Norm.objects.create(
        posts_per_week=3, starts_on=norm.starts_on, legal_act=norm.legal_act, organization=chilino
    )
    ours = Norm.objects.create(posts_per_week=4, starts_on=norm.starts_on, legal_act=norm.legal_act, organization=urtam)
    client.force_login(editor)

    found = [
        client.get(reverse("admin:contentplan_norm_change", args=[row.pk])).status_code for row in (norm, ours, theirs)
    ]

    assert found == [200, 200, 404]


def test_overlapping_norms_are_refused_with_a_sentence(client: Client, administrator: User, norm: Norm) -> None:
    client.force_login(administrator)

    response = client.post(
        reverse("admin:contentplan_norm_add"),
        {"posts_per_week": 3, "starts_on": "2026-12-01", "legal_act": norm.legal_act_id},
    )

    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert Norm.objects.count() == 1


def test_a_format_is_added(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    client.post(reverse("admin:contentplan_postformat_add"), {"name": "Подкаст", "slug": "podcast", "position": 50})

    assert PostFormat.objects.filter(slug="podcast").exists()
