"""The pages of the weekly check: who sees what, filters, empty weeks, and what each may do."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from time_machine import Traveller

from compliance.check import check_week
from compliance.models import Circumstance, CircumstanceKind, Finding, WeekCheck
from compliance.tests.conftest import MONDAY_MORNING, TOMSK, WEEK, Explain, publish
from compliance.views.weeks import LINES_ON_PAGE
from conftest import make_account
from contentplan.models import Norm, Publication
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("monday_morning", "norm")

DETAIL = f"/weeks/{WEEK}/"


def page(client: Client, user: User, address: str = DETAIL) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def accounts_on(client: Client, user: User, address: str = DETAIL) -> list[str]:
    client.force_login(user)
    return [finding.account.name for finding in client.get(address).context["page"]]


@pytest.fixture
def checked(monday_morning: object, norm: Norm, urtam_vk: Account, urtam_ok: Account, chilino_vk: Account) -> None:
    """Urtam kept the norm in one of two accounts, Chilino published once."""
    publish(urtam_vk, 5)
    publish(urtam_ok, 3)
    publish(chilino_vk, 1)
    check_week(WEEK, TOMSK)


@pytest.mark.usefixtures("checked")
class TestWeek:
    def test_coordinator_sees_every_body(self, client: Client, coordinator: User) -> None:
        assert accounts_on(client, coordinator) == ["Urtam официально", "Urtam официально", "Chilino официально"]

    def test_editor_sees_the_own_body_only(self, client: Client, editor: User) -> None:
        html = page(client, editor)

        assert ("Urtam официально" in html, "Chilino" in html) == (True, False)

    def test_another_district_sees_nothing_of_this_one(self, client: Client, outsider: User) -> None:
        html = page(client, outsider)

        assert ("Urtam" in html, "Chilino" in html) == (False, False)

    def test_result_filters(self, client: Client, coordinator: User) -> None:
        assert accounts_on(client, coordinator, f"{DETAIL}?result=kept") == ["Urtam официально"]

    def test_body_filters(self, client: Client, coordinator: User) -> None:
        assert accounts_on(client, coordinator, f"{DETAIL}?body=chilino") == ["Chilino официально"]

    def test_chips_count_what_the_other_filter_leaves(self, client: Client, coordinator: User) -> None:
        client.force_login(coordinator)

        chips = client.get(f"{DETAIL}?body=urtam").context["chips"]

        assert [(chip["label"], chip["count"]) for chip in chips] == [("все", 2), ("выполнена", 1), ("не выполнена", 1)]

    def test_the_chosen_chip_stays_when_nothing_is_left(self, client: Client, coordinator: User) -> None:
        client.force_login(coordinator)

        chips = client.get(f"{DETAIL}?result=exempt").context["chips"]

        assert [(chip["count"], chip["current"]) for chip in chips] == [(3, False), (1, False), (2, False), (0, True)]

    @pytest.mark.parametrize("query", ["?result=nonsense", "?page=999", "?page=x", "?result=%00"])
    def test_a_strange_address_is_still_a_page(self, client: Client, coordinator: User, query: str) -> None:
        assert "Urtam официально" in page(client, coordinator, DETAIL + query)

    def test_a_filter_that_fits_nothing_says_what_to_do(self, client: Client, coordinator: User) -> None:
        assert "Под этот отбор ничего не подходит" in page(client, coordinator, f"{DETAIL}?body=nowhere")

    def test_meter_speaks(self, client: Client, coordinator: User) -> None:
        assert "ВКонтакте: вышло 1 из 5" in page(client, coordinator)

    def test_observer_is_offered_nothing_to_change(self, client: Client, observer: User) -> None:
        html = page(client, observer)

        assert ("Проверить ещё раз" in html, "Объяснить" in html, "Добавить обстоятельство" in html) == (False,) * 3

    def test_late_links_are_noticed(self, client: Client, coordinator: User, urtam_ok: Account) -> None:
        publish(urtam_ok, 2)
        Publication.objects.update(recorded_at=datetime(2026, 11, 23, 8, tzinfo=TOMSK))
        WeekCheck.objects.update(finished_at=datetime(2026, 11, 23, 7, 30, tzinfo=TOMSK))

        assert "записали 11 публикаций этой недели" in page(client, coordinator)

    def test_check_again_finds_them(
        self,
        client: Client,
        coordinator: User,
        urtam_ok: Account,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        publish(urtam_ok, 2)
        client.force_login(coordinator)

        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("compliance:week_check", args=[WEEK]))

        assert Finding.objects.get(account=urtam_ok).result == "kept"
        assert "не выполнена, 3 из 5" in page(client, coordinator)

    @pytest.mark.parametrize("person", ["editor", "observer", "moderator"])
    def test_others_do_not_check(self, client: Client, person: str, request: pytest.FixtureRequest) -> None:
        client.force_login(request.getfixturevalue(person))

        assert client.post(reverse("compliance:week_check", args=[WEEK])).status_code == 403

    def test_list_sums_the_weeks_up(self, client: Client, coordinator: User) -> None:
        assert "Норму выполнили 0 из 2 органов." in page(client, coordinator, "/weeks/")

    def test_matrix_tells_how_the_week_ended(self, client: Client, coordinator: User) -> None:
        html = page(client, coordinator, f"/plans/?from={WEEK}")

        assert html.count("не выполнена") == 2

    def test_a_last_week_without_a_check_is_offered_to_who_may(
        self, client: Client, coordinator: User, editor: User, monday_morning: Traveller
    ) -> None:
        monday_morning.move_to(MONDAY_MORNING + timedelta(days=7))
        form = f'action="/weeks/{WEEK.next}/check/"'

        pages = [page(client, person, "/weeks/") for person in (coordinator, editor)]

        assert ["Неделя 23–29 ноября ещё не проверена" in html for html in pages] == [True, True]
        assert [form in html for html in pages] == [True, False]

    def test_a_check_of_another_zone_is_not_a_check_of_this_one(self, client: Client, coordinator: User) -> None:
        WeekCheck.objects.create(monday=WEEK.previous.monday, timezone="Europe/Moscow", finished_at=timezone.now())
        client.force_login(coordinator)

        assert [week for week, _totals in client.get("/weeks/").context["weeks"]] == [WEEK]

    def test_pages_keep_the_filter(
        self, client: Client, coordinator: User, urtam: Organization, vk: SocialNetwork
    ) -> None:
        for n in range(LINES_ON_PAGE):
            make_account(urtam, vk, f"more_{n}")
        check_week(WEEK, TOMSK)

        html = page(client, coordinator, f"{DETAIL}?body=urtam&result=not_kept")

        assert "?body=urtam&amp;result=not_kept&amp;page=2" in html
        assert len(accounts_on(client, coordinator, f"{DETAIL}?body=urtam&result=not_kept&page=2")) == 1

    @pytest.mark.parametrize("person", ["editor", "deputy", "moderator", "observer", "administrator", "coordinator"])
    @pytest.mark.parametrize("address", ["/today/", "/weeks/", DETAIL, f"{DETAIL}export.xlsx"])
    def test_every_role_opens_every_page(
        self, client: Client, person: str, address: str, request: pytest.FixtureRequest
    ) -> None:
        client.force_login(request.getfixturevalue(person))

        assert client.get(address).status_code == 200

    @pytest.mark.parametrize("address", ["/today/", "/weeks/", DETAIL, f"{DETAIL}export.xlsx"])
    def test_a_stranger_is_sent_to_sign_in(self, client: Client, address: str) -> None:
        assert client.get(address).headers["Location"].startswith("/me/login/")

    @pytest.mark.parametrize("address", ["/weeks/", DETAIL, f"{DETAIL}export.xlsx"])
    def test_somebody_without_a_role_is_refused(self, client: Client, nobody: User, address: str) -> None:
        client.force_login(nobody)

        assert client.get(address).status_code == 403


class TestNothingYet:
    def test_an_unchecked_week_offers_the_check_to_who_may(self, client: Client, coordinator: User) -> None:
        assert "Проверить сейчас" in page(client, coordinator)

    def test_who_may_not_is_told_when_it_comes(self, client: Client, editor: User) -> None:
        html = page(client, editor)

        assert ("Проверить сейчас" in html, "Эта неделя ещё не проверена" in html) == (False, True)

    def test_a_running_week_cannot_be_checked(self, client: Client, coordinator: User) -> None:
        client.force_login(coordinator)

        answer = client.post(reverse("compliance:week_check", args=[WEEK.next]), follow=True)

        assert "Проверить её можно, когда она закончится" in answer.content.decode()
        assert not WeekCheck.objects.filter(monday=WEEK.next.monday).exists()

    def test_a_week_to_come_has_not_begun(self, client: Client, coordinator: User) -> None:
        assert "Неделя ещё не началась" in page(client, coordinator, f"/weeks/{WEEK + 2}/")

    def test_an_old_week_is_checked_when_somebody_asks(self, client: Client, coordinator: User) -> None:
        html = page(client, coordinator, f"/weeks/{WEEK.previous}/")

        assert ("а более ранние — когда попросят" in html, "Проверить сейчас" in html) == (True, True)

    def test_list_without_a_check(self, client: Client, editor: User) -> None:
        assert "Проверок ещё не было" in page(client, editor, "/weeks/")

    @pytest.mark.parametrize("week", ["2026-W54", "2025-W53", "2026-W00", "nonsense"])
    def test_a_week_that_does_not_exist(self, client: Client, coordinator: User, week: str) -> None:
        client.force_login(coordinator)

        assert client.get(f"/weeks/{week}/").status_code == 404


class TestExplanation:
    ADDRESS = f"{DETAIL}circumstances/new/"

    def fields(self, account: Account, **changed: str) -> dict[str, str]:
        values = {
            "about": f"account-{account.pk}",
            "kind": CircumstanceKind.UNVERIFIABLE,
            "starts_on": "2026-11-16",
            "ends_on": "2026-11-22",
            "reason": "нет доступа к странице",
        }
        return {**values, **changed}

    def test_it_changes_the_result_of_a_checked_week(
        self,
        client: Client,
        coordinator: User,
        urtam_vk: Account,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        check_week(WEEK, TOMSK)
        client.force_login(coordinator)

        with django_capture_on_commit_callbacks(execute=True):
            client.post(self.ADDRESS, self.fields(urtam_vk))

        finding = Finding.objects.get(account=urtam_vk)
        assert (finding.result, finding.reason) == ("not_verified", "нет доступа к странице")

    def test_taking_it_back_does_too(
        self,
        client: Client,
        coordinator: User,
        urtam_vk: Account,
        explain: Explain,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        said = explain(urtam_vk, CircumstanceKind.EXEMPT)
        check_week(WEEK, TOMSK)
        client.force_login(coordinator)

        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("compliance:circumstance_end", args=[WEEK, said.pk]))

        assert Finding.objects.get(account=urtam_vk).result == "not_kept"
        assert not Circumstance.objects.exists()

    def test_one_that_began_before_ends_with_the_week_before(
        self, client: Client, coordinator: User, urtam_vk: Account, explain: Explain
    ) -> None:
        said = explain(urtam_vk, CircumstanceKind.EXEMPT, starts_on=WEEK.previous.monday)
        client.force_login(coordinator)

        client.post(reverse("compliance:circumstance_end", args=[WEEK, said.pk]))

        said.refresh_from_db()
        assert said.ends_on == WEEK.previous.sunday

    def test_mistakes_are_named_and_nothing_typed_is_lost(
        self, client: Client, coordinator: User, urtam_vk: Account
    ) -> None:
        client.force_login(coordinator)

        html = client.post(self.ADDRESS, self.fields(urtam_vk, ends_on="2026-11-10")).content.decode()

        assert "нет доступа к странице" in html
        assert "не может быть раньше" in html
        assert not Circumstance.objects.exists()

    @pytest.mark.parametrize("about", ["account-999999", "body-x", "account-", "nonsense"])
    def test_nobody_else_can_be_named(self, client: Client, coordinator: User, urtam_vk: Account, about: str) -> None:
        client.force_login(coordinator)

        assert client.post(self.ADDRESS, self.fields(urtam_vk, about=about)).status_code == 200
        assert not Circumstance.objects.exists()

    def test_another_district_cannot_explain_for_this_one(
        self, client: Client, outsider: User, urtam_vk: Account, explain: Explain
    ) -> None:
        said = explain(urtam_vk, CircumstanceKind.EXEMPT)
        client.force_login(outsider)

        client.post(self.ADDRESS, self.fields(urtam_vk))
        ended = client.post(reverse("compliance:circumstance_end", args=[WEEK, said.pk]))

        assert (Circumstance.objects.count(), ended.status_code) == (1, 404)

    @pytest.mark.parametrize("person", ["editor", "observer", "moderator", "administrator"])
    def test_only_the_department_explains(self, client: Client, person: str, request: pytest.FixtureRequest) -> None:
        client.force_login(request.getfixturevalue(person))

        assert client.get(self.ADDRESS).status_code == 403


@pytest.mark.parametrize(("address", "queries"), [(DETAIL, 14), ("/weeks/", 9)])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    coordinator: User,
    urtam_vk: Account,
    urtam: Organization,
    vk: SocialNetwork,
    address: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    check_week(WEEK, TOMSK)
    client.force_login(coordinator)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)
    for name in ("second", "third"):
        make_account(urtam, vk, name)
    check_week(WEEK, TOMSK)
    with django_assert_num_queries(queries):
        client.get(address)


def test_week_knows_its_neighbours(client: Client, coordinator: User) -> None:
    html = page(client, coordinator, f"/weeks/{Week.parse('2026-W53')}/")

    assert (f"/weeks/{Week.parse('2026-W52')}/" in html, f"/weeks/{Week.parse('2027-W01')}/" in html) == (True, True)
