"""Days and hours as people write them, read against Thursday 26 November 2026 and the week from 30 November."""

from datetime import date, time

import pytest

from contentplan.imports.dates import BadDate, read_hour, read_when

TODAY, MONDAY = date(2026, 11, 26), date(2026, 11, 30)
THE_30TH, TEN = date(2026, 11, 30), time(10)


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [
        ("30.11", THE_30TH, None),
        ("30.11.", THE_30TH, None),
        ("30.11.2026", THE_30TH, None),
        ("30.11.26 г.", THE_30TH, None),
        ("30/11/2026", THE_30TH, None),
        ("2026-11-30", THE_30TH, None),
        ("2026-11-30T10:00:00", THE_30TH, TEN),
        ("2026-11-30 10:00", THE_30TH, TEN),
        ("30.11.2026 10:00", THE_30TH, TEN),
        ("30.11 10.00", THE_30TH, TEN),
        ("30.11, в 10-00", THE_30TH, TEN),
        ("10:00 30.11", THE_30TH, TEN),
        ("пн 30 ноября", THE_30TH, None),
        ("Пн., 30 ноября 2026 г., 10:00", THE_30TH, TEN),
        ("понедельник, 30 ноября в 10 часов", THE_30TH, TEN),
        ("30 ноября 2026 года", THE_30TH, None),
        ("30 нояб. 10:00–11:00", THE_30TH, TEN),
        ("30-го ноября, 10 ч", THE_30TH, TEN),
        ("30\u00a0ноября\n10:00", THE_30TH, TEN),
        ("пн", MONDAY, None),
        ("в среду, 18:30", date(2026, 12, 2), time(18, 30)),
        ("воскресенье в 9", date(2026, 12, 6), time(9)),
        ("1 мая", date(2027, 5, 1), None),
        ("31 декабря", date(2026, 12, 31), None),
        ("7 января", date(2027, 1, 7), None),
        ("3 сентября", date(2026, 9, 3), None),
        ("46356", THE_30TH, None),
        ("46356.4166666667", THE_30TH, TEN),
        ("10.00", None, TEN),
        ("18:30", None, time(18, 30)),
        ("30.11–02.12", THE_30TH, None),
        ("30.11 - 02.12.2026, 10:00", THE_30TH, TEN),
        ("30.11-10:00", THE_30TH, TEN),
        ("1–3 декабря", date(2026, 12, 1), None),
        ("5-е декабря", date(2026, 12, 5), None),
        ("30.11 срочно", THE_30TH, None),
        ("30.11, все аккаунты", THE_30TH, None),
        ("30 ноября в 7 вечера", THE_30TH, time(19)),
        ("30.11 в 7.30 утра", THE_30TH, time(7, 30)),
        ("30.11, 12 часов дня", THE_30TH, time(12)),
        ("30.11, 11 ночи", THE_30TH, time(23)),
        ("30-11-2026 10:00", THE_30TH, TEN),
        ("30,11,2026", THE_30TH, None),
        ("с 30.11 по 02.12", THE_30TH, None),
        ("30 ноября – 2 декабря, 10:00", THE_30TH, TEN),
        ("", None, None),
    ],
)
def test_a_moment_is_read(words: str, day: date | None, hour: time | None) -> None:
    when = read_when(words, today=TODAY, monday=MONDAY)

    assert (when.day, when.hour) == (day, hour)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("скоро", "unreadable"),
        ("31.02", "no such day"),
        ("30.02.2026", "no such day"),
        ("30.11.1826", "no such day"),
        ("вт 30 ноября", "weekday"),
        ("среда, 30.11.2026", "weekday"),
        ("30 февраля", "no such day"),
        ("30.11 25:00", "hour"),
        ("30.11.2026 24:00", "hour"),
        ("30.11 10:75", "hour"),
        ("30.11 в 25", "hour"),
        ("понедельник, 25 часов", "hour"),
        ("30 ноября 14 30", "hour"),
        ("30.11 18", "hour"),
        ("30.11 10:00 и 18:00", "hours"),
    ],
)
def test_what_is_no_moment_is_refused(words: str, code: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_when(words, today=TODAY, monday=MONDAY)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("10", TEN),
        ("10.0", TEN),
        ("10.00", TEN),
        ("10:00", TEN),
        ("9-30", time(9, 30)),
        ("0.4375", time(10, 30)),
        ("", None),
    ],
)
def test_a_column_of_hours_is_read(words: str, hour: time | None) -> None:
    assert read_hour(words) == hour


@pytest.mark.parametrize(
    ("words", "code"), [("25:00", "unreadable"), ("утром", "unreadable"), ("9:00 и 18:00", "hours")]
)
def test_what_is_no_hour_is_refused(words: str, code: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_hour(words)

    assert refusal.value.code == code
