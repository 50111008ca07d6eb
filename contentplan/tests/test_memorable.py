"""Holidays and memorable dates: which days, put on the boards once, left to people afterwards."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from contentplan import memorable
from contentplan.models import Occasion
from people.models import Organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Новый год", date(2027, 1, 1)),
        ("День местного самоуправления", date(2027, 4, 21)),
        ("День Победы", date(2027, 5, 9)),
        ("День России", date(2027, 6, 12)),
        ("День медицинского работника", date(2027, 6, 20)),  # the third Sunday
        ("День молодёжи", date(2027, 6, 26)),  # the last Saturday
        ("День Государственного флага Российской Федерации", date(2027, 8, 22)),
        ("День учителя", date(2027, 10, 5)),
        ("День работника сельского хозяйства и перерабатывающей промышленности", date(2027, 10, 10)),
        ("День народного единства", date(2027, 11, 4)),
        ("День матери", date(2027, 11, 28)),  # the last Sunday
    ],
)
def test_a_date_stands_on_its_day(title: str, day: date) -> None:
    assert [row.first for row in memorable.dates_of(2027) if row.title == title] == [day]


def test_the_new_year_holidays_are_one_span_and_days_off_are_no_occasion() -> None:
    january = {row.title: (row.first, row.last) for row in memorable.dates_of(2026) if row.first.month == 1}

    assert january["Новогодние каникулы"] == (date(2026, 1, 1), date(2026, 1, 8))
    assert not any("ыходной" in row.title for row in memorable.dates_of(2026))


def test_dates_are_put_on_the_boards_of_all_bodies_once(district: Organization, urtam: Organization) -> None:
    first, second = memorable.put_on_boards(district, 2027), memorable.put_on_boards(district, 2027)

    assert (first, second) == (len(memorable.dates_of(2027)), 0)
    assert Occasion.objects.of(urtam).count() == first


def test_what_people_corrected_and_deleted_stays_so(district: Organization) -> None:
    memorable.put_on_boards(district, 2027)
    Occasion.objects.filter(uid="memorable:2027:mother").update(title="День матери. Концерт")
    Occasion.objects.filter(uid="memorable:2027:energy").delete()

    memorable.put_on_boards(district, 2027)

    assert Occasion.objects.get(uid="memorable:2027:mother").title == "День матери. Концерт"
    assert not Occasion.objects.filter(uid="memorable:2027:energy").exists()


def test_the_command_adds_what_was_added_to_the_list(
    district: Organization, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memorable.put_on_boards(district, 2027)
    own = tmp_path / "dates.yaml"
    own.write_text("- {key: village, month: 8, day: 14, title: День села}\n", encoding="utf-8")
    settings.MEMORABLE_DATES = str(own)

    call_command("memorable_dates", year=[2027])
    call_command("memorable_dates", year=[2027])

    assert Occasion.objects.get(title="День села").starts_on == date(2027, 8, 14)
    assert capsys.readouterr().out.splitlines() == ["Добавлена 1 дата.", "Все даты уже стоят в неделях."]


@pytest.mark.parametrize(
    "row",
    ["{key: x, month: 2, day: 30, title: Нет}", "{key: x, month: 2, monday: 6, title: Нет}", "{key: x}"],
)
def test_a_row_that_means_no_day_is_named(row: str, district: Organization, settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "dates.yaml"
    own.write_text(f"- {row}\n", encoding="utf-8")
    settings.MEMORABLE_DATES = str(own)

    with pytest.raises(CommandError, match="'key': 'x'"):
        call_command("memorable_dates", year=[2027])


def test_by_default_this_year_and_the_next_are_put_there(district: Organization) -> None:
    memorable.put_everywhere()

    years = sorted({day.year for day in Occasion.objects.values_list("starts_on", flat=True)})
    assert years == [district.today.year, district.today.year + 1]
