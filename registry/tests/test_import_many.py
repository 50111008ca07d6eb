"""Large tables: checked and taken in portions by workers that may be killed, with progress, and nothing twice."""

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import make_account
from people.http import TooLate
from people.models import AuditEntry, Notice, Organization, User
from registry import actions, importing, proposing
from registry.imports.checking import Checker, note
from registry.imports.columns import Meaning
from registry.models import Account, EntryImport, LegalAct, LegalStatus, NetworkStatus, Proposal, SocialNetwork
from registry.tests.conftest import GOOD, HEADER, Bring, sentence, states

pytestmark = pytest.mark.usefixtures("vk", "ok", "facebook")


def many(count: int) -> list[str]:
    return [f"Urtam\tВКонтакте\tСтраница {n}\tvk.com/urtam_{n}\tдействует\t" for n in range(count)]


@pytest.fixture
def in_background(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is handed to workers; there are none."""
    handed: list[int] = []
    monkeypatch.setattr(importing, "_hand_over", handed.append)
    monkeypatch.setattr(importing, "CHECKED_AT_ONCE", 3)
    monkeypatch.setattr(importing, "AT_ONCE", 3)
    return handed


@pytest.mark.parametrize("rows", [1, 60])
def test_checking_asks_the_database_the_same_whatever_the_number_of_rows(
    bring: Bring, urtam: Organization, vk: SocialNetwork, coordinator: User, rows: int
) -> None:
    make_account(urtam, vk, "urtam_0")
    entry_import = bring(*many(rows))

    with CaptureQueriesContext(connection) as asked:
        importing.judge(entry_import, by=coordinator)

    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 10
    assert states(entry_import).count("new") == rows - 1


def test_a_large_table_is_checked_in_the_background_with_progress(
    bring: Bring, client: Client, coordinator: User, in_background: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        entry_import = bring(*many(7))

    assert in_background == [entry_import.pk]
    page = client.get(f"/registry/imports/{entry_import.pk}/").content.decode()
    assert "Проверено строк: 0 из 7." in page

    importing.work(EntryImport.objects.get())

    assert states(entry_import) == ["new"] * 7
    assert "Проверено строк" not in client.get(f"/registry/imports/{entry_import.pk}/").content.decode()


@pytest.mark.parametrize("dies_at", [1, 3, 4, 7])
def test_what_a_killed_worker_leaves_is_taken_up_without_a_second_press(
    bring: Bring, coordinator: User, in_background: list[int], monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    entry_import = bring(*many(7))
    judged = iter(range(1, 100))
    whole = note

    def dying(*args: Any) -> None:
        if next(judged) == dies_at:
            raise KeyboardInterrupt
        whole(*args)

    monkeypatch.setattr("registry.importing.note", dying)
    with pytest.raises(KeyboardInterrupt):
        importing.work(EntryImport.objects.get())
    in_background.clear()
    assert importing.go_on() == 0  # it may be alive

    with time_machine.travel(timezone.now() + importing.LEFT_AFTER * 1.1):
        assert [importing.go_on(), importing.go_on()] == [1, 0]
        assert in_background == [entry_import.pk]
        importing.work(EntryImport.objects.get())

    assert states(entry_import) == ["new"] * 7
    assert EntryImport.objects.get().step == ""


# --- taking ---


@pytest.fixture
def in_twos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "TAKEN_AT_ONCE", 2)


@pytest.mark.usefixtures("in_twos")
@pytest.mark.parametrize("dies_at", [1, 2])
def test_of_a_portion_whose_worker_was_killed_nothing_is_left_and_nothing_is_taken_twice(
    bring: Bring, coordinator: User, in_background: list[int], monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    entry_import = bring(*many(4))
    importing.check_rows(entry_import, by=coordinator)
    importing.take_import(entry_import, by=coordinator)
    portions, whole = iter(range(1, 100)), proposing.propose_all

    def dying(*args: Any, **kwargs: Any) -> None:
        if next(portions) == dies_at:
            raise KeyboardInterrupt  # the entries of this portion are written, its rows not yet
        whole(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(proposing, "propose_all", dying)
        with pytest.raises(KeyboardInterrupt):
            importing.work(EntryImport.objects.get())
    assert Account.objects.count() == states(entry_import).count("taken") == (dies_at - 1) * 2

    with time_machine.travel(timezone.now() + importing.LEFT_AFTER * 1.1):
        importing.go_on()
        importing.work(EntryImport.objects.get())

    assert Account.objects.count() == 4
    assert (states(entry_import), EntryImport.objects.get().step) == (["taken"] * 4, "")


def test_taking_asks_the_database_the_same_whatever_the_number_of_rows(bring: Bring, coordinator: User) -> None:
    def asked(entry_import: EntryImport) -> int:
        with CaptureQueriesContext(connection) as queries:
            importing.take_rows(entry_import, by=coordinator)
        return len([query for query in queries if "SAVEPOINT" not in query["sql"]])

    few, more = asked(bring(*many(2))), asked(bring(*many(22)[2:]))

    assert few == more
    assert few < 20
    assert Account.objects.count() == 22


def test_entries_taken_together_are_remembered_as_one_that_is_entered_alone(
    bring: Bring, urtam: Organization, vk: SocialNetwork, coordinator: User
) -> None:
    fields = {"organization": urtam, "network": vk, "status": "unconfirmed", "name": "Страница"}
    act = LegalAct(organization=urtam, title="Распоряжение 1")
    alone = Account(**fields, url="https://vk.com/urtam_one", handle="urtam_one")
    actions.create_account(alone, by=coordinator, new_act=act)
    header = HEADER + "\tПравовой акт"

    row = "Urtam\tВК\tСтраница\tvk.com/urtam_{}\t\t\tРаспоряжение {}"
    importing.take_rows(bring(row.format("two", 2), row.format("six", 3), header=header), by=coordinator)

    _alone, *together = (told_of(account) for account in Account.objects.order_by("pk"))
    assert len(told_of(alone)) == 5
    assert together == [told_of(alone)] * 2


def told_of(account: Account) -> list[Any]:
    """All that was written down about an entry, with its own words and numbers left out."""
    assert account.legal_act
    title = account.legal_act.title

    def bare(value: Any) -> Any:
        if isinstance(value, dict) and value.get("legal_act") == [None, account.legal_act_id]:
            value = {**value, "legal_act": "its own"}
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        return text.replace(account.handle, "HANDLE").replace(title, "TITLE")

    entries = AuditEntry.objects.filter(object_id__in=[account.pk], content_type__model="account")
    acts = AuditEntry.objects.filter(object_id=account.legal_act_id, content_type__model="legalact")
    told = [
        (row.action, bare(row.changes), bare(row.object_repr), row.actor, row.actor_name, row.organization)
        for row in (*entries, *acts)
    ]
    changes = account.changes.values_list("kind", "by", "is_public", "values", "inner", "note")
    found = Account.objects.matching("страница").filter(pk=account.pk).exists()
    return [*told, [bare(list(row)) for row in changes], found, account.name_keys.exists()]


def test_one_row_the_database_refuses_stops_no_other_and_says_why(
    bring: Bring, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_import = bring(*many(7))
    monkeypatch.setattr(Checker, "check_all", spoiling(Checker.check_all, number=4))

    importing.take_rows(entry_import, by=coordinator)

    assert states(entry_import) == ["taken"] * 2 + ["bad"] + ["taken"] * 4
    assert sentence(entry_import).startswith("Реестр не может принять эту строку")
    assert Account.objects.count() == AuditEntry.objects.filter(content_type__model="account").count() == 6


def spoiling(check_all: Any, number: int) -> Any:
    """A check that overlooks what is wrong with one row: its page is closed before it is opened."""

    def check(self: Any, rows: Any) -> Any:
        verdicts = check_all(self, rows)
        for row, verdict in zip(rows, verdicts, strict=True):
            if row.number == number:
                verdict.account.opened_on, verdict.account.closed_on = date(2024, 1, 2), date(2024, 1, 1)
        return verdicts

    return check


def test_a_network_prohibited_while_rows_are_taken_gets_no_living_page(
    bring: Bring, coordinator: User, vk: SocialNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_import = bring(GOOD)
    network_of, check_all = vk, Checker.check_all

    def check(self: Any, rows: Any) -> Any:
        verdicts = check_all(self, rows)
        NetworkStatus.objects.create(
            network=network_of, status=LegalStatus.PROHIBITED, starts_on=timezone.localdate(), basis="Решение суда"
        )
        return verdicts

    monkeypatch.setattr(Checker, "check_all", check)

    importing.take_rows(entry_import, by=coordinator)

    assert not Account.objects.exists()
    assert "запрещена" in sentence(entry_import)


def test_an_act_that_many_rows_name_is_written_down_once(bring: Bring, coordinator: User) -> None:
    header = HEADER + "\tПравовой акт\tЗакрыта"
    act = "Распоряжение № 5"
    rows = [f"{row}\t{act}\t" for row in many(3)]
    rows.append(f"Urtam\tВК\tСтарая\tvk.com/urtam_old\tзакрыта\t\t{act}\t01.03.2024")

    importing.take_rows(bring(*rows, header=header), by=coordinator)

    written = LegalAct.objects.get()
    assert Account.objects.filter(legal_act=written).count() == 3
    assert Proposal.objects.get().values["legal_act"] == written.pk


def test_a_colleague_is_told_once_of_all_that_waits(bring: Bring, coordinator: User, administrator: User) -> None:
    header = HEADER + "\tЗакрыта"
    rows = [f"Urtam\tВК\tСтарая {n}\tvk.com/urtam_old_{n}\tзакрыта\t\t01.03.2024" for n in range(3)]

    importing.take_rows(bring(*rows, header=header), by=coordinator)

    assert Proposal.objects.count() == 3
    assert [(notice.user, notice.url) for notice in Notice.objects.all()] == [(administrator, "/proposals/")]


def test_columns_are_not_moved_under_the_hands_of_a_worker(bring: Bring, coordinator: User) -> None:
    entry_import = bring(GOOD)
    importing.take_import(entry_import, by=coordinator)

    with pytest.raises(TooLate):
        importing.set_columns(EntryImport.objects.get(), [], by=coordinator)
    with pytest.raises(TooLate):
        importing.take_import(EntryImport.objects.get(), by=coordinator)


def test_a_row_is_not_mended_under_the_hands_of_a_worker(bring: Bring, coordinator: User) -> None:
    entry_import = bring(GOOD.replace("Urtam", "Urtim"), GOOD)
    importing.take_import(entry_import, by=coordinator)

    with pytest.raises(TooLate):
        importing.mend_row(entry_import.rows.get(state="bad"), {Meaning.BODY: "Urtam"}, by=coordinator)
