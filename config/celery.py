"""Background work: the Celery application and the whole schedule in one dict."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("glashatay")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Monday 06:00: the check of the week that ended (procedure, cl. 5).
    "weekly check": {"task": "compliance.tasks.check_closed_weeks", "schedule": crontab("0", "6", day_of_week="mon")},
    # Every hour: drafts of repeating posts, for this and the next week.
    "make drafts of repeating posts": {"task": "contentplan.tasks.make_repeats", "schedule": crontab("20")},
    # Every full hour: the same for other time zones, and for a Monday that was missed. A repeat changes nothing.
    "catch up the weekly check": {"task": "compliance.tasks.check_closed_weeks", "schedule": crontab("0")},
    # Every night at 03:30: the proof that nobody has rewritten the moderation journal, and its signed head (cl. 7).
    "prove the moderation journal": {"task": "moderation.tasks.verify", "schedule": crontab("30", "3")},
    # Every night at 04:20: words of decisions after their term; their hashes stay.
    "forget words": {"task": "moderation.tasks.forget_words_of_decisions", "schedule": crontab("20", "4")},
    # Every night at 04:10: names of citizens whose messages were dealt with long ago.
    "forget authors": {"task": "moderation.tasks.forget_authors", "schedule": crontab("10", "4")},
    # Every quarter of an hour: reminders of plans that are due, in each body's working hours. A repeat says nothing.
    "remind of plans": {"task": "contentplan.tasks.remind_of_plans", "schedule": crontab("*/15")},
    # Every ten minutes: replies to citizens that are due soon or overdue, in each body's working hours.
    "remind of replies": {"task": "moderation.tasks.remind_of_replies", "schedule": crontab("*/10")},
    # Every hour: blocks and restrictions whose term is over, in each body's working hours. A repeat says nothing.
    "remind of ended measures": {"task": "moderation.tasks.remind_of_ended_measures", "schedule": crontab("25")},
    # Every minute: letters about what people were told and have not read, in working hours, as each of them chose.
    "write letters": {"task": "people.tasks.write_letters", "schedule": crontab()},
    # Every quarter of an hour: approved posts that have come out nowhere a day after their time.
    "mark missed posts": {"task": "contentplan.tasks.mark_missed", "schedule": crontab("*/15")},
    # Every five minutes: the time of a post has come, whoever publishes it is reminded.
    "remind of posts": {"task": "contentplan.tasks.remind_of_posts", "schedule": crontab("*/5")},
    # Every five minutes: files of posts that a killed worker left unfinished.
    "prepare files left behind": {"task": "contentplan.tasks.catch_up_files", "schedule": crontab("*/5")},
    # Every night at 04:00: texts that were never sent and files that no post has, after 30 days.
    "forget what was never sent": {"task": "contentplan.tasks.forget_unsent", "schedule": crontab("0", "4")},
    # Every night at 02:10: holidays and memorable dates of this year and the next, each once (procedure, cl. 2.2).
    "put memorable dates on boards": {"task": "contentplan.tasks.put_memorable_dates", "schedule": crontab("10", "2")},
    # Every minute: imports of the registry that a killed worker left unfinished.
    "go on with imports": {"task": "registry.tasks.go_on_with_imports", "schedule": crontab()},
    # Every night at 00:05: pages of networks that are prohibited from today on.
    "archive what is prohibited": {"task": "registry.tasks.archive_what_is_prohibited", "schedule": crontab("5", "0")},
    # Every night at 02:40: a version of the open data, when anything public has changed since the last one.
    "publish open data": {"task": "registry.tasks.publish_open_data", "schedule": crontab("40", "2")},
    # On working days at 09:20: security checklists that grow too old, rights of people who left (order, cl. 2.3).
    "remind of security": {
        "task": "registry.tasks.remind_of_security",
        "schedule": crontab("20", "9", day_of_week="mon-fri"),
    },
    # On working days at 09:30: how many pages nobody has looked at in time, once a week to the department (cl. 3).
    "remind of verification": {
        "task": "registry.tasks.remind_of_verification",
        "schedule": crontab("30", "9", day_of_week="mon-fri"),
    },
    # On working days at 09:35: names of closed pages at which nobody has looked in time, once a week (cl. 3).
    "remind of closed names": {
        "task": "registry.tasks.remind_of_closed_names",
        "schedule": crontab("35", "9", day_of_week="mon-fri"),
    },
    # In YEARLY_LETTER_MONTH each body looks through its entries: the first working morning asks, others find it done.
    "ask bodies about their entries": {
        "task": "registry.tasks.write_yearly_letters",
        "schedule": crontab("40", "9", day_of_week="mon-fri"),
    },
    # Every night at 04:50: sessions that have ended, counters of requests of yesterday.
    "forget who has asked": {"task": "people.tasks.tidy", "schedule": crontab("50", "4")},
    # Every minute: letters that did not go out yet.
    "deliver letters": {"task": "people.tasks.deliver_letters", "schedule": crontab()},
    # Every minute: a sign of life of beat and worker, which /healthz reads.
    "heartbeat": {"task": "config.tasks.heartbeat", "schedule": crontab()},
}


@worker_init.connect
@beat_init.connect
def guard(**_: Any) -> None:
    """A worker or a beat of an unsafe portal does not start."""
    from config.checks import refuse_unsafe_start  # the applications are loaded by now, not earlier

    refuse_unsafe_start()
