"""What is typed is not lost: saved by itself, offered back, kept over an expired sign-in, a conflict, a deletion."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from contentplan import actions, drafts
from contentplan.models import PlannedPost, SavedDraft, WeeklyPlan
from people.models import User

from .conftest import MakeContent

NEW = "/plans/urtam/2026-W49/posts/new/"
PAGE = "/plans/urtam/2026-W49/"


@pytest.fixture
def signed_in(client: Client, editor: User, plan: WeeklyPlan) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def fields(content: MakeContent, editor: User) -> dict[str, Any]:
    made = content()
    return {
        "day": "2026-12-01",
        "time": "10:00",
        "topic": "Субботник",
        "text": "Собираемся у клуба в десять.",
        "format": made.format.pk,
        "accounts": list(made.placements),
        "key": f"{editor.pk}-new-urtam-2026-W49",
        "body": "urtam",
        "week": "2026-W49",
    }


def keep(client: Client, fields: dict[str, Any], **values: Any) -> Any:
    return client.post("/drafts/save/", {**fields, **values})


def test_what_is_typed_is_kept_and_says_when(signed_in: Client, fields: dict[str, Any], editor: User) -> None:
    answer = keep(signed_in, fields)

    assert answer.json()["saved"] == "Сохранено в 12:00"
    kept = SavedDraft.objects.get()
    assert (kept.user, kept.key) == (editor, fields["key"])
    assert ["topic", "Субботник"] in kept.data
    assert not PlannedPost.objects.exists()


def test_typing_on_writes_over_the_same_row(signed_in: Client, fields: dict[str, Any]) -> None:
    keep(signed_in, fields)
    keep(signed_in, fields, topic="Субботник у клуба")

    assert ["topic", "Субботник у клуба"] in SavedDraft.objects.get().data


def test_more_than_anybody_types_is_refused(signed_in: Client, fields: dict[str, Any]) -> None:
    assert keep(signed_in, fields, text="а" * 200_001).status_code == 413
    assert keep(signed_in, fields, key="").status_code == 413
    assert not SavedDraft.objects.exists()


def test_it_is_offered_back_and_comes_back(signed_in: Client, fields: dict[str, Any]) -> None:
    keep(signed_in, fields)

    offer = signed_in.get(PAGE, {"new": "2026-12-01"})
    back = signed_in.get(PAGE, {"new": "2026-12-01", "draft": "1"})

    assert offer.context["draft"] == SavedDraft.objects.get()
    assert offer.context["form"]["topic"].value() is None
    typed = {name: back.context["form"][name].value() for name in ("topic", "text", "day", "time")}
    assert typed == {name: fields[name] for name in typed}
    assert back.context["draft"] is None


def test_what_says_the_same_as_the_form_is_not_offered(
    signed_in: Client, post: PlannedPost, content: MakeContent, editor: User
) -> None:
    page = signed_in.get(PAGE, {"post": post.pk})
    values = {name: page.context["form"][name].value() for name in ("topic", "text", "day", "revision", "seen")}
    placements = {"accounts": list(content().placements), "about_work": "on", "time": "10:00"}
    keep(signed_in, {**values, **placements, "key": page.context["draft_key"]})

    assert signed_in.get(PAGE, {"post": post.pk}).context["draft"] is None


def test_it_is_forgotten_when_sent(signed_in: Client, fields: dict[str, Any]) -> None:
    keep(signed_in, fields)

    signed_in.post(NEW, fields)

    assert PlannedPost.objects.get().topic == "Субботник"
    assert not SavedDraft.objects.exists()


def test_it_is_forgotten_when_asked(signed_in: Client, fields: dict[str, Any]) -> None:
    keep(signed_in, fields)

    answer = signed_in.post("/drafts/forget/", {"key": fields["key"], "back": f"{PAGE}?new=2026-12-01#form"})
    strange = signed_in.post("/drafts/forget/", {"key": fields["key"], "back": "https://example.org/"})

    assert answer["Location"] == f"{PAGE}?new=2026-12-01#form"
    assert strange["Location"] == "/plans/mine/"
    assert not SavedDraft.objects.exists()


def test_nobody_reads_the_unsent_text_of_another(
    signed_in: Client, fields: dict[str, Any], coordinator: User, client: Client
) -> None:
    keep(signed_in, fields)
    client.force_login(coordinator)

    assert client.get("/drafts/", {"key": fields["key"]}).json() == {}
    assert client.get(PAGE, {"new": "2026-12-01"}).context["draft"] is None
    client.post("/drafts/forget/", {"key": fields["key"]})
    assert SavedDraft.objects.exists()


def test_old_unsent_texts_go(editor: User) -> None:
    for key, age in (("old", 31), ("fresh", 29)):
        SavedDraft.objects.create(user=editor, key=key, data=[], saved_at=timezone.now() - timedelta(days=age))

    assert drafts.remove_old() == 1
    assert SavedDraft.objects.get().key == "fresh"


def test_a_script_learns_that_somebody_changed_the_post(
    signed_in: Client, post: PlannedPost, content: MakeContent, deputy: User, fields: dict[str, Any]
) -> None:
    about = {"post": post.pk, "revision": 1}

    before = keep(signed_in, fields, **about).json()
    actions.edit_post(post, content(topic="Мост открыт"), revision=1, by=deputy)
    after = keep(signed_in, fields, **about).json()

    assert "changed" not in before
    assert after["changed"].startswith("Пока вы писали, пост изменили (Deputy И.).")


# --- signed out in the middle -------------------------------------------------------------------


def test_a_form_sent_after_the_session_ended_comes_back_after_signing_in(
    client: Client, plan: WeeklyPlan, fields: dict[str, Any], editor: User
) -> None:
    led = client.post(NEW, fields)
    assert led["Location"] == f"/me/login/?next={NEW}"

    client.post(led["Location"], {"login": "editor", "password": "a good long password"})
    page = client.get(NEW, follow=True)

    assert page.context["draft"].key == fields["key"]
    assert ["text", "Собираемся у клуба в десять."] in page.context["draft"].data


def test_whoever_else_signs_in_there_does_not_get_it(
    client: Client, plan: WeeklyPlan, fields: dict[str, Any], coordinator: User
) -> None:
    client.post(NEW, fields)

    client.post("/me/login/", {"login": "coordinator", "password": "a good long password"})
    page = client.get(PAGE, {"new": "2026-12-01"})

    assert page.context["draft"] is None
    assert "unsent" not in client.session
    assert not SavedDraft.objects.exists()


# --- a conflict, a deletion ---------------------------------------------------------------------


def test_a_conflict_shows_both_texts(
    signed_in: Client, post: PlannedPost, content: MakeContent, deputy: User, fields: dict[str, Any]
) -> None:
    actions.edit_post(post, content(text="Мост уже открыт."), revision=1, by=deputy)

    page = signed_in.post(f"/posts/{post.pk}/edit/", {**fields, "revision": 1, "seen": "draft"})

    assert page.context["stored"].post.text == "Мост уже открыт."
    assert page.context["form"]["text"].value() == fields["text"]


def test_a_post_deleted_meanwhile_can_be_saved_as_a_new_one(
    signed_in: Client, post: PlannedPost, deputy: User, fields: dict[str, Any]
) -> None:
    address = f"/posts/{post.pk}/edit/"
    actions.delete_draft(post, by=deputy)

    page = signed_in.post(address, {**fields, "revision": 1, "seen": "draft"})

    assert page.context["gone"]
    assert page.context["form"]["text"].value() == fields["text"]
    assert f'action="{NEW}#form"' in page.content.decode()


@pytest.mark.parametrize("values", [{"body": "chilino"}, {"week": "2026-W99"}, {"body": "", "week": ""}])
def test_the_form_of_a_deleted_post_is_no_way_to_another_body(
    values: dict[str, str], signed_in: Client, post: PlannedPost, chilino: object, deputy: User, fields: dict[str, Any]
) -> None:
    address = f"/posts/{post.pk}/edit/"
    actions.delete_draft(post, by=deputy)

    assert signed_in.post(address, fields | values).status_code == 404
