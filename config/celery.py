"""Background work: the Celery application and the whole schedule in one dict."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("glashatay")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Every five minutes: has any zone's last closed week not been checked yet? On Monday at 06:00 local time this is
    # the weekly check itself; after a stop of the machine it is the catch-up.
    "check the week that ended": {"task": "compliance.tasks.check_closed_weeks", "schedule": crontab(minute="*/5")},
    # Every minute: letters that did not go out yet.
    "deliver letters": {"task": "people.tasks.deliver_letters", "schedule": crontab()},
}
