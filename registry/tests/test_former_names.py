"""Is this page real, asked by a name or address that a page of the registry bore before it was renamed."""

from datetime import date, datetime
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from people.models import Organization, User
from registry import actions
from registry.fake_forms import ReportForm
from registry.models import Account, AccountStatus, FormerName, KnownFake, NetworkStatus, SocialNetwork
from registry.tests.conftest import enter, text_of
from registry.verification import Answer, Verdict, verify

VERIFY, CHECK = "/api/v1/accounts/verify/", "/check/"
RENAMED = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def rename(account: Account, handle: str, by: User, on: date = RENAMED) -> Account:
    """As the portal does when an accepted change brings another address."""
    account = Account.objects.get(pk=account.pk)
    account.url, account.handle = f"https://{account.network.hosts[0]}/{handle}", handle  # type: ignore[union-attr]
    with time_machine.travel(datetime.fromisoformat(f"{on}T12:00+07:00"), tick=False):
        return actions.edit_account(account, by=by)


@pytest.fixture
def renamed(urtam: Organization, vk: SocialNetwork, coordinator: User) -> Account:
    """A page of Urtam that was `urtam_old` until it was renamed."""
    return rename(enter(urtam, vk, "urtam_old"), "urtam_new", coordinator)


def pretender(renamed: Account, coordinator: User, url: str = "https://vk.com/urtam_old") -> KnownFake:
    return KnownFake.objects.create(
        organization=renamed.organization,
        network=renamed.network,
        url=url,
        seen_on=RENAMED,
        state_since=RENAMED,
        confirmed_by=coordinator,
    )


def told(answer: Answer) -> tuple[Any, ...]:
    return answer.verdict, answer.account, answer.until


@pytest.mark.parametrize(
    "text", ["vk.com/urtam_old", "https://m.vk.com/URTAM_OLD?from=qr", "vk.com/urtam_old?w=wall-5_7", "@urtam_old"]
)
def test_a_former_name_was_official_until_the_page_was_renamed(renamed: Account, text: str) -> None:
    assert told(verify(text)) == (Verdict.FORMER, renamed, RENAMED)


def test_machines_are_told_the_old_link_and_the_page_of_today(client: Client, renamed: Account) -> None:
    said = client.get(VERIFY, {"url": "vk.com/urtam_old"}).json()

    assert (said["answer"], said["url"]) == ("former", "https://vk.com/urtam_old")
    assert (said["account"]["id"], said["account"]["url"]) == (renamed.pk, renamed.url)
    assert said["lookalikes"] == []


def test_a_link_of_spaces_only_is_an_answer_and_no_refusal(client: Client, renamed: Account) -> None:
    said = client.get(VERIFY, {"url": "   "})

    assert (said.status_code, said.json()["answer"]) == (200, "unreadable")


def test_people_are_shown_where_the_page_is_now(client: Client, renamed: Account) -> None:
    said = text_of(client, CHECK, url="vk.com/urtam_old")

    assert "Была официальной до 20 ноября 2026" in said
    assert "переименовали" in said
    assert 'href="https://vk.com/urtam_new"' in said
    assert 'href="https://vk.com/urtam_old"' not in said


def test_every_name_of_a_page_renamed_twice_has_its_own_day(renamed: Account, coordinator: User) -> None:
    later = rename(renamed, "urtam_newest", coordinator, on=date(2026, 11, 24))

    assert told(verify("vk.com/urtam_old")) == (Verdict.FORMER, later, RENAMED)
    assert told(verify("vk.com/urtam_new")) == (Verdict.FORMER, later, date(2026, 11, 24))


def test_a_page_that_took_its_old_name_back_is_official_by_it(renamed: Account, coordinator: User) -> None:
    again = rename(renamed, "urtam_old", coordinator, on=date(2026, 11, 24))

    assert told(verify("vk.com/urtam_old"))[:2] == (Verdict.OFFICIAL, again)


def test_an_old_name_that_a_pretender_took_is_a_fake(renamed: Account, coordinator: User) -> None:
    fake = pretender(renamed, coordinator)

    answer = verify("vk.com/urtam_old")

    assert (answer.verdict, answer.fake) == (Verdict.FAKE, fake)
    assert [like.account for like in answer.lookalikes] == [renamed]


def test_an_old_name_that_another_body_took_is_official_for_that_body(
    renamed: Account, chilino: Organization, vk: SocialNetwork
) -> None:
    heir = enter(chilino, vk, "urtam_old")

    assert told(verify("vk.com/urtam_old"))[:2] == (Verdict.OFFICIAL, heir)


def test_an_old_name_that_waits_for_another_body_is_not_official_yet(
    renamed: Account, chilino: Organization, vk: SocialNetwork
) -> None:
    enter(chilino, vk, "urtam_old", status=AccountStatus.UNCONFIRMED)

    assert told(verify("vk.com/urtam_old")) == (Verdict.FORMER, renamed, RENAMED)


def test_a_number_that_stays_is_no_former_name(urtam: Organization, vk: SocialNetwork, coordinator: User) -> None:
    page = enter(urtam, vk, "club123", external_id="123")
    page = rename(page, "urtam_named", coordinator)

    assert told(verify("vk.com/public123"))[:2] == (Verdict.OFFICIAL, page)


def test_a_name_that_was_never_public_is_not_listed(urtam: Organization, vk: SocialNetwork, coordinator: User) -> None:
    mistyped = enter(urtam, vk, "urtam_mistyped", status=AccountStatus.UNCONFIRMED)
    rename(mistyped, "urtam_right", coordinator)

    assert verify("vk.com/urtam_mistyped").verdict == Verdict.NOT_LISTED


def test_the_old_name_of_a_page_closed_since_keeps_its_own_day(
    client: Client, renamed: Account, coordinator: User
) -> None:
    renamed.status, renamed.closed_on = AccountStatus.ARCHIVED, date(2026, 11, 25)
    actions.edit_account(renamed, by=coordinator)

    assert told(verify("vk.com/urtam_old"))[2] == RENAMED
    assert "vk.com/urtam_new" not in text_of(client, CHECK, url="vk.com/urtam_old")


def test_a_page_that_moved_to_another_network_leaves_its_old_address(
    renamed: Account, ok: SocialNetwork, coordinator: User
) -> None:
    moved = Account.objects.get(pk=renamed.pk)
    moved.network, moved.url, moved.handle = ok, "https://ok.ru/urtam_ok", "urtam_ok"
    moved = actions.edit_account(moved, by=coordinator)

    answer = verify("vk.com/urtam_new")

    assert (answer.verdict, answer.account) == (Verdict.FORMER, moved)


def test_an_old_name_in_a_network_prohibited_since_says_only_that(
    client: Client, renamed: Account, vk: SocialNetwork, ok: SocialNetwork, coordinator: User
) -> None:
    moved = Account.objects.get(pk=renamed.pk)
    moved.network, moved.url, moved.handle = ok, "https://ok.ru/urtam_ok", "urtam_ok"
    moved = actions.edit_account(moved, by=coordinator)
    NetworkStatus.objects.create(network=vk, status="prohibited", starts_on=RENAMED, basis="…")

    assert told(verify("vk.com/urtam_new")) == (Verdict.PROHIBITED, None, None)
    assert verify("@urtam_new").verdict == Verdict.NOT_LISTED
    assert "urtam_new" not in text_of(client, f"/accounts/{moved.pk}/")
    assert client.get("/accounts/vk/urtam_new/").status_code == 404


def test_a_bare_name_of_one_page_that_was_the_name_of_another_is_not_guessed(
    renamed: Account, chilino: Organization, ok: SocialNetwork
) -> None:
    enter(chilino, ok, "urtam_old")

    assert verify("@urtam_old").verdict == Verdict.UNREADABLE


def test_a_bare_name_of_a_page_and_of_a_known_fake_is_not_guessed(
    renamed: Account, ok: SocialNetwork, coordinator: User
) -> None:
    pretender(renamed, coordinator, "https://ok.ru/urtam_new")

    assert verify("@urtam_new").verdict == Verdict.UNREADABLE


def test_a_bare_name_only_a_known_fake_bears_is_a_fake(renamed: Account, ok: SocialNetwork, coordinator: User) -> None:
    fake = pretender(renamed, coordinator, "https://ok.ru/urtam_glava")

    answer = verify("urtam_glava")

    assert (answer.verdict, answer.url) == (Verdict.FAKE, fake.url)


@pytest.mark.parametrize(
    ("text", "why"),
    [("vk.com/urtam_o1d", "twin_letters"), ("vk.com/urtamold", "signs"), ("ok.ru/urtam_old", "same_name")],
)
def test_what_resembles_a_former_name_names_the_page_of_today(
    renamed: Account, ok: SocialNetwork, text: str, why: str
) -> None:
    answer = verify(text)

    assert answer.verdict == Verdict.NOT_LISTED
    assert [(like.account, like.why) for like in answer.lookalikes] == [(renamed, why)]


def test_a_resident_may_report_what_stands_at_a_former_name(client: Client, renamed: Account) -> None:
    said = text_of(client, CHECK, url="vk.com/urtam_old")
    form = ReportForm({"url": "vk.com/urtam_old"})

    assert "/fakes/report/?url=vk.com/urtam_old" in said
    assert form.is_valid()


def test_names_left_before_they_were_kept_are_taken_from_the_history(
    renamed: Account, ok: SocialNetwork, urtam: Organization, coordinator: User
) -> None:
    moved = Account.objects.get(pk=renamed.pk)
    moved.network, moved.url, moved.handle = ok, "https://ok.ru/urtam_ok", "urtam_ok"
    actions.edit_account(moved, by=coordinator)
    rename(enter(urtam, ok, "never_shown", status=AccountStatus.UNCONFIRMED), "shown", coordinator)
    kept = list(FormerName.objects.values_list("account", "network", "url", "handle"))
    FormerName.objects.all().delete()

    import_module("registry.migrations.0028_fill_former_names").fill(apps, None)

    assert sorted(FormerName.objects.values_list("account", "network", "url", "handle")) == sorted(kept)
    assert len(kept) == 2
