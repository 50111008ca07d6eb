"""Messages from a table, and what a pasted link tells."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from moderation.inbox.imports import taking
from moderation.models import Message, MessageImport, MessageImportRow, MessageKind
from people.models import User
from registry.models import Account

PAGE = "/messages/import/"
HEADER = "Дата;Время;Автор;Текст комментария;Ссылка;Страница\n"
GOOD = "26.10.2026;14:05;Анна К.;Где фонари? Темно третью неделю;https://vk.com/urtam_demo;\n"
ROWS = HEADER + GOOD + "когда-то;;Олег;Когда починят мост?;;urtam_demo\n27.10.2026;;Иван;;;urtam_demo\n"


@pytest.fixture
def at_work(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def bring(client: Client, content: bytes | str, name: str = "сообщения.csv") -> MessageImport:
    raw = content.encode() if isinstance(content, str) else content
    client.post(PAGE, {"file": SimpleUploadedFile(name, raw)})
    return MessageImport.objects.get()


def states(table: MessageImport) -> list[str]:
    return list(table.rows.order_by("number").values_list("state", flat=True))


def take(client: Client, table: MessageImport) -> None:
    client.post(f"{PAGE}{table.pk}/take/")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_good_rows_are_taken_and_bad_rows_are_kept(at_work: Client, urtam_vk: Account, encoding: str) -> None:
    table = bring(at_work, ROWS.encode(encoding))

    take(at_work, table)

    message = Message.objects.get()
    assert (states(table), message.text, message.source) == (
        ["taken", "bad", "bad"],
        "Где фонари? Темно третью неделю",
        "file",
    )
    assert message.received_at == datetime(2026, 10, 26, 7, 5, tzinfo=UTC)


def test_each_bad_row_says_what_is_wrong(at_work: Client, urtam_vk: Account) -> None:
    table = bring(at_work, ROWS)

    found = list(table.rows.filter(state="bad").order_by("number").values_list("findings", flat=True))

    assert found == [
        {"when": "«когда-то» – не дата и время. Напишите, например, «30.11.2026 14:05»."},
        {"text": "Нет текста. Впишите, что написал человек."},
    ]


def test_a_mended_row_is_taken(at_work: Client, urtam_vk: Account) -> None:
    table = bring(at_work, ROWS)
    row = table.rows.get(number=3)

    at_work.post(f"{PAGE}rows/{row.pk}/", {"text": "Когда починят мост?", "page": "urtam_demo", "when": "25.10.2026"})
    take(at_work, table)

    assert Message.objects.filter(text="Когда починят мост?").count() == 1


def test_the_same_file_twice_brings_nothing_twice(at_work: Client, urtam_vk: Account) -> None:
    take(at_work, bring(at_work, HEADER + GOOD))
    at_work.post(PAGE, {"table": HEADER + GOOD + GOOD})
    again = MessageImport.objects.latest("pk")

    take(at_work, again)

    assert (states(again), Message.objects.count()) == (["known", "known"], 1)


def test_how_many_were_taken_is_said(at_work: Client, urtam_vk: Account) -> None:
    table = "Дата\tТекст\tСтраница\n26.11.2026\tГде мост?\t" + urtam_vk.url
    at_work.post("/messages/import/", {"table": table})

    page = at_work.post(f"/messages/import/{MessageImport.objects.get().pk}/take/", follow=True).content.decode()

    assert "В очереди теперь ещё 1 сообщение." in page


def test_a_workbook_is_read(at_work: Client, urtam_vk: Account) -> None:
    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.append(["Получено", "Кто написал", "Сообщение", "Группа", "Вид"])
    sheet.append([datetime(2026, 10, 26, 9, 30), "Пётр", "Спасибо за дорогу", "urtam_demo", "личное сообщение"])  # noqa: DTZ001
    sheet["A1"] = "Дата"
    out = BytesIO()
    book.save(out)

    take(at_work, bring(at_work, out.getvalue(), "выгрузка.xlsx"))

    message = Message.objects.get()
    assert (message.kind, message.received_at) == (MessageKind.PRIVATE, datetime(2026, 10, 26, 2, 30, tzinfo=UTC))


def test_columns_are_corrected_by_hand(at_work: Client, urtam_vk: Account) -> None:
    table = bring(at_work, "Колонка;Что было;Куда\n26.10.2026;Где фонари?;urtam_demo\n")

    at_work.post(
        f"{PAGE}{table.pk}/columns/", {"column_0": "when", "column_1": "text", "column_2": "page", "column_9": "text"}
    )

    assert states(table)[-1] == "new"


def test_a_page_of_another_body_is_no_page_of_mine(at_work: Client, urtam_vk: Account, chilino_vk: Account) -> None:
    table = bring(at_work, "Дата;Текст;Страница\n26.10.2026;Где фонари?;chilino_demo\n")

    assert (states(table), Message.objects.count()) == (["bad"], 0)


def test_nobody_else_sees_the_table(client: Client, at_work: Client, urtam_vk: Account, coordinator: User) -> None:
    table = bring(at_work, ROWS)
    client.force_login(coordinator)

    assert client.get(f"{PAGE}{table.pk}/").status_code == 404


def test_many_rows_are_taken_in_the_background(
    at_work: Client, urtam_vk: Account, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 1)
    monkeypatch.setattr(taking, "BATCH", 2)
    many = HEADER + "".join(f"26.10.2026;14:0{n};Анна;Вопрос {n};;urtam_demo\n" for n in range(5))
    table = bring(at_work, many)

    with django_capture_on_commit_callbacks() as waiting:
        take(at_work, table)
    shown = at_work.get(f"{PAGE}{table.pk}/").content.decode()
    for work in waiting:
        work()

    assert ("data-running" in shown, states(table)) == (True, ["taken"] * 5)


def test_a_taken_row_keeps_no_words(at_work: Client, urtam_vk: Account) -> None:
    table = bring(at_work, HEADER + "26.10.2026;;Анна;Позвоните 8 913 555-12-34;;urtam_demo\n")

    take(at_work, table)

    assert list(table.rows.values_list("cells", "words")) == [([], "Позвоните • ••• •••-••-••")]


def test_a_month_later_the_table_is_deleted(at_work: Client, urtam_vk: Account) -> None:
    table = bring(at_work, ROWS)

    taking.forget(table.made_at + taking.KEPT - timedelta(seconds=1))
    left = MessageImportRow.objects.count()
    taking.forget(table.made_at + taking.KEPT + timedelta(seconds=1))

    assert (left, MessageImportRow.objects.count()) == (3, 0)


def test_a_large_table_is_judged_in_as_many_queries_as_a_small_one(
    at_work: Client, urtam_vk: Account, editor: User, django_assert_max_num_queries: Any
) -> None:
    row = "26.10.2026;14:05;Анна;Вопрос;;urtam_demo\n"

    with django_assert_max_num_queries(24):
        at_work.post(PAGE, {"table": HEADER + row * 300})


def test_a_pasted_link_tells_page_post_and_comment(at_work: Client, urtam_vk: Account) -> None:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="777")
    link = "https://vk.com/wall-777_45?reply=67&thread=60"
    data = {"kind": "comment", "text": "Где фонари?", "received_at": "2026-11-09T10:00", "link": link}

    at_work.post("/messages/new/", data)

    message = Message.objects.get()
    assert (message.account, message.post, message.external_id, message.thread) == (urtam_vk, "45", "67", "60")


def test_a_link_of_another_page_than_chosen_is_refused(at_work: Client, urtam_vk: Account, urtam_ok: Account) -> None:
    data = {"kind": "comment", "text": "Где фонари?", "received_at": "2026-11-09T10:00"}

    page = at_work.post("/messages/new/", {**data, "account": urtam_ok.pk, "link": "https://vk.com/urtam_demo"})

    assert (Message.objects.count(), list(page.context["form"].errors)) == (0, ["link"])


def test_without_page_and_link_the_form_asks_for_the_page(
    at_work: Client, urtam_vk: Account, urtam_ok: Account
) -> None:
    page = at_work.post("/messages/new/", {"kind": "comment", "text": "Где фонари?", "received_at": "2026-11-09T10:00"})

    assert list(page.context["form"].errors) == ["account"]
