"""Open pages are rendered once an edition: every change is seen at once, and nobody gets what is another's."""

import gzip
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from conftest import make_account
from people import actions as people
from people.models import Organization, User
from registry import actions, editions, fakes, kept, opendata, proposing, trust
from registry.api.reading import PublicView
from registry.api.throttling import WindowThrottle
from registry.models import (
    Account,
    AccountStatus,
    Edition,
    FakeReport,
    LegalAct,
    SocialNetwork,
    TrustSign,
    TrustState,
)
from registry.proposing import Entry
from registry.tests.test_admin import network_form
from registry.tests.test_editions import counted
from registry.trust import Finding


@pytest.fixture(autouse=True)
def keeping(db: None, settings: Settings) -> Iterator[None]:
    settings.KEEP_PAGES = True
    kept.forget()
    yield
    kept.forget()


def page(client: Client, address: str = "/", **headers: Any) -> Any:
    counted()
    return client.get(address, **headers)


def queries_of(client: Client, address: str, **headers: Any) -> int:
    counted()
    with CaptureQueriesContext(connection) as asked:
        client.get(address, **headers)
    return len(asked)


@pytest.fixture
def entry(urtam: Organization, vk: SocialNetwork, coordinator: User) -> Account:
    day = timezone.localdate()
    fields = {"name": "Официальный Уртам", "last_verified_on": day, "last_verified_by": coordinator}
    account = make_account(urtam, vk, "urtam_official", **fields)
    actions.refresh_search([account])
    return account


KEPT = ["/", "/?network=vk", "/check/", "/check/?url=vk.com/urtam_official", "/fakes/", "/opendata/", "/widget/"]
KEPT += ["/api/", "/widget/urtam/", "/widget/urtam.json"]


@pytest.mark.parametrize("address", KEPT)
def test_the_second_reader_costs_one_query(client: Client, entry: Account, address: str) -> None:
    first = page(client, address)

    again = queries_of(Client(), address)

    assert (first.status_code, again) == (200, 1)


# --- an edit is seen at once ---


def _accepted(entry: Account, by: User, editor: User) -> None:
    changed = Account.objects.get(pk=entry.pk)
    changed.name = "Уртам: новое имя"
    proposal = proposing.propose(Entry(changed, []), by=editor)
    proposing.accept(proposal, Entry(changed, []), seen=proposing.version_of(entry), by=by, answers=[])


def _archived(entry: Account, by: User, editor: User) -> None:
    stored = Account.objects.get(pk=entry.pk)
    stored.status, stored.closed_on = AccountStatus.ARCHIVED, timezone.localdate()
    actions.store(stored, by=by)


def _sign_of_trust(entry: Account, by: User, editor: User) -> None:
    trust.record(entry, [Finding(TrustSign.STATE_MARK, TrustState.NO)], on=timezone.localdate(), by=by)


def _body_renamed(entry: Account, by: User, editor: User) -> None:
    body = Organization.objects.get(pk=entry.organization_id)
    body.name = body.short_name = "Уртамское поселение"
    people.keep_organization(body, Organization.objects.get_parent(body), by=by)


def _network_renamed(entry: Account, by: User, editor: User) -> None:
    administrator = Client()
    administrator.force_login(by)
    network = entry.network
    assert network
    form = network_form(network, name="Сеть ВК")
    answer = administrator.post(f"/admin/registry/socialnetwork/{network.pk}/change/", form)
    assert answer.status_code == 302


def _fake_confirmed(entry: Account, by: User, editor: User) -> None:
    report = FakeReport.objects.create(url="https://vk.com/urtam_0fficial", network=entry.network)
    today = timezone.localdate()
    fakes.confirm(report, organization=entry.organization, account=entry, name="", seen_on=today, note="", by=by)


def _act_edited(entry: Account, by: User, editor: User) -> None:
    LegalAct.objects.update(title="Другое постановление")


def _open_data_published(entry: Account, by: User, editor: User) -> None:
    opendata.publish()


CARD = "/accounts/{pk}/"
CHANGES: dict[str, tuple[str, Callable[[Account, User, User], object]]] = {
    "accepted proposal": (CARD, _accepted),
    "suspension": ("/", lambda entry, by, _: actions.suspend(entry, by=by)),
    "archiving": ("/check/?url=vk.com/urtam_official", _archived),
    "sign of trust": (CARD, _sign_of_trust),
    "verification": ("/api/v1/accounts/{pk}/", lambda entry, by, _: actions.verify(entry, by=by, on=_yesterday())),
    "renamed body": ("/widget/urtam.json", _body_renamed),
    "renamed network": ("/", _network_renamed),
    "confirmed fake": ("/fakes/", _fake_confirmed),
    "edited act": ("/", _act_edited),
    "published open data": ("/opendata/", _open_data_published),
    "statement by hand": ("/", lambda entry, *_: Account.objects.filter(pk=entry.pk).update(name="От руки")),
}


def _yesterday() -> Any:
    return timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_seen_at_once(
    client: Client, entry: Account, administrator: User, editor: User, the_order: LegalAct, what: str
) -> None:
    LegalAct.objects.filter(pk=the_order.pk).update(founds_registry=True)
    address, change = CHANGES[what]
    address = address.format(pk=entry.pk)
    before = page(client, address)
    assert page(client, address).content == before.content

    change(entry, administrator, editor)

    after = page(client, address)
    assert (before.status_code, after.status_code) == (200, 200)
    assert after.content != before.content


def test_a_page_that_speaks_of_days_is_rendered_anew_on_another_day(client: Client, entry: Account) -> None:
    with time_machine.travel("2027-01-10 16:00:00+00:00", tick=False):  # 23:00 in Tomsk
        page(client)
        assert queries_of(client, "/") == 1

    with time_machine.travel("2027-01-10 17:00:00+00:00", tick=False):
        assert queries_of(client, "/") > 1


def test_the_look_for_weak_sight_is_a_page_of_its_own(client: Client, entry: Account) -> None:
    plain = page(client)
    client.cookies["display"] = "size=200"

    large = page(client)

    assert (b'data-size="200"' in plain.content, b'data-size="200"' in large.content) == (False, True)
    assert queries_of(client, "/") == 1


def test_addresses_that_ask_the_same_share_an_answer_and_others_never_do(client: Client, entry: Account) -> None:
    page(client, "/?q=уртам&network=vk")

    assert queries_of(client, "/?network=vk&q=уртам") == 1
    assert queries_of(client, "/?network=vk&q=чилино") > 1
    assert page(client, "/?q=a&q=b").content != page(client, "/?q=b&q=a").content


# --- nothing private ---


def test_a_signed_in_person_neither_fills_nor_gets_what_is_kept(client: Client, entry: Account, editor: User) -> None:
    own = Client()
    own.force_login(editor)
    mine = page(own, f"/accounts/{entry.pk}/")

    theirs = page(client, f"/accounts/{entry.pk}/")
    mine_again = page(own, f"/accounts/{entry.pk}/")

    assert editor.short_name in mine.content.decode()
    assert editor.short_name not in theirs.content.decode()
    assert editor.short_name in mine_again.content.decode()
    assert "private" in mine_again["Cache-Control"]


def test_two_visitors_get_the_same_and_no_cookie(entry: Account) -> None:
    one, other = page(Client()), page(Client())

    assert one.content == other.content
    assert not one.cookies
    assert not other.cookies


def test_a_message_is_shown_to_its_reader_only_and_once(client: Client, entry: Account) -> None:
    client.post("/display/", {"size": "100", "contrast": "usual", "spacing": "usual", "font": "usual", "next": "/"})

    told, again, other = page(client), page(client), page(Client())

    assert ["Готово" in answer.content.decode() for answer in (told, again, other)] == [True, False, False]


def test_what_sets_a_cookie_is_never_kept(client: Client, entry: Account) -> None:
    answers = [page(Client(), "/fakes/report/") for _ in range(2)]

    tokens = {answer.cookies["csrftoken"].value for answer in answers}
    assert len(tokens) == 2


@pytest.mark.parametrize("address", ["/?network=nosuch", "/accounts/999/", "/?organization=nosuch"])
def test_refusals_are_not_kept(client: Client, entry: Account, address: str) -> None:
    assert page(client, address).status_code in (400, 404)
    assert queries_of(client, address) > 1


def test_a_post_is_never_answered_from_the_store(client: Client, entry: Account) -> None:
    page(client)

    assert client.post("/").status_code == 405


def test_who_shows_a_key_is_not_answered_from_the_store(client: Client, entry: Account) -> None:
    page(client, "/api/v1/accounts/")

    assert queries_of(client, "/api/v1/accounts/", HTTP_AUTHORIZATION="Bearer x") > 1


# --- asked again ---


def test_what_the_reader_has_already_is_not_sent_again(client: Client, entry: Account) -> None:
    first = page(client)

    again = page(client, HTTP_IF_NONE_MATCH=first["ETag"])
    actions.suspend(entry, by=entry.last_verified_by)  # type: ignore[arg-type]
    changed = page(client, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert first["Cache-Control"] == again["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Cookie", "Accept-Encoding"} <= set(first["Vary"].split(", "))


@pytest.mark.parametrize("address", ["/changes/atom.xml", "/changes/rss.xml"])
def test_what_was_withdrawn_is_gone_for_readers_who_know_the_day_only(
    client: Client, entry: Account, address: str
) -> None:
    actions.suspend(entry, by=entry.last_verified_by)  # type: ignore[arg-type]
    now = datetime.now(UTC)
    with time_machine.travel(now + timedelta(seconds=2), tick=False):
        first = page(client, address)
        unchanged = page(client, address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
        by_tag = page(client, address, HTTP_IF_NONE_MATCH=first["ETag"])
    Account.objects.filter(pk=entry.pk).update(status=AccountStatus.UNCONFIRMED)
    Edition.objects.update(number=int(now.timestamp() + 4) * 1000)  # the database has a clock of its own

    with time_machine.travel(now + timedelta(seconds=6), tick=False):
        again = page(client, address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])

    assert entry.name in first.content.decode()
    assert (unchanged.status_code, by_tag.status_code, again.status_code) == (304, 304, 200)
    assert entry.name not in again.content.decode()


def test_packed_and_plain_readers_read_the_same(client: Client, entry: Account) -> None:
    plain, packed = page(client), page(client, HTTP_ACCEPT_ENCODING="br, gzip")

    assert (plain.has_header("Content-Encoding"), packed["Content-Encoding"]) == (False, "gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert plain["ETag"] == packed["ETag"]
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2


def test_the_policies_of_a_page_come_with_it(client: Client, entry: Account) -> None:
    names = ("Content-Security-Policy", "X-Frame-Options", "Content-Type", "Access-Control-Allow-Origin")
    for address in ("/", "/widget/urtam/", "/widget/urtam.json"):
        made, again = page(client, address), page(client, address)

        assert [again.get(name) for name in names] == [made.get(name) for name in names]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "ndjson"])
def test_a_file_the_reader_has_is_not_made_again(client: Client, entry: Account, kind: str) -> None:
    address = f"/accounts.{kind}?network=vk"
    tag = page(client, address)["ETag"]

    assert queries_of(client, address, HTTP_IF_NONE_MATCH=tag) == 1
    assert page(client, address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert page(client, f"/accounts.{kind}", HTTP_IF_NONE_MATCH=tag).status_code == 200
    Account.objects.update(name="Другое имя")
    assert page(client, address, HTTP_IF_NONE_MATCH=tag).status_code == 200


@pytest.fixture
def throttled(monkeypatch: pytest.MonkeyPatch, unthrottled: None) -> None:
    monkeypatch.setattr(PublicView, "throttle_classes", [WindowThrottle])
    cache.clear()


def test_an_answer_of_the_api_counts_whether_it_was_kept_or_not(
    client: Client, entry: Account, throttled: None
) -> None:
    left = [int(page(client, "/api/v1/networks/")["RateLimit-Remaining"]) for _ in range(3)]
    tag = page(client, "/api/v1/networks/")["ETag"]
    unchanged = page(client, "/api/v1/networks/", HTTP_IF_NONE_MATCH=tag)

    assert left == [left[0], left[0] - 1, left[0] - 2]
    assert (unchanged.status_code, int(unchanged["RateLimit-Remaining"])) == (304, left[0] - 4)


def test_an_asker_who_has_had_enough_is_refused_from_the_store_too(
    client: Client, entry: Account, settings: Settings, throttled: None
) -> None:
    settings.API_RATES = {**settings.API_RATES, "read": "2/min"}

    statuses = [page(client, "/api/v1/networks/").status_code for _ in range(4)]

    assert statuses == [200, 200, 429, 429]


def test_of_many_who_ask_at_once_one_renders_for_all(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "current", lambda: 1)
    rendered = []

    def slow(request: HttpRequest) -> HttpResponse:
        rendered.append(request.path)
        time.sleep(0.2)
        return HttpResponse("the list")

    with ThreadPoolExecutor(4) as readers:
        answers = list(readers.map(lambda _n: kept.middleware(slow)(rf.get("/")), range(4)))
    assert [answer.content for answer in answers if isinstance(answer, HttpResponse)] == [b"the list"] * 4
    assert rendered == ["/"]
