"""Pages are looked at again in time: the term, the list, several noted at once, who is told (procedure, cl. 3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conftest import make_account
from people import mailing
from people.models import Letter, Notice, Organization, User
from registry import reviewing
from registry.models import Account, AccountStatus, CheckItem, EntryChange, SocialNetwork

TODAY = date(2026, 11, 26)
LIST = "/registry/overdue/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon() -> Any:
    with time_machine.travel(datetime.fromisoformat("2026-11-26T12:00+07:00"), tick=False):
        yield


@pytest.fixture
def own_page() -> CheckItem:
    return CheckItem.objects.create(text="Страница принадлежит органу", uses=["review"], is_must=True)


def seen(account: Account, by: User, on: date) -> None:
    Account.objects.filter(pk=account.pk).update(last_verified_on=on, last_verified_by=by)


def listed(client: Client, **query: str) -> list[str]:
    return [account.name for account in client.get(LIST, query).context["page"]]


# --- the term --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_due"), [(89, False), (90, False), (91, True)])
def test_a_page_is_overdue_on_the_day_after_its_term(
    coordinator: User, urtam_vk: Account, days: int, is_due: bool
) -> None:
    seen(urtam_vk, coordinator, TODAY - timedelta(days=days))

    urtam_vk.refresh_from_db()
    listed = Account.objects.due_for_verification(TODAY).exists()
    assert (listed, urtam_vk.is_verification_due) == (is_due, is_due)


def test_the_term_goes_over_new_year(coordinator: User, urtam_vk: Account) -> None:
    seen(urtam_vk, coordinator, date(2026, 10, 3))

    due = [Account.objects.due_for_verification(day).exists() for day in (date(2027, 1, 1), date(2027, 1, 2))]

    assert due == [False, True]


@pytest.mark.parametrize(("moment", "is_due"), [("2026-11-25T16:59Z", False), ("2026-11-25T17:00Z", True)])
def test_the_day_begins_at_midnight_of_tomsk(
    client: Client, coordinator: User, urtam_vk: Account, moment: str, is_due: bool
) -> None:
    seen(urtam_vk, coordinator, TODAY - timedelta(days=91))
    client.force_login(coordinator)

    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        page = client.get(LIST).context["page"]

    assert len(page) == is_due


def test_the_term_is_a_setting(coordinator: User, urtam_vk: Account, settings: Any) -> None:
    settings.VERIFICATION_DAYS = 30
    seen(urtam_vk, coordinator, TODAY - timedelta(days=31))

    assert Account.objects.due_for_verification(TODAY).get() == urtam_vk


@pytest.mark.parametrize(("days", "said"), [(90, "раза в 90 дней"), (21, "раза в 21 день"), (62, "раза в 62 дня")])
def test_the_public_page_says_the_term_of_the_setting(client: Client, settings: Any, days: int, said: str) -> None:
    settings.VERIFICATION_DAYS = days

    page = client.get("/").content.decode()

    assert said in page


def test_the_public_page_leads_to_the_report_of_a_fake(client: Client) -> None:
    page = client.get("/").content.decode()

    assert f'<a href="{reverse("registry:fake_report")}">' in page


# --- the list --------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_body_and_network(
    client: Client, coordinator: User, urtam_vk: Account, urtam_ok: Account, chilino_vk: Account
) -> None:
    client.force_login(coordinator)

    assert sorted(listed(client)) == sorted([urtam_vk.name, urtam_ok.name, chilino_vk.name])
    assert sorted(listed(client, organization="urtam")) == sorted([urtam_vk.name, urtam_ok.name])
    assert listed(client, organization="urtam", network="ok") == [urtam_ok.name]


def test_the_list_turns_pages(client: Client, coordinator: User, urtam: Organization, vk: SocialNetwork) -> None:
    for number in range(26):
        make_account(urtam, vk, f"page{number}")
    client.force_login(coordinator)

    assert (len(listed(client)), len(listed(client, page="2"))) == (25, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_page_and_for_three(
    client: Client,
    coordinator: User,
    urtam: Organization,
    vk: SocialNetwork,
    own_page: CheckItem,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_account(urtam, vk, f"page{number}")
    client.force_login(coordinator)

    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(LIST)


QUERIES_OF_LIST = 15


# --- several at once -------------------------------------------------------------------------------


def test_several_pages_are_noted_at_once_each_with_a_row_of_its_history(
    client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account, own_page: CheckItem
) -> None:
    client.force_login(coordinator)

    answer = client.post(LIST, {"account": [urtam_vk.pk, chilino_vk.pk], f"check-item_{own_page.pk}": "yes"})

    assert answer.status_code == 302
    assert set(Account.objects.values_list("last_verified_on", "last_verified_by")) == {(TODAY, coordinator.pk)}
    changes = EntryChange.objects.order_by("account")
    assert [(row.kind, row.by) for row in changes] == [("verified", coordinator)] * 2
    assert [row.inner["checklist"] for row in changes] == [[None, "Страница принадлежит органу: да"]] * 2


def test_a_page_out_of_reach_does_not_exist_and_nothing_is_noted(
    client: Client, coordinator: User, other_district: Organization, vk: SocialNetwork, urtam_vk: Account
) -> None:
    strange = make_account(other_district, vk, "strange")
    client.force_login(coordinator)

    answer = client.post(LIST, {"account": [urtam_vk.pk, strange.pk]})

    assert (answer.status_code, EntryChange.objects.count()) == (404, 0)


def test_a_page_that_was_closed_meanwhile_is_too_late_and_nothing_is_noted(
    client: Client, coordinator: User, urtam_vk: Account, chilino_vk: Account
) -> None:
    Account.objects.filter(pk=chilino_vk.pk).update(status=AccountStatus.ARCHIVED)
    client.force_login(coordinator)

    answer = client.post(LIST, {"account": [urtam_vk.pk, chilino_vk.pk]})

    assert (answer.status_code, EntryChange.objects.count()) == (302, 0)


@pytest.mark.parametrize("answers", [{}, {"yes_of_nothing": "yes"}, {"must": "no"}])
def test_without_the_checklist_nothing_is_noted_and_the_marks_stay(
    client: Client, coordinator: User, urtam_vk: Account, own_page: CheckItem, answers: dict[str, str]
) -> None:
    client.force_login(coordinator)
    said = {f"check-item_{own_page.pk}": answers[name] for name in answers if name == "must"}

    answer = client.post(LIST, {"account": urtam_vk.pk, **said})

    assert (answer.status_code, answer.context["chosen"], EntryChange.objects.count()) == (400, [urtam_vk.pk], 0)


def test_no_page_marked_is_said_in_a_sentence(client: Client, coordinator: User, urtam_vk: Account) -> None:
    client.force_login(coordinator)

    answer = client.post(LIST, {"account": "x"})

    assert (answer.status_code, bool(answer.context["refusal"])) == (400, True)


def test_the_choice_of_the_list_is_kept_after_noting(client: Client, coordinator: User, urtam_vk: Account) -> None:
    client.force_login(coordinator)

    answer = client.post(f"{LIST}?organization=urtam", {"account": urtam_vk.pk})

    assert answer.headers["Location"] == f"{LIST}?organization=urtam"


# --- who is told -----------------------------------------------------------------------------------


def test_the_department_is_told_once_a_week_how_many_are_overdue(
    coordinator: User, editor: User, urtam_vk: Account, chilino_vk: Account
) -> None:
    days = [TODAY, TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=4)]

    told = [reviewing.remind(day) for day in days]

    assert told == [1, 0, 0, 1]
    notice = Notice.objects.order_by("pk")[0]
    assert (notice.user, notice.title) == (coordinator, "Нужно снова проверить 2 страницы реестра")


def test_nobody_is_told_of_pages_seen_in_time(coordinator: User, urtam_vk: Account) -> None:
    seen(urtam_vk, coordinator, TODAY)

    assert (reviewing.remind(TODAY), Notice.objects.count()) == (0, 0)


def test_each_body_is_asked_once_a_year_whether_its_entries_are_right(
    editor: User, coordinator: User, urtam_vk: Account, urtam_ok: Account, settings: Any
) -> None:
    settings.YEARLY_LETTER_MONTH = 2
    days = [date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 2), date(2027, 3, 1), date(2028, 2, 29)]

    asked = [reviewing.write_yearly(day) for day in days]

    assert asked == [0, 1, 0, 0, 1]
    notice = Notice.objects.order_by("pk")[0]
    assert (notice.user, notice.url) == (editor, "/registry/?organization=urtam")
    assert (urtam_vk.name in notice.text, urtam_ok.address in notice.text) == (True, True)


@pytest.mark.parametrize(("choice", "letters"), [("at_once", 1), ("daily", 1), ("portal", 0)])
def test_the_yearly_letter_comes_as_each_person_chose(
    editor: User, urtam_vk: Account, settings: Any, choice: str, letters: int
) -> None:
    User.objects.filter(pk=editor.pk).update(mail_choice=choice)
    settings.YEARLY_LETTER_MONTH = 2
    with time_machine.travel(datetime.fromisoformat("2027-02-01T09:40+07:00"), tick=False):
        reviewing.write_yearly()

    for moment in ("2027-02-01T10:05+07:00", "2027-02-01T17:00+07:00", "2027-02-02T09:05+07:00"):
        mailing.write_letters(datetime.fromisoformat(moment))

    assert (Notice.objects.count(), Letter.objects.count()) == (1, letters)
