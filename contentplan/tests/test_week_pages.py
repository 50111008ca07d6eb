"""The editor's week as a hurried person uses it: pressed twice, gone back, two tabs open, a wrong address."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from contentplan import actions
from contentplan.models import PlannedPost, PostFormat, Publication, Remark, Revision, Status, WeeklyPlan
from people.models import Organization, User
from registry.models import Account, SocialNetwork

from .conftest import TOMSK, MakeContent

PLAN = "/plans/urtam/2026-W49/"
NEW = f"{PLAN}posts/new/"
LINK = "https://vk.com/urtam_demo?w=wall-1_1"


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def fields(plan: WeeklyPlan, text_format: PostFormat, urtam_vk: Account) -> dict[str, Any]:
    """What a browser sends for a new post."""
    return {
        "day": "2026-12-01",
        "time": "10:00",
        "topic": "Ремонт моста",
        "text": "Мост откроют в пятницу.\r\nПроезд свободный.",
        "format": text_format.pk,
        "about_work": "on",
        "accounts": [urtam_vk.pk],
        f"text_{urtam_vk.pk}": "",
    }


def at_ten(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=TOMSK)


def edited(post: PlannedPost, fields: dict[str, Any], **values: Any) -> dict[str, Any]:
    """What the form of a post that stands sends back."""
    return {**fields, "revision": post.revision, "seen": post.status, **values}


# --- pressed twice, gone back -------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_post(signed_in: Client, fields: dict[str, Any]) -> None:
    first = signed_in.post(NEW, fields)
    second = signed_in.post(NEW, fields)

    post = PlannedPost.objects.get()
    assert first["Location"] == second["Location"] == f"{PLAN}#post-{post.pk}"


def test_a_form_sent_again_with_other_words_is_another_post(signed_in: Client, fields: dict[str, Any]) -> None:
    signed_in.post(NEW, fields)
    signed_in.post(NEW, {**fields, "topic": "Афиша выходных"})
    signed_in.post(NEW, {**fields, "time": "12:00"})

    topics = PlannedPost.objects.order_by("pk").values_list("topic", flat=True)
    assert list(topics) == ["Ремонт моста", "Афиша выходных", "Ремонт моста"]


def test_the_same_words_for_another_account_are_another_post(
    signed_in: Client, fields: dict[str, Any], urtam_ok: Account
) -> None:
    signed_in.post(NEW, fields)
    signed_in.post(NEW, {**fields, "accounts": [urtam_ok.pk]})

    assert PlannedPost.objects.count() == 2


def test_a_form_that_was_not_taken_keeps_everything_typed(signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(NEW, {**fields, "topic": "", "occasion": "День села"})

    form = response.context["form"]
    assert list(form.errors) == ["topic"]
    typed = {name: form[name].value() for name in ("day", "time", "text", "occasion")}
    assert typed == {**{name: fields[name] for name in ("day", "time", "text")}, "occasion": "День села"}


def test_a_save_that_changes_nothing_leaves_the_approval(
    signed_in: Client, fields: dict[str, Any], coordinator: User, content: MakeContent, plan: WeeklyPlan, editor: User
) -> None:
    """A browser ends lines with CR LF, whatever the text came with."""
    text = "Мост откроют в пятницу.\nПроезд свободный."
    post = actions.add_post(plan, content(1, text=text, topic="Ремонт моста"), by=editor)
    actions.submit(post, revision=1, by=editor)
    actions.approve(post, revision=1, by=coordinator)

    signed_in.post(f"/posts/{post.pk}/edit/", edited(post, fields))

    post.refresh_from_db()
    assert (post.status, post.revision, post.text) == (Status.APPROVED, 1, text)


# --- two tabs, two people -----------------------------------------------------------------------


def test_of_two_tabs_the_later_keeps_its_text_and_sees_the_other(
    signed_in: Client, fields: dict[str, Any], post: PlannedPost
) -> None:
    form = edited(post, fields)
    signed_in.post(f"/posts/{post.pk}/edit/", {**form, "topic": "Первая вкладка"})

    response = signed_in.post(f"/posts/{post.pk}/edit/", {**form, "topic": "Вторая вкладка"})

    post.refresh_from_db()
    assert post.topic == "Первая вкладка"
    assert response.context["form"]["topic"].value() == "Вторая вкладка"
    assert response.context["stored"].post.topic == "Первая вкладка"
    assert response.context["form"]["revision"].value() == "2"


def test_an_approval_that_came_meanwhile_is_said_before_it_is_lost(
    signed_in: Client, fields: dict[str, Any], submitted_post: PlannedPost, coordinator: User
) -> None:
    address = f"/posts/{submitted_post.pk}/edit/"
    form = edited(submitted_post, fields, topic="Мост открыт")
    actions.approve(submitted_post, revision=1, by=coordinator)

    response = signed_in.post(address, form)

    submitted_post.refresh_from_db()
    assert (response.status_code, submitted_post.status, submitted_post.revision) == (200, Status.APPROVED, 1)
    assert response.context["form"]["topic"].value() == "Мост открыт"
    assert "Пока вы писали, пост согласовали." in response.content.decode()

    signed_in.post(address, {**form, "seen": response.context["form"]["seen"].value()})

    submitted_post.refresh_from_db()
    assert (submitted_post.status, submitted_post.revision) == (Status.SUBMITTED, 2)


# --- handing in ---------------------------------------------------------------------------------


def fill(plan: WeeklyPlan, content: MakeContent, editor: User, posts: int = 5) -> list[PlannedPost]:
    return [actions.add_post(plan, content(day), by=editor) for day in range(posts)]


def test_a_plan_whose_posts_were_sent_one_by_one_is_handed_in_with_the_last(
    signed_in: Client, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    posts = fill(plan, content, editor)

    for post in posts[:4]:
        signed_in.post(f"/posts/{post.pk}/submit/", {"revision": 1})
    plan.refresh_from_db()
    assert plan.handed_in_at is None

    signed_in.post(f"/posts/{posts[4].pk}/submit/", {"revision": 1})
    plan.refresh_from_db()
    assert (plan.handed_in_by, plan.handed_in_at is not None) == (editor, True)


def test_posts_sent_one_by_one_below_the_norm_leave_the_reason_to_be_written(
    signed_in: Client, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    for post in fill(plan, content, editor, posts=2):
        signed_in.post(f"/posts/{post.pk}/submit/", {"revision": 1})

    plan.refresh_from_db()
    assert plan.handed_in_at is None
    assert signed_in.get(PLAN).context["board"].can_hand_in
    assert signed_in.post(f"{PLAN}hand-in/").context["reason"]
    signed_in.post(f"{PLAN}hand-in/", {"reason": "Распутица"})
    plan.refresh_from_db()
    assert (plan.handed_in_by, plan.shortfall_reason) == (editor, "Распутица")
    assert not signed_in.get(PLAN).context["board"].can_hand_in


def test_a_mended_post_can_be_sent_from_its_own_page(
    signed_in: Client, submitted_post: PlannedPost, coordinator: User, content: MakeContent, editor: User
) -> None:
    actions.return_for_changes(submitted_post, revision=1, remarks=["Уберите фамилии"], by=coordinator)
    actions.edit_post(submitted_post, content(text="Без фамилий"), revision=1, by=editor)
    answer = f"answer_{Remark.objects.get().pk}"

    signed_in.post(f"/posts/{submitted_post.pk}/answers/", {answer: "done", "submit": "1", "revision": "2"})

    submitted_post.refresh_from_db()
    assert submitted_post.is_submitted


@pytest.mark.parametrize("tail", ["hand-in/", "publications/"])
def test_an_address_that_only_takes_forms_leads_to_the_plan(tail: str, signed_in: Client, plan: WeeklyPlan) -> None:
    assert signed_in.get(PLAN + tail)["Location"] == PLAN


@pytest.mark.parametrize("tail", ["submit/", "delete/"])
def test_an_address_of_a_post_that_only_takes_forms_leads_to_the_post(
    tail: str, signed_in: Client, post: PlannedPost
) -> None:
    assert signed_in.get(f"/posts/{post.pk}/{tail}")["Location"] == f"/posts/{post.pk}/"


def test_the_board_shown_after_a_refusal_leads_to_its_own_days_and_posts(
    signed_in: Client, plan: WeeklyPlan, post: PlannedPost, fields: dict[str, Any]
) -> None:
    for response in (signed_in.post(f"{PLAN}hand-in/"), signed_in.post(NEW, {**fields, "topic": ""})):
        html = response.content.decode()
        assert f'href="{PLAN}?post={post.pk}#form"' in html
        assert f'href="{PLAN}?new=2026-12-01&amp;time=10:00#form"' in html
        assert 'href="?' not in html


# --- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize("week", ["2026-W99", "2025-W53", "0001-W01", "9999-W52", "1999-W10", "2100-W01"])
def test_a_week_that_cannot_be_is_not_found(week: str, signed_in: Client, urtam: Organization) -> None:
    assert signed_in.get(f"/plans/urtam/{week}/").status_code == 404


@pytest.mark.parametrize("week", ["2026-W53", "2000-W01", "2099-W53"])
def test_the_first_the_last_and_the_53rd_week_open(week: str, signed_in: Client, plan: WeeklyPlan) -> None:
    assert signed_in.get(f"/plans/urtam/{week}/").status_code == 200


@pytest.mark.parametrize("week", ["0001-W01", "9999-W52", "вчера"])
def test_the_matrix_of_a_week_that_cannot_be_shows_the_present(
    week: str, client: Client, coordinator: User, plan: WeeklyPlan, now: time_machine.Traveller
) -> None:
    client.force_login(coordinator)

    assert str(client.get("/plans/", {"from": week}).context["weeks"][1]) == "2026-W48"


def test_a_plan_of_somebody_else_is_not_found(client: Client, chilino_editor: User, post: PlannedPost) -> None:
    client.force_login(chilino_editor)

    pages = [PLAN, f"{PLAN}?post={post.pk}", f"/posts/{post.pk}/", NEW]
    assert [client.get(page).status_code for page in pages] == [404] * 4


def test_a_week_that_is_over_is_read_not_written(
    signed_in: Client, post: PlannedPost, fields: dict[str, Any], editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-07T00:30:00+07:00")
    signed_in.force_login(editor)

    assert signed_in.get(PLAN).context["board"].can_write is False
    assert [signed_in.post(address, fields).status_code for address in (NEW, f"/posts/{post.pk}/edit/")] == [403, 403]
    assert Revision.objects.count() == 1


def test_a_body_that_moved_to_another_zone_still_opens_its_week(
    signed_in: Client, plan: WeeklyPlan, content: MakeContent, editor: User, urtam: Organization
) -> None:
    post = actions.add_post(plan, content(0, hour=0), by=editor)
    Organization.objects.filter(pk=urtam.pk).update(timezone="Europe/Kaliningrad")

    days = signed_in.get(PLAN).context["board"].days

    assert [card.post for card in days[0].cards] == [post]


# --- what came out ------------------------------------------------------------------------------


@pytest.fixture
def approved_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    """Planned for Monday 10:00."""
    actions.approve(submitted_post, revision=1, by=coordinator)
    return submitted_post


def test_what_came_out_before_its_hour_can_be_marked_on_its_page(
    signed_in: Client, approved_post: PlannedPost, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-11-30T09:55:00+07:00")
    signed_in.force_login(editor)
    address = f"/placements/{approved_post.placements.get().pk}/publish/"
    assert f'href="{address}"' in signed_in.get(f"/posts/{approved_post.pk}/").content.decode()

    signed_in.post(address, {"link": LINK, "day": "2026-11-30", "time": "09:50"})

    assert Publication.objects.get().placement.post == approved_post  # type: ignore[union-attr]  # it has one


def test_the_form_of_a_publication_shows_the_meter_of_the_account(
    signed_in: Client, approved_post: PlannedPost, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-11-30T12:00:00+07:00")
    signed_in.force_login(editor)
    placement = approved_post.placements.get()

    page = signed_in.get(f"/placements/{placement.pk}/publish/")

    assert page.context["meter"].label == "0 + 1 из 5"


def test_a_removed_mark_leads_back_to_the_post_in_the_plan(
    signed_in: Client, approved_post: PlannedPost, urtam_vk: Account, editor: User, now: time_machine.Traveller
) -> None:
    now.move_to("2026-12-08T12:00:00+07:00")
    signed_in.force_login(editor)
    placement = approved_post.placements.get()
    when = at_ten(2026, 12, 7)
    row = actions.record_publication(urtam_vk, link=LINK, published_at=when, placement=placement, by=editor)

    response = signed_in.post(f"/publications/{row.pk}/remove/")

    assert response["Location"] == f"{PLAN}#post-{approved_post.pk}"


def test_a_link_of_another_network_is_named(
    signed_in: Client, plan: WeeklyPlan, urtam_vk: Account, ok: SocialNetwork
) -> None:
    address = reverse("contentplan:publication_add", args=["urtam"])

    response = signed_in.post(address, {"link": "https://ok.ru/group/1/topic/5", "day": "2026-11-25", "time": "10:00"})

    assert response.context["form"].errors["link"] == ["Это ссылка сети Одноклассники, а страница — в сети ВКонтакте."]


@pytest.mark.parametrize("day", ["0001-01-01", "1026-11-30"])
def test_a_mistyped_year_is_refused_with_a_sentence(
    day: str, signed_in: Client, plan: WeeklyPlan, urtam_vk: Account
) -> None:
    response = signed_in.post(
        reverse("contentplan:publication_add", args=["urtam"]), {"link": LINK, "day": day, "time": "10:00"}
    )

    assert response.context["form"].errors["day"] == ["Проверьте год: так давно ничего выйти не могло."]


def test_a_moment_long_ago_is_refused_below_the_form_too(plan: WeeklyPlan, urtam_vk: Account, editor: User) -> None:
    with pytest.raises(ValidationError) as error:
        actions.record_publication(urtam_vk, link=LINK, published_at=at_ten(1026, 11, 30), by=editor)

    assert list(error.value.message_dict) == ["published_at"]


# --- what the person sees first -----------------------------------------------------------------


def test_forms_far_down_the_page_come_back_to_their_own_place(
    signed_in: Client, plan: WeeklyPlan, post: PlannedPost
) -> None:
    """On a phone the board is long: a refusal at its end would open on the top of the page, out of sight."""
    actions_of = [f'action="{PLAN}hand-in/#hand-in"', f'action="/posts/{post.pk}/edit/#form"']
    pages = [signed_in.get(PLAN).content.decode(), signed_in.get(PLAN, {"post": post.pk}).content.decode()]

    assert [action in page for action, page in zip(actions_of, pages, strict=True)] == [True, True]
    signed_in.post(f"{PLAN}hand-in/")
    assert signed_in.post(f"{PLAN}hand-in/", {"reason": "Распутица"})["Location"] == f"{PLAN}#top"


@pytest.mark.parametrize("person", ["editor", "coordinator", "observer"])
def test_the_reason_of_a_short_plan_is_read_by_everyone_who_reads_the_plan(
    person: str, client: Client, plan: WeeklyPlan, post: PlannedPost, editor: User, request: pytest.FixtureRequest
) -> None:
    actions.hand_in(plan, by=editor, reason="Распутица")
    client.force_login(request.getfixturevalue(person))

    pages = [client.get(page).content.decode() for page in (PLAN, f"/posts/{post.pk}/")]

    assert [page.count("Почему меньше нормы: Распутица") for page in pages] == [1, 1]


@pytest.mark.parametrize("address", ["/plans/?q=%00", "/plans/?kind=%00&page=-4", "/review/?body=%00&page=x"])
def test_an_address_with_rubbish_shows_what_there_is(
    address: str, client: Client, coordinator: User, submitted_post: PlannedPost
) -> None:
    client.force_login(coordinator)

    assert client.get(address).status_code == 200


def test_an_empty_queue_of_one_body_says_that_others_wait(
    client: Client, coordinator: User, submitted_post: PlannedPost, chilino: Organization
) -> None:
    client.force_login(coordinator)

    one, own = (client.get("/review/", {"body": body}).content.decode() for body in ("chilino", "urtam"))

    assert ("Под этим фильтром ничего не осталось" in one, "Очередь разобрана" in one) == (True, False)
    assert "Под этим фильтром ничего не осталось" not in own
