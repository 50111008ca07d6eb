"""What beat asks for exists."""

import pytest
from celery.schedules import crontab

from config.celery import app


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=str)
def test_every_scheduled_task_is_registered(entry: dict[str, str]) -> None:
    app.loader.import_default_modules()

    assert entry["task"] in app.tasks


def test_the_week_is_checked_on_monday_at_six() -> None:
    assert app.conf.beat_schedule["weekly check"]["schedule"] == crontab("0", "6", day_of_week="1")


def test_the_schedule_follows_the_zone_of_the_district() -> None:
    assert str(app.conf.timezone) == "Asia/Tomsk"
