"""Occasions from calendars and tables: what is read, what is refused with a sentence, what a second import does."""

from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from contentplan.actions.occasions import take_occasions
from contentplan.imports.ical import read_calendar
from contentplan.imports.occasions import read_table
from contentplan.imports.reading import read_text
from contentplan.models import Occasion, PlannedPost
from contentplan.tests.conftest import THURSDAY_BEFORE
from people.models import Organization, User

TOMSK = ZoneInfo("Asia/Tomsk")
TODAY = date(2026, 11, 26)
Page = Callable[..., str]


def ics(*events: str) -> bytes:
    """A calendar; each event is its lines, separated by `|`."""
    said = "".join(f"BEGIN:VEVENT\n{event.replace('|', chr(10))}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{said}END:VCALENDAR\n".encode()


def days(content: bytes) -> list[tuple[str, date, date, time | None]]:
    read = read_calendar(content, zone=TOMSK, today=TODAY)
    rows = (row.content for row in read.brought)
    return [(row.title, row.starts_on, row.ends_on, row.at) for row in rows]


# --- calendars -----------------------------------------------------------------------------------


def test_an_hour_of_another_zone_is_told_in_the_zone_of_the_body() -> None:
    moscow = ics("UID:1|SUMMARY:Приём|DTSTART;TZID=Europe/Moscow:20261130T220000|DURATION:PT1H")

    assert days(moscow) == [("Приём", date(2026, 12, 1), date(2026, 12, 1), time(2, 0))]


def test_an_hour_without_a_zone_is_the_bodys_own() -> None:
    assert days(ics("UID:1|SUMMARY:Приём|DTSTART:20261130T220000"))[0][1:] == (
        date(2026, 11, 30),
        date(2026, 11, 30),
        time(22, 0),
    )


def test_the_end_of_whole_days_is_not_part_of_the_event() -> None:
    fair = ics("UID:1|SUMMARY:Ярмарка|DTSTART;VALUE=DATE:20261231|DTEND;VALUE=DATE:20270103")

    assert days(fair) == [("Ярмарка", date(2026, 12, 31), date(2027, 1, 2), None)]


def test_an_event_that_ends_at_midnight_ends_on_the_day_before() -> None:
    evening = ics("UID:1|SUMMARY:Вечер|DTSTART:20261205T190000|DTEND:20261206T000000")

    assert days(evening)[0][1:3] == (date(2026, 12, 5), date(2026, 12, 5))


def test_a_series_steps_around_its_exceptions_and_keeps_to_moved_days() -> None:
    weekly = ics(
        "UID:1|SUMMARY:Планёрка|DTSTART:20261130T090000|RRULE:FREQ=WEEKLY;COUNT=4|EXDATE:20261207T090000",
        "UID:1|RECURRENCE-ID:20261214T090000|SUMMARY:Планёрка|DTSTART:20261215T100000",
    )

    assert [row[1] for row in days(weekly)] == [date(2026, 11, 30), date(2026, 12, 21), date(2026, 12, 15)]


def test_a_series_counts_the_days_of_its_own_zone() -> None:
    """Monday late in Moscow is Tuesday here, on each Monday of the series."""
    weekly = ics("UID:1|SUMMARY:Эфир|DTSTART;TZID=Europe/Moscow:20261130T220000|RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2")

    assert [(row[1], row[3]) for row in days(weekly)] == [
        (date(2026, 12, 1), time(2, 0)),
        (date(2026, 12, 8), time(2, 0)),
    ]


def test_a_series_without_an_end_is_expanded_for_a_year() -> None:
    birthdays = ics("UID:1|SUMMARY:День села|DTSTART;VALUE=DATE:19500520|RRULE:FREQ=YEARLY")

    assert [row[1] for row in days(birthdays)] == [date(2027, 5, 20)]


def test_until_in_another_zone_keeps_the_last_day() -> None:
    weekly = ics("UID:1|SUMMARY:А|DTSTART;TZID=Asia/Tomsk:20261201T090000|RRULE:FREQ=DAILY;UNTIL=20261203T020000Z")

    assert [row[1].day for row in days(weekly)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ("UID:1|DTSTART:20261201T090000", "«—»: у события нет названия."),
        ("UID:1|SUMMARY:Сход", "«Сход»: у события нет дня."),
        ("UID:1|SUMMARY:Сход|DTSTART:20261399T000000", "«Сход»: событие не удалось прочитать."),
        (
            "UID:1|SUMMARY:Сход|DTSTART;VALUE=DATE:20261201|DTEND;VALUE=DATE:20270601",
            "«Сход»: событие длится больше четырёх месяцев.",
        ),
        (
            "UID:1|SUMMARY:Сход|DTSTART:20261201T090000|RRULE:FREQ=SECONDLY",
            "«Сход»: портал не понимает, как оно повторяется. Внесите его вручную.",
        ),
        (
            "UID:1|SUMMARY:Сход|DTSTART:20261201T090000|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "«Сход»: портал не понимает, как оно повторяется. Внесите его вручную.",
        ),
    ],
)
def test_a_bad_event_is_said_and_the_good_ones_are_read(event: str, sentence: str) -> None:
    read = read_calendar(ics(event, "UID:2|SUMMARY:Ярмарка|DTSTART:20261205T100000"), zone=TOMSK, today=TODAY)

    assert (read.wrong, [row.content.title for row in read.brought]) == ([sentence], ["Ярмарка"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"just words", "Это не календарь. В своём календаре выберите «Экспорт» и возьмите файл с окончанием .ics."),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "В этом календаре нет ни одного события."),
        (b"x" * (2 * 1024 * 1024 + 1), "Календарь слишком большой: не больше 2 МБ. Выгрузите его за меньший срок."),
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_calendar(content, zone=TOMSK, today=TODAY)

    assert refusal.value.messages == [sentence]


def test_more_events_than_anybody_needs_are_refused() -> None:
    daily = [f"UID:{n}|SUMMARY:А|DTSTART:20261201T090000|RRULE:FREQ=DAILY" for n in range(4)]

    with pytest.raises(ValidationError, match="больше 1000 событий"):
        read_calendar(ics(*daily), zone=TOMSK, today=TODAY)


def test_a_calendar_of_old_windows_is_read() -> None:
    assert days(ics("UID:1|SUMMARY:Ярмарка|DTSTART:20261205T100000").decode().encode("cp1251"))[0][0] == "Ярмарка"


# --- tables --------------------------------------------------------------------------------------


def test_columns_are_known_by_their_header_in_any_order() -> None:
    table = read_table(read_text("Место\tМероприятие\tДата\tВремя\nДК\tКонцерт\t5 декабря\t14.00\n"), today=TODAY)

    content = table.brought[0].content
    assert (content.title, content.starts_on, content.at, content.place) == (
        "Концерт",
        date(2026, 12, 5),
        time(14, 0),
        "ДК",
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("с 1 по 5 декабря", date(2026, 12, 1), date(2026, 12, 5)),
        ("10–12 декабря", date(2026, 12, 10), date(2026, 12, 12)),
        ("28.12.2026 - 09.01.2027", date(2026, 12, 28), date(2027, 1, 9)),
        ("2 января", date(2027, 1, 2), date(2027, 1, 2)),
    ],
)
def test_days_are_read_as_people_write_them(words: str, first: date, last: date) -> None:
    content = read_table(read_text(f"Дата\tСобытие\n{words}\tЁлка\n"), today=TODAY).brought[0].content

    assert (content.starts_on, content.ends_on) == (first, last)


def test_bad_rows_are_said_and_left_to_be_mended() -> None:
    table = read_table(read_text("Дата\tСобытие\n32.12.2026\tСход\n05.12.2026\tЯрмарка\n06.12.2026\t\n"), today=TODAY)

    assert table.wrong == ["Строка 2: «32.12.2026»: такого дня в календаре нет.", "Строка 4: нет названия события."]
    assert [list(row) for row in table.left] == [["Дата", "Событие"], ["32.12.2026", "Сход"], ["06.12.2026", ""]]


def test_a_table_without_days_is_refused() -> None:
    with pytest.raises(ValidationError, match="назовите их «Дата» и «Событие»"):
        read_table(read_text("Имя\tТелефон\nИванов\t123\n"), today=TODAY)


# --- what an import does -------------------------------------------------------------------------


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(THURSDAY_BEFORE, tick=False):
        yield


@pytest.fixture
def bring(client: Client, coordinator: User, district: Organization, frozen: object) -> Page:
    """Uploads a calendar as the coordinator; answers with the page that follows."""
    client.force_login(coordinator)

    def send(content: bytes, name: str = "calendar.ics", **fields: object) -> str:
        data = {"organization": district.pk, "kind": "event", "file": SimpleUploadedFile(name, content), **fields}
        return client.post(reverse("contentplan:occasion_import"), data, follow=True).content.decode()

    return send


RECEPTION = "UID:1|SUMMARY:Приём граждан|DTSTART:20261201T140000"


def test_the_same_calendar_again_changes_nothing(bring: Page) -> None:
    bring(ics(RECEPTION))

    page = bring(ics(RECEPTION))

    assert Occasion.objects.count() == 1
    assert "1 без изменений." in page


def test_what_the_calendar_changed_is_corrected_and_what_people_set_stays(bring: Page) -> None:
    bring(ics(RECEPTION))
    Occasion.objects.update(is_mandatory=True, for_bodies_below=True)

    bring(ics(RECEPTION.replace("T14", "T16")))

    occasion = Occasion.objects.get()
    assert (occasion.at, occasion.is_mandatory, occasion.for_bodies_below) == (time(16, 0), True, True)


def test_what_the_calendar_cancelled_is_removed_unless_a_post_was_made(
    bring: Page, post: PlannedPost, district: Organization
) -> None:
    bring(ics(RECEPTION, "UID:2|SUMMARY:Ярмарка|DTSTART:20261202T100000", "UID:3|SUMMARY:Сход|DTSTART:20261203T100000"))
    PlannedPost.objects.update(event=Occasion.objects.get(title="Ярмарка"))

    bring(ics(*(f"{event}|STATUS:CANCELLED" for event in (RECEPTION, "UID:2|SUMMARY:Ярмарка|DTSTART:20261202T100000"))))

    assert sorted(Occasion.objects.values_list("title", flat=True)) == ["Сход", "Ярмарка"]


def test_a_day_taken_out_of_a_series_is_removed(bring: Page) -> None:
    weekly = "UID:1|SUMMARY:Планёрка|DTSTART:20261130T090000|RRULE:FREQ=WEEKLY;COUNT=3"
    bring(ics(weekly))

    bring(ics(f"{weekly}|EXDATE:20261207T090000"))

    assert [row.day for row in Occasion.objects.values_list("starts_on", flat=True)] == [30, 14]


def test_an_xlsx_of_topics_is_taken_for_all_bodies(bring: Page, urtam: Organization) -> None:
    book = Workbook()
    sheet: Any = book.active  # its stubs think it may be missing
    for row in (["Дата", "Тема"], [date(2026, 12, 1), "Безопасность на льду"], ["завтра", "Прививки"]):
        sheet.append(row)
    file = BytesIO()
    book.save(file)

    page = bring(file.getvalue(), "topics.xlsx", kind="topic", for_bodies_below="on", is_mandatory="on")

    topic = Occasion.objects.of(urtam).get()
    assert (topic.title, topic.kind, topic.is_mandatory) == ("Безопасность на льду", "topic", True)
    assert "«завтра»" in page
    assert "завтра\tПрививки" in page


def test_a_picture_is_refused_and_nothing_is_taken(bring: Page) -> None:
    page = bring(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "calendar.png")

    assert "Это картинка" in page
    assert not Occasion.objects.exists()


def test_an_editor_cannot_import_for_all_bodies(editor: User, urtam: Organization, client: Client) -> None:
    client.force_login(editor)
    table = "Дата\tСобытие\n05.12.2026\tЯрмарка"
    data = {"organization": urtam.pk, "kind": "event", "text": table, "for_bodies_below": "on"}

    client.post(reverse("contentplan:occasion_import"), data)

    assert not Occasion.objects.get().for_bodies_below


@pytest.mark.django_db
def test_nobody_imports_for_a_body_of_others(chilino_editor: User, urtam: Organization) -> None:
    rows = read_table(read_text("Дата\tСобытие\n05.12.2026\tЯрмарка"), today=TODAY).brought

    with pytest.raises(PermissionDenied):
        take_occasions(urtam, rows, by=chilino_editor)
