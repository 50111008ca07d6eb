"""Tables as people bring them: pasted, or in files of every kind; what cannot be read gets a sentence."""

import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from people import tables
from people.tables import Rows, Wanted
from people.tests.office import converted

HEADER = ["Дата", "Тема", "Текст"]
ROW = ["30.11", "Ремонт моста", "Мост, который ждали"]
MAX_ROWS = 500
WANTED = Wanted(MAX_ROWS, lambda row: "Дата" in row)
WITH_MARKS = WANTED._replace(with_marks=True)


def read_text(text: str) -> Rows:
    return [line.cells for line in tables.read_text(text, WANTED)]


def read_file(file: "ContentFile[bytes]", wanted: Wanted = WANTED) -> Rows:
    return [line.cells for line in tables.read_file(file, wanted)]


def file_of(content: bytes, name: str = "план.xlsx") -> "ContentFile[bytes]":
    return ContentFile(content, name)


def workbook(rows: Sequence[Sequence[object]], title: str = "План") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def document(rows: Sequence[Sequence[str]], before: int = 0) -> bytes:
    made = Document()
    for _ in range(before):
        made.add_table(rows=1, cols=2)
    table = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


# --- pasted ---


@pytest.mark.parametrize("sign", ["\t", ";", "|"])
def test_a_pasted_table_is_read(sign: str) -> None:
    assert read_text("\n".join(sign.join(row) for row in (HEADER, ROW))) == [HEADER, ROW]


def test_a_cell_of_several_lines_comes_in_quotation_marks_as_excel_copies_it() -> None:
    assert read_text('Дата\tТекст\r\n30.11\t"Первая\nвторая ""строка"""\r\n') == [
        ["Дата", "Текст"],
        ["30.11", 'Первая\nвторая "строка"'],
    ]


@pytest.mark.parametrize("text", ["   ", "\n\n", "\t\t\n"])
def test_nothing_pasted_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError, match="Таблицы здесь нет"):
        read_text(text)


# --- CSV ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_of_any_program_is_read(encoding: str, sign: str) -> None:
    lines = "\r\n".join(sign.join(f'"{cell}"' for cell in row) for row in (HEADER, ROW))

    assert read_file(file_of(lines.encode(encoding), "план.csv")) == [HEADER, ROW]


def test_the_mark_of_excel_is_no_row() -> None:
    assert read_file(file_of("sep=;\nДата;Тема\n30.11;Мост".encode())) == [["Дата", "Тема"], ["30.11", "Мост"]]


# --- Excel ---


def test_a_workbook_is_read_with_dates_hours_and_numbers_as_words() -> None:
    moment, noon = datetime(2026, 11, 30, 10), time(12, 30)  # noqa: DTZ001 - a workbook knows no zones

    rows = read_file(file_of(workbook([["Дата", "Время", "Тема", "№"], [moment, noon, "Мост", 5.0]])))

    assert rows[1] == ["2026-11-30 10:00", "12:30", "Мост", "5"]


def test_the_sheet_with_the_plan_is_taken() -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("План")
    assert first is not None
    first.append(["Памятка", "прочтите"])
    for row in (HEADER, ROW):
        second.append(row)
    file = BytesIO()
    book.save(file)

    assert read_file(file_of(file.getvalue())) == [HEADER, ROW]


def test_libreoffice_makes_files_that_are_read(tmp_path: Path) -> None:
    lines = "\n".join(";".join(row) for row in (HEADER, ROW))

    content = converted(lines.encode(), "csv", "xlsx:Calc MS Excel 2007 XML", tmp_path, "--infilter=CSV:59,34,76")

    assert read_file(file_of(content))[0] == HEADER


def test_formatted_emptiness_does_not_count() -> None:
    rows = [HEADER, *([""] * 3 for _ in range(2000)), ROW]

    assert read_file(file_of(workbook(rows))) == [HEADER]


def test_more_than_500_rows_get_a_sentence() -> None:
    rows = [HEADER, *([ROW] * (MAX_ROWS + 50))]

    with pytest.raises(ValidationError, match="больше 500 строк"):
        read_file(file_of(workbook(rows)))


# --- Word ---


def test_the_table_with_the_plan_is_taken_from_a_document() -> None:
    assert read_file(file_of(document([HEADER, ROW], before=2), "план.docx")) == [HEADER, ROW]


def test_a_document_without_tables_gets_a_sentence() -> None:
    made = Document()
    made.add_paragraph("План")
    file = BytesIO()
    made.save(file)

    with pytest.raises(ValidationError, match="нет таблицы"):
        read_file(file_of(file.getvalue()))


# --- what is no table ---


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Файл пуст"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "старого вида или с паролем"),
        (b"%PDF-1.7\n1 0 obj", "Из PDF таблицу не прочитать"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "Это картинка"),
        (b"MZ\x90\0\x03\0\0\0", "читает только XLSX, DOCX и CSV"),
        (b"PK\x03\x04 broken", "повреждён"),
        (archive(readme=b"<a/>"), "читает только XLSX, DOCX и CSV"),
        (archive(xl__workbook=b"<broken"), "повреждён"),
        (archive(word__document=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "повреждён"),
        (archive(xl__workbook=b"<a/>", xl__bomb=b"0" * 50_000_000), "слишком велик"),
    ],
)
def test_what_is_no_table_gets_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        read_file(file_of(content))


def test_a_file_above_the_limit_is_not_opened(settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]

    with pytest.raises(ValidationError, match="Файл слишком велик"):
        read_file(file_of(workbook([HEADER, ROW])))


# --- what people see besides the words ---


def test_a_workbook_is_read_with_its_merged_cells_and_the_links_behind_words() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Реестр", "", ""],
        HEADER,
        ["30.11", "ВК", "Мост"],
        ["", "Сайт", "Сход"],
        ["", "", ""],
        ["1.12", "ОК", ""],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A5")
    sheet["B3"].hyperlink = "https://vk.com/urtam"
    sheet["B4"] = '=HYPERLINK("https://urtam.example/","Сайт")'
    file = BytesIO()
    book.save(file)

    lines = tables.read_file(file_of(file.getvalue()), WITH_MARKS)

    assert [(line.number, line.cells) for line in lines[2:]] == [
        (3, ["30.11", "ВК\nhttps://vk.com/urtam", "Мост"]),
        (4, ["30.11", "https://urtam.example/", "Сход"]),
        (6, ["1.12", "ОК", ""]),
    ]


def test_a_document_is_read_with_its_merged_cells_and_the_links_behind_words() -> None:
    made = Document()
    table = made.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Реестр"
    for n, text in enumerate(HEADER):
        table.cell(1, n).text = text
    table.cell(2, 0).merge(table.cell(3, 0)).text = "30.11"
    table.cell(2, 1).text, table.cell(3, 2).text = "ВК", "Сход"
    number = made.part.relate_to("https://vk.com/urtam", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), number)
    table.cell(2, 1).paragraphs[0]._p.append(link)
    file = BytesIO()
    made.save(file)

    assert read_file(file_of(file.getvalue()), WITH_MARKS) == [
        ["Реестр", "", ""],
        HEADER,
        ["30.11", "ВК\nhttps://vk.com/urtam", ""],
        ["30.11", "", "Сход"],
    ]
