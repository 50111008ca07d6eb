"""Taking a plan from a table: what each row becomes, what is wrong with it, mending, and never anything twice."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import chain
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import Workbook

from conftest import make_account
from contentplan import actions
from contentplan.actions import imports
from contentplan.export import FORMATS, Period, Table
from contentplan.imports.checking import Checker, Verdict
from contentplan.imports.reading import read_text
from contentplan.models import ImportRow, ImportState, PlanImport, PlannedPost, PostFormat, Rubric, WeeklyPlan
from contentplan.tests.conftest import TOMSK, WEEK, MakeContent
from people.http import TooLate
from people.models import Organization, User
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.usefixtures("plan", "text_format")

Bring = Callable[..., PlanImport]
HEADER = "Дата\tАккаунты\tТема\tТекст"


@pytest.fixture
def bring(urtam: Organization, editor: User, now: time_machine.Traveller) -> Bring:
    """Brings rows of day, accounts, topic, text."""

    def run(*rows: str, header: str = HEADER) -> PlanImport:
        return imports.start_import(urtam, read_text("\n".join([header, *rows])), week=WEEK, by=editor)

    return run


def verdicts(plan_import: PlanImport) -> list[Verdict]:
    checker = Checker(plan_import)
    return [checker.check(row) for row in plan_import.rows.order_by("number")]


def sentence(plan_import: PlanImport) -> str:
    """What is wrong with the only row."""
    (verdict,) = verdicts(plan_import)
    return " ".join(verdict.errors.values())


# --- what a row becomes ---


def test_good_rows_become_drafts(bring: Bring, urtam_vk: Account, editor: User) -> None:
    plan_import = bring("пн 30 ноября, 10:00\tВК\tРемонт моста\tМост откроют в пятницу.")

    taken = imports.take_rows(plan_import, by=editor)

    post = PlannedPost.objects.get()
    assert taken == 1
    assert (post.topic, post.text, post.status, post.created_by) == (
        "Ремонт моста",
        "Мост откроют в пятницу.",
        "draft",
        editor,
    )
    assert post.planned_at.astimezone(TOMSK).strftime("%d.%m.%Y %H:%M") == "30.11.2026 10:00"
    assert [row.account for row in post.placements.all()] == [urtam_vk]


def test_rows_go_to_the_plans_of_their_weeks(bring: Bring, editor: User) -> None:
    plan_import = bring("27.11\t\tПятница\t", "30.11\t\tПонедельник\t", "8 декабря\t\tВторник\t")

    imports.take_rows(plan_import, by=editor)

    weeks = PlannedPost.objects.order_by("planned_at").values_list("plan__monday", flat=True)
    assert [f"{monday:%d.%m}" for monday in weeks] == ["23.11", "30.11", "07.12"]


def test_without_hour_and_accounts_it_is_ten_o_clock_everywhere(
    bring: Bring, urtam_ok: Account, urtam_vk: Account
) -> None:
    (verdict,) = verdicts(bring("30.11\t\tРемонт моста\t"))

    assert verdict.content is not None
    assert verdict.content.planned_at.hour == 10
    assert set(verdict.content.placements) == {urtam_vk.pk, urtam_ok.pk}
    assert verdict.notes == ["Время не указано: будет 10:00."]


def test_without_a_column_of_topics_the_text_begins_with_it(bring: Bring) -> None:
    (verdict,) = verdicts(bring("30.11\tМост откроют в пятницу. Ждём всех.", header="Дата\tСодержание"))

    assert verdict.content is not None
    assert verdict.content.topic == "Мост откроют в пятницу"


# --- rubrics and columns of networks ---


def test_the_rubric_of_a_row_is_known_by_its_name(bring: Bring) -> None:
    rubric = Rubric.objects.create(name="Спрашивали — отвечаем")

    (known, strange) = verdicts(
        bring("30.11\tМост\tспрашивали — отвечаем", "1.12\tСход\tАфиша", header="Дата\tТема\tРубрика")
    )

    assert known.content is not None
    assert strange.content is not None
    assert (known.content.rubric, strange.content.rubric) == (rubric, None)
    assert strange.notes[-1] == "Рубрика «Афиша» не известна, пропущена. Есть: Спрашивали — отвечаем."


NETWORKS = "Дата\tТема\tТекст\tВК\tОдноклассники"
OWN = "Для «Одноклассников» пишем короче и теплее."


def test_a_mark_in_the_column_of_a_network_sends_the_post_there(
    bring: Bring, urtam_vk: Account, urtam_ok: Account
) -> None:
    rows = ["30.11\tМост\tОткрыт\t+\t", "1.12\tСход\tВ клубе\tда\tх", f"2.12\tСбор\tВ школе\t-\t{OWN}"]

    found = [
        verdict.content.placements if verdict.content else None for verdict in verdicts(bring(*rows, header=NETWORKS))
    ]

    assert found == [{urtam_vk.pk: ""}, {urtam_vk.pk: "", urtam_ok.pk: ""}, {urtam_ok.pk: OWN}]


def test_the_hour_in_the_column_of_a_network_is_that_of_the_post(
    bring: Bring, urtam_vk: Account, urtam_ok: Account
) -> None:
    one, two = verdicts(bring("30.11\tМост\t\t12:30\t+", "1.12\tСход\t\t12:30\t14:00", header=NETWORKS))

    assert one.content is not None
    assert f"{one.content.planned_at.astimezone(TOMSK):%H:%M}" == "12:30"
    assert two.errors == {"network:ok": "У поста одно время: для другого часа сделайте отдельную строку."}


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ("репост\t", "network:vk",
         "Непонятно: «репост». Поставьте «+», если пост выйдет там, или напишите весь текст для сети."),
        ("\t", "network:vk", "Поставьте «+» там, где выйдет пост, или напишите для этой сети текст."),
        ("\t+", "network:ok", "У органа нет действующего аккаунта в сети «Одноклассники»."),
        ("https://ok.ru/urtam\t", "network:vk", None),
    ],
)  # fmt: skip
def test_what_a_column_of_a_network_cannot_mean_is_said_there(
    bring: Bring, urtam_vk: Account, ok: SocialNetwork, cells: str, column: str, said: str | None
) -> None:
    (verdict,) = verdicts(bring(f"30.11\tМост\t\t{cells}", header=NETWORKS))

    assert list(verdict.errors) == [column]
    assert said in (None, verdict.errors[column])


def test_columns_of_networks_are_taken_once_and_can_be_mended(
    bring: Bring, urtam_vk: Account, urtam_ok: Account, editor: User
) -> None:
    plan_import = bring("30.11\tМост\tОткрыт\tрепост\t", f"2.12\tСбор\tВ школе\t\t{OWN}", header=NETWORKS)
    imports.take_rows(plan_import, by=editor)
    again = bring(f"2.12\tСбор\tВ школе\t\t{OWN}", header=NETWORKS)

    verdict = imports.mend_row(plan_import.rows.get(number=1), {"network:vk": "+"}, by=editor)

    assert (verdict.is_good, imports.take_rows(again, by=editor), PlannedPost.objects.count()) == (True, 0, 2)


def xlsx(rows: list[list[str]]) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def docx(rows: list[list[str]]) -> bytes:
    document, file = Document(), BytesIO()
    table = document.add_table(len(rows), len(rows[0]))
    for cell, words in zip(table._cells, chain(*rows), strict=True):
        cell.text = words
    document.save(file)
    return file.getvalue()


def csv(rows: list[list[str]]) -> bytes:
    return "\r\n".join(";".join(row) for row in rows).encode("cp1251")


@pytest.mark.parametrize("make", [xlsx, docx, csv])
def test_rubrics_and_columns_of_networks_come_from_any_file(
    client: Client, plan: WeeklyPlan, urtam_vk: Account, urtam_ok: Account, editor: User, make: Callable[..., bytes]
) -> None:
    rubric = Rubric.objects.create(name="Афиша")
    rows = [["Дата", "Тема", "Рубрика", "ВК", "ОК"], ["30.11", "Сход", "Афиша", "12:30", OWN]]
    client.force_login(editor)

    client.post("/plans/urtam/import/", {"file": SimpleUploadedFile(f"plan.{make.__name__}", make(rows))})
    (verdict,) = verdicts(PlanImport.objects.get())

    assert verdict.content is not None
    assert verdict.content.rubric == rubric
    assert verdict.content.placements == {urtam_vk.pk: "", urtam_ok.pk: OWN}
    assert f"{verdict.content.planned_at.astimezone(TOMSK):%d.%m %H:%M}" == "30.11 12:30"


def merged_xlsx(rows: list[list[str]]) -> bytes:
    book, file = Workbook(), BytesIO()
    assert book.active
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active["B2"].hyperlink = "https://example.org/most"
    book.save(file)
    return file.getvalue()


def merged_docx(rows: list[list[str]]) -> bytes:
    document, file = Document(), BytesIO()
    table = document.add_table(len(rows), len(rows[0]))
    for cell, words in zip(table._cells, chain(*rows), strict=True):
        cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("make", [merged_xlsx, merged_docx])
def test_a_day_merged_over_several_rows_is_the_day_of_each(
    client: Client,
    plan: WeeklyPlan,
    urtam_vk: Account,
    editor: User,
    text_format: PostFormat,
    make: Callable[..., bytes],
) -> None:
    rows = [["Дата", "Тема"], ["30.11 10:00", "Мост"], ["", "Дорога"]]
    client.force_login(editor)

    client.post("/plans/urtam/import/", {"file": SimpleUploadedFile("plan", make(rows))})
    contents = [verdict.content for verdict in verdicts(PlanImport.objects.get())]

    assert [content and (f"{content.planned_at.astimezone(TOMSK):%d.%m}", content.topic) for content in contents] == [
        ("30.11", "Мост"),
        ("30.11", "Дорога"),
    ]


def test_a_row_that_can_no_longer_be_taken_does_not_hold_up_the_next(
    bring: Bring, editor: User, urtam_vk: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its account is closed after the rows were judged, and opened again before the last."""
    plan_import = bring("30.11\tМост", "01.12\tДорога", "02.12\tШкола", header="Дата\tТема")
    statuses = iter(["active", "suspended", "active"])
    take = imports._take

    def take_meanwhile(*args: Any, **kwargs: Any) -> object:
        Account.objects.filter(pk=urtam_vk.pk).update(status=next(statuses))
        return take(*args, **kwargs)

    monkeypatch.setattr(imports, "_take", take_meanwhile)
    imports.take_rows(plan_import, by=editor)

    plan_import.refresh_from_db()
    assert plan_import.state == ImportState.DONE
    assert list(plan_import.rows.filter(taken_at=None).values_list("number", flat=True)) == [2]


def test_what_columns_of_networks_mean_can_be_chosen(
    client: Client, bring: Bring, editor: User, vk: SocialNetwork
) -> None:
    plan_import = bring("30.11\tМост\t+", header="Дата\tТема\tГлавная")
    client.force_login(editor)

    client.post(
        f"/plans/imports/{plan_import.pk}/columns/", {"column_0": "when", "column_1": "topic", "column_2": "network:vk"}
    )
    page = client.get(f"/plans/imports/{plan_import.pk}/").content.decode()

    plan_import.refresh_from_db()
    assert plan_import.columns == ["when", "topic", "network:vk"]
    assert '<option value="network:vk" selected>' in page


# --- accounts ---


def test_a_comma_alone_is_no_account(bring: Bring, urtam_vk: Account) -> None:
    assert sentence(bring("30.11\t,\tМост\t")) == (
        "У этого органа нет действующего аккаунта «,». Есть: Urtam официально (ВКонтакте)."
    )


@pytest.mark.parametrize(
    "words",
    ["ВК", "вконтакте", "VK", "https://vk.com/urtam_demo", "vk.com/urtam_demo", "@urtam_demo", "Urtam официально (ВК)",
     "ВКонтакте: Urtam официально", "вк и вконтакте"],
)  # fmt: skip
def test_an_account_is_known_by_many_names(bring: Bring, urtam_vk: Account, urtam_ok: Account, words: str) -> None:
    (verdict,) = verdicts(bring(f"30.11\t{words}\tРемонт моста\t"))

    assert verdict.content is not None
    assert list(verdict.content.placements) == [urtam_vk.pk]


@pytest.mark.parametrize("words", ["ВК, ОК", "вк/ок", "вк + ок", "ВК и Одноклассники", "везде", "все аккаунты"])
def test_several_accounts_stand_in_one_cell(bring: Bring, urtam_vk: Account, urtam_ok: Account, words: str) -> None:
    (verdict,) = verdicts(bring(f"30.11\t{words}\tРемонт моста\t"))

    assert verdict.content is not None
    assert set(verdict.content.placements) == {urtam_vk.pk, urtam_ok.pk}


def test_two_pages_in_one_network_must_be_told_apart(
    bring: Bring, urtam: Organization, urtam_vk: Account, vk: SocialNetwork
) -> None:
    make_account(urtam, vk, "urtam_klub", name="Клуб Уртама")

    plan_import = bring("30.11\tВК\tРемонт моста\t")

    assert sentence(plan_import) == (
        "«ВК»: у органа там несколько аккаунтов — Urtam официально; Клуб Уртама. Напишите, какой из них."
    )


# --- what is wrong ---


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "16.11.2026\tВК\tМост\t",
            "16 ноября 2026 г. — эта неделя уже прошла. Планировать можно текущую и следующие недели.",
        ),
        ("30.11.2029\tВК\tМост\t", "Проверьте год: до 30 ноября 2029 г. больше года."),
        (
            "вт 30 ноября\tВК\tМост\t",
            "«вт 30 ноября»: день недели не совпадает с датой, 30 ноября 2026 г., понедельник. Исправьте одно из двух.",
        ),
        ("31.02\tВК\tМост\t", "«31.02»: такого дня в календаре нет."),
        ("скоро\tВК\tМост\t", "«скоро» не похоже на день. Напишите, например, «30 ноября» или «30.11.2026 10:00»."),
        ("\tВК\tМост\t", "Напишите день, например «30 ноября» или «30.11.2026 10:00»."),
        ("30.11\tВК\t\tТекст есть", "Напишите, о чём пост."),
        ("30.11\tВК\t" + "а" * 201 + "\t", "Тема длиннее 200 знаков: сократите её."),
        (
            "30.11\tЧилино\tМост\t",
            "У этого органа нет действующего аккаунта «Чилино». Есть: Urtam официально (ВКонтакте).",
        ),
        (
            "30.11\tvk.com/chilino_demo\tМост\t",
            "У этого органа нет действующего аккаунта «vk.com/chilino_demo». Есть: Urtam официально (ВКонтакте).",
        ),
    ],
)
def test_a_bad_row_gets_a_sentence(bring: Bring, chilino_vk: Account, row: str, words: str) -> None:
    assert sentence(bring(row)) == words


@pytest.mark.parametrize("words", ["Facebook", "фейсбук", "https://facebook.com/urtam", "ВК, Facebook"])
def test_a_prohibited_network_is_refused(bring: Bring, facebook: SocialNetwork, words: str) -> None:
    assert "запрещена в России" in sentence(bring(f"30.11\t{words}\tМост\t"))


def test_bad_rows_stay_while_good_ones_are_taken(bring: Bring, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t", "скоро\tВК\tСход\t")

    imports.take_rows(plan_import, by=editor)

    assert list(plan_import.rows.waiting().values_list("number", flat=True)) == [2]
    assert PlanImport.objects.get().state == ImportState.DONE


# --- mending ---


def test_a_mended_row_is_taken_at_once(bring: Bring, client: Client, editor: User) -> None:
    row = bring("скоро\tВК\tСход\t").rows.get()
    client.force_login(editor)

    client.post(
        f"/plans/imports/rows/{row.pk}/", {"when": "1 декабря 12:00", "accounts": "ВК", "topic": "Сход", "text": ""}
    )

    assert PlannedPost.objects.get().topic == "Сход"
    assert ImportRow.objects.get().mended == {"when": "1 декабря 12:00"}


def test_what_was_typed_stays_when_it_is_still_wrong(bring: Bring, client: Client, editor: User) -> None:
    row = bring("скоро\tВК\tСход\t").rows.get()
    client.force_login(editor)

    page = client.post(
        f"/plans/imports/rows/{row.pk}/", {"when": "вчера", "accounts": "ВК", "topic": "Сход граждан"}, follow=True
    ).content.decode()

    assert 'value="Сход граждан"' in page
    assert "«вчера» не похоже на день." in page
    assert PlannedPost.objects.count() == 0


def test_a_row_taken_already_is_not_mended(bring: Bring, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t")
    imports.take_rows(plan_import, by=editor)

    with pytest.raises(TooLate):
        imports.mend_row(plan_import.rows.get(), {}, by=editor)


def test_columns_can_be_corrected(bring: Bring, client: Client, editor: User) -> None:
    plan_import = bring("30.11\tМост\tТекст", header="Дата\tЧто\tЕщё")
    client.force_login(editor)

    client.post(
        f"/plans/imports/{plan_import.pk}/columns/", {"column_0": "when", "column_1": "topic", "column_2": "нечто"}
    )

    plan_import.refresh_from_db()
    assert plan_import.columns == ["when", "topic", ""]
    assert verdicts(plan_import)[0].is_good


# --- never twice ---


def test_the_same_table_again_makes_nothing(bring: Bring, editor: User) -> None:
    for _ in range(2):
        imports.take_rows(bring("30.11\tВК\tМост\tТекст", "1.12\tВК\tСход\t"), by=editor)

    assert PlannedPost.objects.count() == 2


def test_a_post_changed_since_is_known_again(bring: Bring, editor: User, content: MakeContent) -> None:
    imports.take_rows(bring("30.11\tВК\tМост\tТекст"), by=editor)
    actions.edit_post(PlannedPost.objects.get(), content(day=1, topic="Мост открыт"), revision=1, by=editor)

    (verdict,) = verdicts(bring("30.11\tВК\tМост\tТекст"))

    assert verdict.repeats == PlannedPost.objects.get()


def test_a_row_changed_since_makes_no_second_post(bring: Bring, editor: User) -> None:
    imports.take_rows(bring("30.11\tВК\tМост\tТекст"), by=editor)

    (verdict,) = verdicts(bring("30.11\tВК\tМОСТ\tТекст стал другим"))

    assert verdict.repeats == PlannedPost.objects.get()


def test_the_same_row_twice_in_one_table_is_taken_once(bring: Bring, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t", "30.11\tВК\tМост\t")

    imports.take_rows(plan_import, by=editor)

    assert PlannedPost.objects.count() == 1


def test_a_row_for_each_network_makes_a_post_for_each(bring: Bring, editor: User, urtam_ok: Account) -> None:
    imports.take_rows(bring("30.11\tВК\tМост\t", "30.11\tОК\tМост\t"), by=editor)

    assert PlannedPost.objects.count() == 2


def test_a_deleted_post_can_be_taken_again(bring: Bring, editor: User) -> None:
    imports.take_rows(bring("30.11\tВК\tМост\t"), by=editor)
    actions.delete_draft(PlannedPost.objects.get(), by=editor)

    imports.take_rows(bring("30.11\tВК\tМост\t"), by=editor)

    assert PlannedPost.objects.count() == 1


def test_two_presses_take_the_rows_once(bring: Bring, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t")
    imports.take_import(plan_import, by=editor)

    with pytest.raises(TooLate):
        imports.take_import(plan_import, by=editor)


def test_what_was_interrupted_can_go_on(bring: Bring, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t")
    long_ago = timezone.now() - timedelta(minutes=10)
    PlanImport.objects.update(state=ImportState.RUNNING, active_at=long_ago)

    imports.take_import(plan_import, by=editor)

    assert PlanImport.objects.get().active_at == timezone.now()


def test_who_lost_the_role_takes_nothing(bring: Bring, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t")
    editor.memberships.all().delete()

    imports.take_rows(plan_import, by=User.objects.get(pk=editor.pk))

    assert PlannedPost.objects.count() == 0


# --- the pages ---


def test_a_file_is_brought_looked_at_and_taken(
    client: Client, editor: User, now: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(editor)
    file = SimpleUploadedFile("план.csv", "Дата;Тема\n30.11 10:00;Ремонт моста".encode("cp1251"))

    looked = client.post("/plans/urtam/import/?week=2026-W49", {"file": file, "table": ""}, follow=True)
    plan_import = PlanImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/plans/imports/{plan_import.pk}/take/")
    page = client.get(f"/plans/imports/{plan_import.pk}/").content.decode()

    assert "Взять 1 строку" in looked.content.decode()
    assert PlannedPost.objects.get().topic == "Ремонт моста"
    assert "Взяты" in page


def test_while_rows_are_taken_the_page_says_how_many(bring: Bring, client: Client, editor: User) -> None:
    plan_import = bring("30.11\tВК\tМост\t", "1.12\tВК\tСход\t")
    PlanImport.objects.update(state=ImportState.RUNNING, active_at=timezone.now())
    client.force_login(editor)

    page = client.get(f"/plans/imports/{plan_import.pk}/").content.decode()

    assert "Взято строк: 0 из 2." in page
    assert "Обновить" in page


def test_a_refused_file_leaves_a_sentence_at_its_field(client: Client, editor: User) -> None:
    client.force_login(editor)

    page = client.post("/plans/urtam/import/", {"file": SimpleUploadedFile("план.pdf", b"%PDF-1.4")}).content.decode()

    assert "Из PDF таблицу не прочитать." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_a_fixed_number_of_queries(
    rows: int, bring: Bring, client: Client, editor: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    plan_import = bring(*(f"{day}.12\tВК\tТема {day}\t" for day in range(1, rows + 1)))
    client.force_login(editor)
    client.get(f"/plans/imports/{plan_import.pk}/")

    with django_assert_num_queries(14):
        client.get(f"/plans/imports/{plan_import.pk}/")


def test_an_exported_plan_comes_back_as_the_same_plan(
    bring: Bring, plan: WeeklyPlan, editor: User, content: MakeContent
) -> None:
    actions.add_post(plan, content(occasion="День моста"), by=editor)
    document = Document(BytesIO(FORMATS["docx"].make(Table([plan.organization], Period.of_week(WEEK)), lambda n: None)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]

    back = imports.start_import(plan.organization, rows, week=WEEK, by=editor)

    (verdict,) = verdicts(back)
    assert verdict.repeats == PlannedPost.objects.get()
    assert verdict.content is not None
    assert (verdict.content.topic, verdict.content.occasion) == ("Ремонт моста", "День моста")
