"""Fakes: a resident reports without an account, the department decides, everybody sees the list."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import make_account
from people.models import Organization, User
from registry import fakes
from registry.models import Account, AccountStatus, FakeReport, KnownFake, SocialNetwork

REPORT = "/fakes/report/"
SUSPECT = "https://vk.com/urtam_dem0"


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fakes, "REPORTS_AN_HOUR", 1000)


def filled(**fields: str) -> dict[str, str]:
    """What a person sends a minute after opening the page."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        opened = TimestampSigner(salt="report").sign("form")
    return {"url": SUSPECT, "opened": opened, **fields}


def test_a_resident_reports_without_an_account(client: Client, urtam_vk: Account) -> None:
    response = client.post(REPORT, filled(words="Просят перевести деньги"))

    assert response.status_code == 302
    assert list(FakeReport.objects.values_list("url", "words")) == [(SUSPECT, "Просят перевести деньги")]


def test_the_same_page_reported_again_is_counted(client: Client, urtam_vk: Account) -> None:
    client.post(REPORT, filled())

    client.post(REPORT, filled(url="vk.com/URTAM_DEM0"))

    assert [report.times for report in FakeReport.objects.all()] == [2]


@pytest.mark.parametrize("field", [{"homepage": "https://spam.example"}, {"opened": ""}, {"opened": "forged"}])
def test_a_robot_is_thanked_and_leaves_nothing(field: dict[str, str], client: Client, urtam_vk: Account) -> None:
    response = client.post(REPORT, {**filled(), **field})

    assert response.status_code == 302
    assert not FakeReport.objects.exists()


def test_who_is_quicker_than_a_person_leaves_nothing(client: Client, urtam_vk: Account) -> None:
    client.post(REPORT, {"url": SUSPECT, "opened": TimestampSigner(salt="report").sign("form")})

    assert not FakeReport.objects.exists()


def test_too_many_reports_are_refused_with_a_sentence(
    client: Client, urtam_vk: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fakes, "REPORTS_AN_HOUR", 1)
    client.post(REPORT, filled())

    response = client.post(REPORT, filled(url="vk.com/another"))

    assert response.status_code == 400
    assert "слишком много сообщений" in response.content.decode()
    assert FakeReport.objects.count() == 1


def test_an_official_page_cannot_be_reported_and_what_was_typed_stays(client: Client, urtam_vk: Account) -> None:
    response = client.post(REPORT, filled(url=urtam_vk.url, words="не верю"))

    page = response.content.decode()
    assert response.status_code == 400
    assert "Это официальная страница" in page
    assert "не верю" in page


def test_a_confirmed_fake_stands_in_the_open_list(
    client: Client, coordinator: User, urtam_vk: Account, vk: SocialNetwork
) -> None:
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    client.force_login(coordinator)

    client.post(
        reverse("registry:report_confirm", args=[report.pk]),
        {"organization": urtam_vk.organization_id, "account": urtam_vk.pk, "seen_on": "2026-11-20"},
    )

    client.logout()
    assert SUSPECT in client.get("/fakes/").content.decode()
    assert "Это подделка" in client.get("/check/", {"url": SUSPECT}).content.decode()


def test_a_fake_is_never_a_link(client: Client, urtam_vk: Account, coordinator: User) -> None:
    KnownFake.objects.create(
        organization=urtam_vk.organization,
        url=SUSPECT,
        seen_on="2026-11-01",
        state_since="2026-11-01",
        confirmed_by=coordinator,
    )

    page = client.get("/fakes/").content.decode()

    assert SUSPECT in page
    assert f'href="{SUSPECT}' not in page
    assert coordinator.last_name not in page


def test_a_rejected_report_keeps_its_reason(client: Client, coordinator: User, vk: SocialNetwork) -> None:
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    client.force_login(coordinator)

    client.post(reverse("registry:report_reject", args=[report.pk]), {"answer": "Страница жителя"})

    report.refresh_from_db()
    assert (report.state, report.answer, report.handled_by) == ("rejected", "Страница жителя", coordinator)


def test_two_coordinators_at_once_one_is_told(client: Client, coordinator: User, vk: SocialNetwork) -> None:
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    client.force_login(coordinator)
    client.post(reverse("registry:report_reject", args=[report.pk]), {"answer": "Страница жителя"})

    response = client.post(reverse("registry:report_reject", args=[report.pk]), {"answer": "Ещё раз"}, follow=True)

    assert "уже рассмотрел" in response.content.decode()


# --- the check ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("vk.com/urtam_demo", "Да, это страница органа"),
        ("vk.com/old_urtam", "Была официальной до 1 июня 2025"),
        ("vk.com/stranger", "Этой страницы нет в реестре"),
        ("facebook.com/urtam", "В этой сети нет официальных страниц"),
        ("не ссылка вовсе", "Эту ссылку не получается прочитать"),
    ],
)
def test_the_page_says_each_answer(
    text: str, says: str, client: Client, urtam_vk: Account, urtam: Organization, vk: SocialNetwork, facebook: object
) -> None:
    make_account(urtam, vk, "old_urtam", status=AccountStatus.ARCHIVED, closed_on="2025-06-01")

    page = client.get("/check/", {"url": text}).content.decode()

    assert says in re.sub(r"\s+", " ", page)


def test_the_api_answers_in_four_keys(client: Client, urtam_vk: Account) -> None:
    answer = client.get("/api/v1/accounts/verify/", {"url": "vk.com/urtam_demo"}).json()

    assert list(answer) == ["answer", "url", "account", "lookalikes"]
    assert (answer["answer"], answer["url"], answer["account"]["id"]) == ("official", urtam_vk.url, urtam_vk.pk)


@pytest.mark.parametrize("query", [{}, {"url": ""}, {"url": "v" * 2001}])
def test_the_api_refuses_only_what_is_missing_or_too_long(query: dict[str, str], client: Client, vk: object) -> None:
    assert client.get("/api/v1/accounts/verify/", query).status_code == 400


@pytest.mark.parametrize("url", ["x" * 2000, "vk.com/", "facebook.com/a", "@", "https://[", "%ff", "vk.com/%ff"])
def test_the_api_answers_whatever_is_pasted(url: str, client: Client, vk: object, facebook: object) -> None:
    response = client.get("/api/v1/accounts/verify/", {"url": url})

    assert response.status_code == 200
    assert response.json()["answer"] != "official"


def test_the_api_answers_a_hundred_at_once(client: Client, urtam_vk: Account) -> None:
    urls = ["vk.com/urtam_demo", "vk.com/stranger"] * 50

    answers = client.post("/api/v1/accounts/verify/", {"urls": urls}, content_type="application/json").json()["answers"]

    assert [answer["answer"] for answer in answers] == ["official", "not_listed"] * 50


def test_more_than_a_hundred_at_once_is_refused(client: Client, vk: object) -> None:
    response = client.post("/api/v1/accounts/verify/", {"urls": ["vk.com/a"] * 101}, content_type="application/json")

    assert response.status_code == 400


# --- the sign -----------------------------------------------------------------------------------


def test_the_code_of_an_official_page_leads_to_its_card(client: Client, urtam_vk: Account) -> None:
    response = client.get(reverse("registry:account_code", args=[urtam_vk.pk]))

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<?xml")


@pytest.mark.parametrize("status", [AccountStatus.ARCHIVED, AccountStatus.SUSPENDED, AccountStatus.PLANNED])
def test_only_an_official_page_has_a_sign(status: AccountStatus, client: Client, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(status=status)

    assert client.get(reverse("registry:account_sign", args=[urtam_vk.pk])).status_code == 404


@pytest.mark.usefixtures("past_the_database")
def test_a_prohibited_network_has_no_sign(client: Client, urtam: Organization, facebook: SocialNetwork) -> None:
    account = make_account(urtam, facebook, "urtam")

    assert client.get(reverse("registry:account_code", args=[account.pk])).status_code == 404


# --- mistakes are mended ------------------------------------------------------------------------


def known(url: str, account: Account, by: User, **fields: str) -> KnownFake:
    since = {"seen_on": "2026-11-01", "state_since": "2026-11-01"}
    whose = {"organization": account.organization, "account": account, "network": account.network}
    return KnownFake.objects.create(url=url, confirmed_by=by, **whose, **since, **fields)


def test_a_rejected_report_is_looked_at_again(client: Client, coordinator: User, vk: SocialNetwork) -> None:
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    fakes.reject(report, answer="Страница жителя", by=coordinator)
    client.force_login(coordinator)

    client.post(reverse("registry:report_reopen", args=[report.pk]))

    report.refresh_from_db()
    assert (report.state, report.answer, report.handled_by, report.handled_at) == ("new", "", None, None)


def test_the_history_keeps_why_a_reopened_report_was_rejected(
    client: Client, coordinator: User, vk: SocialNetwork
) -> None:
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    fakes.reject(report, answer="Страница жителя", by=coordinator)
    fakes.reopen(report, by=coordinator)
    client.force_login(coordinator)

    page = client.get(reverse("registry:report_confirm", args=[report.pk])).content.decode()

    assert "Страница жителя" in page


def test_a_report_does_not_reopen_beside_a_newer_one_of_the_same_page(
    client: Client, coordinator: User, vk: SocialNetwork
) -> None:
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    fakes.reject(report, answer="Страница жителя", by=coordinator)
    FakeReport.objects.create(url=SUSPECT, network=vk)
    client.force_login(coordinator)

    response = client.post(reverse("registry:report_reopen", args=[report.pk]), follow=True)

    report.refresh_from_db()
    assert report.state == "rejected"
    assert "сообщили снова" in response.content.decode()


def test_a_page_listed_by_mistake_is_no_fake_for_anybody(client: Client, coordinator: User, urtam_vk: Account) -> None:
    fake = known(SUSPECT, urtam_vk, coordinator)
    client.force_login(coordinator)

    client.post(reverse("registry:fake_edit", args=[fake.pk]), {"state": "mistake"})

    client.logout()
    assert SUSPECT not in client.get("/fakes/").content.decode()
    assert client.get("/api/v1/accounts/verify/", {"url": SUSPECT}).json()["answer"] == "not_listed"


@pytest.mark.parametrize("state", ["gone", "mistake"])
def test_a_fake_that_came_back_works_again(
    state: str, coordinator: User, urtam_vk: Account, vk: SocialNetwork, client: Client
) -> None:
    known(SUSPECT, urtam_vk, coordinator, state=state)
    report = FakeReport.objects.create(url=SUSPECT, network=vk)
    client.force_login(coordinator)

    client.post(
        reverse("registry:report_confirm", args=[report.pk]),
        {"organization": urtam_vk.organization_id, "seen_on": "2026-11-20", "note": "Снова собирают деньги"},
    )

    fake = KnownFake.objects.get()
    assert (fake.state, fake.note, fake.state_since) == ("seen", "Снова собирают деньги", timezone.localdate())


def test_a_page_that_joined_the_registry_meanwhile_is_not_called_a_fake(
    client: Client, coordinator: User, urtam_vk: Account, vk: SocialNetwork
) -> None:
    report = FakeReport.objects.create(url=urtam_vk.url, network=vk)
    client.force_login(coordinator)

    response = client.post(
        reverse("registry:report_confirm", args=[report.pk]),
        {"organization": urtam_vk.organization_id, "seen_on": "2026-11-20"},
    )

    assert response.status_code == 400
    assert not KnownFake.objects.exists()


def test_what_a_second_resident_writes_of_the_same_page_is_read_too(client: Client, urtam_vk: Account) -> None:
    client.post(REPORT, filled(words="Просят перевести деньги"))

    client.post(REPORT, filled(words="Пишут от имени главы"))

    assert FakeReport.objects.get().words == "Просят перевести деньги\n\nПишут от имени главы"
