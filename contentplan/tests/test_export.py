"""A plan as a file: whose it may be, what stands in it, and that other programs read what the portal wrote."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from contentplan import actions, export
from contentplan.actions import exports
from contentplan.export import FORMATS, Period, Table, glyphs
from contentplan.models import ExportJob, PlannedPost, PlanRules, Review, WeeklyPlan
from contentplan.tests.conftest import TOMSK, MakeContent
from people.models import Organization, User
from people.tests.office import converted, pdf_text, said_by
from people.weeks import Week
from registry.models import Account, LegalAct

PERIOD = Period(date(2026, 11, 30), date(2026, 12, 6))
WEEK_QUERY = "first=2026-11-30&last=2026-12-06"
FILE = "/plans/export/file/"
HEADINGS = [
    "№ п/п",
    "Дата и время выхода",
    "Аккаунт (сеть, орган)",
    "Информационный повод / мероприятие",
    "Содержание",
    "Формат",
    "Ответственный (должность)",
    "Замечания координатора",
    "Согласовано (кто, когда)",
    "Статус",
    "Ссылка на публикацию (факт)",
]
HARD_TEXT = "A & <b>жирно</b> «ёлочки» 😀🎉 ₽ 中\x00\nвторая строка"


def made(table: Table, ending: str) -> bytes:
    return FORMATS[ending].make(table, lambda done: None)


@pytest.fixture
def sixty(plan: WeeklyPlan, content: MakeContent, editor: User) -> Table:
    """Sixty posts, one of them as long as a network allows, one with everything that breaks files."""
    posts = []
    for n in range(60):
        post = PlannedPost(
            plan=plan, created_by=editor, **content(day=n % 7, hour=8 + n % 12, topic=f"Тема {n}").columns
        )
        posts.append(post)
    posts[1].text = "Очень длинный текст о ремонте моста. " * 110
    posts[2].text, posts[2].topic = HARD_TEXT.replace("\x00", ""), "=1+1"
    PlannedPost.objects.bulk_create(posts)
    return Table([plan.organization], PERIOD)


@pytest.fixture
def empty(urtam: Organization, plan: WeeklyPlan) -> Table:
    return Table([urtam], PERIOD)


# --- what stands in it ---


def test_a_line_says_all_of_a_post(
    post: PlannedPost, editor: User, coordinator: User, plan: WeeklyPlan, now: Any
) -> None:
    actions.submit(post, revision=1, by=editor)
    actions.approve(PlannedPost.objects.get(pk=post.pk), revision=1, by=coordinator)

    (line,) = Table([plan.organization], PERIOD).lines
    # The database has a clock of its own.
    approved = f"{Review.objects.latest('pk').made_at.astimezone(TOMSK):%d.%m.%Y %H:%M}"

    assert (line.when, line.cells) == (
        "пн, 30 ноября 2026 г., 10:00",
        [
            "ВКонтакте: Urtam официально",
            "Ремонт моста",
            "Мост через Уртамку откроют в пятницу.",
            "Текст",
            "",
            "",
            f"Coordinator И.\n{approved}",
            "Согласован",
            "",
        ],
    )


@pytest.fixture
def approved_post(submitted_post: PlannedPost, coordinator: User) -> PlannedPost:
    actions.approve(submitted_post, revision=1, by=coordinator)
    return submitted_post


def stamp(plan: WeeklyPlan) -> str:
    (line,) = Table([plan.organization], PERIOD).lines
    return line.approved.split("\n")[0]


def test_whoever_lifts_a_hold_has_not_approved(
    approved_post: PlannedPost, plan: WeeklyPlan, coordinator: User, deputy: User
) -> None:
    actions.hold(approved_post, revision=1, reason="Проверяем", by=coordinator)
    actions.resume(approved_post, revision=1, by=deputy)

    assert stamp(plan) == "Coordinator И."


def test_another_hour_that_keeps_the_approval_keeps_the_stamp(
    approved_post: PlannedPost, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    actions.edit_post(approved_post, content(hour=16), revision=1, by=editor)

    assert (PlannedPost.objects.get().approved_revision, stamp(plan)) == (2, "Coordinator И.")


def test_a_move_taken_back_keeps_the_stamp_of_the_reviewer(
    approved_post: PlannedPost, plan: WeeklyPlan, editor: User
) -> None:
    before = approved_post.planned_at
    actions.move_to(approved_post, before + timedelta(days=1), revision=1, by=editor)
    during = stamp(plan)

    actions.move_back(approved_post, before, revision=2, by=editor)

    assert (during, stamp(plan)) == ("", "Coordinator И.")


def test_a_later_wording_that_came_out_urgently_is_not_what_was_approved(
    approved_post: PlannedPost, plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    actions.edit_post(approved_post, content(topic="Мост: 5 декабря"), revision=1, by=editor)
    actions.withdraw(approved_post, revision=2, by=editor)
    PlanRules.objects.update_or_create(organization=plan.organization, defaults={"may_publish_urgently": True})
    actions.publish_urgently(approved_post, revision=2, reason="Авария", by=editor)

    taken = Table([plan.organization], PERIOD, only_approved=True).count

    assert (stamp(plan), taken) == ("", 0)


def test_only_what_is_approved_can_be_taken(post: PlannedPost, submitted_post: PlannedPost, plan: WeeklyPlan) -> None:
    everything = Table([plan.organization], PERIOD)
    approved = Table([plan.organization], PERIOD, only_approved=True)

    assert (everything.count, approved.count) == (1, 0)


def test_what_was_taken_off_the_plan_stands_in_no_paper(post: PlannedPost, plan: WeeklyPlan, editor: User) -> None:
    before = Table([plan.organization], PERIOD).count

    actions.cancel(post, revision=1, by=editor)

    assert (before, Table([plan.organization], PERIOD).count) == (1, 0)


def test_a_post_at_the_edge_of_the_period_belongs_to_the_day_of_the_body(
    plan: WeeklyPlan, content: MakeContent, editor: User
) -> None:
    actions.add_post(plan, content(hour=0), by=editor)

    counts = [Table([plan.organization], Period(day, day)).count for day in (date(2026, 11, 29), date(2026, 11, 30))]

    assert counts == [0, 1]


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("2026-11-30", "2026-12-06", "на неделю с 30 ноября по 6 декабря 2026 г."),
        ("2026-12-28", "2027-01-03", "на неделю с 28 декабря 2026 г. по 3 января 2027 г."),
        ("2026-12-01", "2026-12-31", "на декабрь 2026 г."),
        ("2026-12-01", "2026-12-20", "на период с 1 декабря по 20 декабря 2026 г."),
    ],
)
def test_a_period_is_called_as_in_a_paper(first: str, last: str, title: str) -> None:
    assert Period(date.fromisoformat(first), date.fromisoformat(last)).title == title


@pytest.mark.parametrize("posts", [1, 3])
def test_the_table_asks_a_fixed_number_of_queries(
    posts: int,
    plan: WeeklyPlan,
    content: MakeContent,
    editor: User,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for day in range(posts):
        actions.add_post(plan, content(day=day), by=editor)

    with django_assert_num_queries(6):
        lines = Table([plan.organization], PERIOD).lines

    assert len(lines) == posts


# --- Word ---


def test_word_holds_stamps_title_table_norm_and_signatures(sixty: Table, the_order: LegalAct) -> None:
    LegalAct.objects.filter(pk=the_order.pk).update(founds_registry=True)

    document = Document(BytesIO(made(sixty, "docx")))
    stamps, posts = document.tables
    words = [paragraph.text for paragraph in document.paragraphs if paragraph.text]

    assert [cell.text.split("\n")[0] for cell in stamps.rows[0].cells] == ["СОГЛАСОВАНО", "", "УТВЕРЖДАЮ"]
    assert words[:4] == [
        "КОНТЕНТ-ПЛАН",
        "(график выхода и содержания публикаций в официальных аккаунтах)",
        "Администрация urtam",
        "на неделю с 30 ноября по 6 декабря 2026 г.",
    ]
    assert [cell.text for cell in posts.rows[0].cells] == HEADINGS
    assert len(posts.rows) == 61
    assert words[4:6] == [
        "Норма на неделю 30 ноября – 6 декабря: ВКонтакте — 0 из 5.",
        "Основание: Об утверждении Порядка ведения аккаунтов, пункты 2.2, 2.3 и 5 Порядка.",
    ]
    assert words[6].startswith("План составил(а): ____")


def test_the_header_of_the_table_stands_on_every_page_of_word(sixty: Table) -> None:
    first = Document(BytesIO(made(sixty, "docx"))).tables[1].rows[0]

    assert first._tr.xpath("./w:trPr/w:tblHeader") != []


def test_libreoffice_reads_the_word_file(sixty: Table, tmp_path: Path) -> None:
    pages = pdf_text(converted(made(sixty, "docx"), "docx", "pdf", tmp_path), tmp_path).split("\f")

    assert "УТВЕРЖДАЮ" in pages[0]
    assert all("Содержание" in page for page in pages[:3])
    assert f"из {len(pages) - 1}" in pages[0]
    assert "<b>жирно</b>" in "".join(pages)


def test_an_empty_plan_is_a_paper_too(empty: Table, tmp_path: Path) -> None:
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(made(empty, "docx"))).paragraphs)
    text = pdf_text(made(empty, "pdf"), tmp_path)

    assert "На этот период публикации не запланированы." in words
    assert "На этот период публикации не запланированы." in text


# --- PDF ---


def test_the_pdf_says_the_same_on_numbered_pages_with_the_header_on_each(sixty: Table, tmp_path: Path) -> None:
    content = made(sixty, "pdf")
    pages = pdf_text(content, tmp_path).split("\f")[:-1]

    assert content.startswith(b"%PDF")
    assert "СОГЛАСОВАНО" in pages[0]
    assert "на неделю с 30 ноября по 6 декабря 2026 г." in pages[0]
    assert all("Содержание" in page for page in pages[:-1])
    assert [f"Страница {n} из {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert "Подпись:" in pages[-1]
    assert b"/Lang (ru-RU)" in content


def test_no_line_of_a_text_longer_than_a_page_is_lost(sixty: Table, tmp_path: Path) -> None:
    numbered = " ".join(f"слово{n}" for n in range(900))
    PlannedPost.objects.filter(topic="Тема 1").update(text=numbered)

    words = pdf_text(made(sixty, "pdf"), tmp_path).split()

    assert [word for word in words if word.startswith("слово")] == numbered.split()


def test_a_sign_the_fonts_lack_is_seen_to_be_missing() -> None:
    assert glyphs.printable("Звоните 📞 ✅ 5 ₽ 👍🏽 中\u200d!") == "Звоните ☎ ✔ 5 ₽ □ □!"


def test_usual_letters_are_all_in_the_font() -> None:
    alphabet = "".join(map(chr, range(0x410, 0x450))) + "ЁёA-Za-z0-9«»„“—–…№§°€%&<>@"

    assert glyphs.printable(alphabet) == alphabet


# --- Excel and CSV ---


def test_excel_has_a_frozen_header_filters_and_real_dates(sixty: Table) -> None:
    sheet: Any = load_workbook(BytesIO(made(sixty, "xlsx"))).active
    rows = list(sheet.iter_rows(values_only=True))

    assert (sheet.freeze_panes, sheet.auto_filter.ref, list(rows[0])) == ("A2", "A1:K61", HEADINGS)
    assert rows[1][:2] == (1, datetime(2026, 11, 30, 8))  # noqa: DTZ001 - a workbook knows no zones
    assert sheet["B2"].number_format == "DD.MM.YYYY HH:MM"
    assert sheet.column_dimensions["E"].width == 60


def test_nothing_in_excel_is_a_formula(sixty: Table, tmp_path: Path) -> None:
    content = made(sixty, "xlsx")
    sheet: Any = load_workbook(BytesIO(content)).active
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    opened = converted(content, "xlsx", "csv:Text - txt - csv (StarCalc):59,34,76", tmp_path).decode()

    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert len([row for row in csv.reader(StringIO(opened), delimiter=";") if row[3] == "=1+1"]) == 1


def test_csv_opens_in_russian_excel(sixty: Table) -> None:
    content = made(sixty, "csv")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[0] == HEADINGS
    assert rows[1][1] == "30.11.2026 08:00"
    assert [row[3] for row in rows if row[3].endswith("=1+1")] == ["'=1+1"]


# --- whose it may be ---


def test_the_pdf_is_tagged_so_that_it_can_be_read_aloud(sixty: Table, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(made(sixty, "pdf"))

    told, tree = said_by("pdfinfo", file), said_by("pdfinfo", "-struct-text", file)

    assert re.search(r"Tagged: +yes", told)
    assert "Title:           Контент-план" in told
    # One table, one header however many pages repeat it, a cell for every column of every post.
    kinds = [
        line.split()[0].rstrip(":") for line in tree.splitlines() if not line.lstrip().startswith('"') and line.strip()
    ]
    assert (kinds.count("H1"), kinds.count("Table"), kinds.count("TH")) == (1, 1, len(HEADINGS))
    assert kinds.count("TD") == len(HEADINGS) * (kinds.count("TR") - 1) >= 60


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "csv"])
def test_an_editor_takes_the_plan_of_the_own_body(client: Client, editor: User, post: PlannedPost, ending: str) -> None:
    client.force_login(editor)

    response = client.get(f"{FILE}?{WEEK_QUERY}&format={ending}")

    assert (response.status_code, response["Content-Disposition"]) == (
        200,
        f'attachment; filename="content-plan-urtam-2026-W49.{ending}"',
    )


@pytest.mark.parametrize("path", [FILE, "/plans/export/", "/plans/print/"])
def test_nobody_takes_the_plan_of_a_neighbour(
    client: Client, chilino_editor: User, post: PlannedPost, path: str
) -> None:
    client.force_login(chilino_editor)

    asked = client.get(f"{path}?{WEEK_QUERY}&format=csv&body=urtam")
    own = client.get(f"{FILE}?{WEEK_QUERY}&format=csv")

    assert asked.status_code == 404
    assert "Ремонт моста" not in own.content.decode()


def test_a_coordinator_takes_all_bodies_at_once(
    client: Client, coordinator: User, post: PlannedPost, chilino_vk: Account, content: MakeContent
) -> None:
    other = actions.open_plan(chilino_vk.organization, Week(date(2026, 11, 30)), by=coordinator)
    actions.add_post(other, content(topic="Субботник", placements={chilino_vk.pk: ""}), by=coordinator)
    client.force_login(coordinator)

    text = client.get(f"{FILE}?{WEEK_QUERY}&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))[1:]

    assert [row[2] for row in rows] == ["Urtam\nВКонтакте: Urtam официально", "Chilino\nВКонтакте: Chilino официально"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("first=2026-12-06&last=2026-11-30", "Последний день раньше первого. Проверьте даты."),
        ("first=2026-01-01&last=2026-12-31", "За один раз — не больше трёх месяцев."),
    ],
)
def test_impossible_days_get_a_sentence(client: Client, editor: User, query: str, sentence: str) -> None:
    client.force_login(editor)

    response = client.get(f"{FILE}?{query}&format=pdf")

    assert sentence in response.content.decode()


def test_the_print_view_has_no_frame_of_the_portal(client: Client, editor: User, post: PlannedPost) -> None:
    client.force_login(editor)

    page = client.get(f"/plans/print/?{WEEK_QUERY}").content.decode()

    assert "УТВЕРЖДАЮ" in page
    assert "Ремонт моста" in page
    assert 'class="top"' not in page


# --- made in the background ---


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, sixty: Table) -> None:
    """As if sixty posts were too many for one request."""
    monkeypatch.setattr("contentplan.views.export.AT_ONCE", 10)


def test_a_large_plan_leads_to_a_button(client: Client, editor: User, large: None) -> None:
    client.force_login(editor)

    page = client.get(f"{FILE}?{WEEK_QUERY}&format=xlsx").content.decode()

    assert "Здесь 60 публикаций: файл займёт немного времени." in page


def test_a_large_plan_is_made_in_the_background(
    client: Client, editor: User, large: None, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(editor)

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/plans/exports/new/", {"first": "2026-11-30", "last": "2026-12-06", "format": "xlsx"})
    job = ExportJob.objects.get()
    response = client.get(f"/plans/exports/{job.pk}/file/")

    assert (job.done, job.total, job.is_ready) == (60, 60, True)
    assert load_workbook(BytesIO(b"".join(response))).active.max_row == 61  # type: ignore[union-attr]


def test_nobody_else_fetches_the_file(client: Client, editor: User, coordinator: User, urtam: Organization) -> None:
    job = ExportJob.objects.create(
        organization=urtam, first=PERIOD.first, last=PERIOD.last, format="pdf", file="exports/x.pdf", made_by=editor
    )
    client.force_login(coordinator)

    answers = [client.get(f"/plans/exports/{job.pk}/{end}").status_code for end in ("", "file/")]

    assert answers == [404, 404]


def test_a_file_of_all_bodies_is_not_given_to_who_sees_fewer_of_them_by_now(
    client: Client,
    coordinator: User,
    urtam: Organization,
    chilino: Organization,
    plan: WeeklyPlan,
    content: MakeContent,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        job = exports.start_export(None, PERIOD, kind="csv", only_approved=False, by=coordinator)
    client.force_login(coordinator)
    before = client.get(f"/plans/exports/{job.pk}/file/")
    held = b"".join(before)

    coordinator.memberships.update(organization=urtam)
    after = client.get(f"/plans/exports/{job.pk}/file/")

    assert (before.status_code, bool(held), after.status_code) == (200, True, 404)


def test_a_file_goes_a_day_later(editor: User, urtam: Organization, settings: Any, tmp_path: Path, now: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    old = ExportJob.objects.create(
        organization=urtam,
        first=PERIOD.first,
        last=PERIOD.last,
        format="csv",
        made_by=editor,
        made_at=datetime.now().astimezone(),
    )
    exports.make_file(old)
    name = ExportJob.objects.get().file.name
    now.shift(25 * 3600)

    exports.start_export(urtam, PERIOD, kind="csv", only_approved=False, by=editor)

    assert not ExportJob.objects.filter(pk=old.pk).exists()
    assert not default_storage.exists(str(name))


def test_who_lost_the_role_gets_no_file(editor: User, urtam: Organization, now: Any) -> None:
    job = ExportJob.objects.create(
        organization=urtam, first=PERIOD.first, last=PERIOD.last, format="csv", made_by=editor
    )
    editor.memberships.all().delete()

    exports.make_file(ExportJob.objects.get(pk=job.pk))

    assert ExportJob.objects.get().state == "failed"


def test_every_format_stands_on_the_page(client: Client, editor: User) -> None:
    client.force_login(editor)

    page = client.get("/plans/export/").content.decode()

    assert [f'value="{ending}"' in page for ending in export.FORMATS] == [True] * 4
