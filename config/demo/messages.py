"""Messages of invented citizens on stage: one of each state, some past their term."""

from datetime import timedelta

from django.utils import timezone

from config.demo.replies import build as build_replies
from moderation.inbox import actions
from moderation.inbox.intake import Arrival, receive
from moderation.models import Message, Source
from people.models import User
from registry.models import Account

# Text, name of the invented author, hours ago.
ROWS = [
    ("Здравствуйте! Когда починят фонари на Садовой? Третью неделю темно.", "Анна К.", 90),
    ("Автобус утром опять не пришёл. Кому жаловаться?", "Сергей", 2),
    ("Перезвоните мне, пожалуйста: 8 913 000-00-00, вопрос по субсидии", "Лидия П.", 5),
    ("Во дворе оборвало провод, висит над площадкой!", "Игорь В.", 1),
    ("Будет ли субботник в эту субботу?", "Мария", 70),
    ("Где взять справку о составе семьи?", "Олег Т.", 3),
    ("Спасибо за новую площадку!", "Наталья", 4),
]


def build(people: dict[str, User], accounts: list[Account]) -> None:
    moderator, editor = people["moderator"], people["urtam"]
    pages = [account for account in accounts if account.organization.slug == "urtamskoe"] or accounts
    now = timezone.now()
    arrivals = [
        Arrival(
            pages[0],
            text,
            now - timedelta(hours=hours),
            external_id=f"demo-{place}",
            author_name=author,
            is_urgent="провод" in text,
        )
        for place, (text, author, hours) in enumerate(ROWS)
    ]
    rows = [message for message, _is_new in receive(arrivals, by=moderator, source=Source.FORM)]
    _act(rows, moderator, editor, people["coordinator"])
    build_replies(people, pages[0])


def _act(rows: list[Message], moderator: User, editor: User, coordinator: User) -> None:
    actions.assign(rows[1], to=editor, by=moderator)
    actions.pause(rows[4], reason="Ждём ответа совета ветеранов о дне субботника", by=editor)
    actions.answer(rows[5], by=coordinator)
    actions.close(rows[6], reason="Благодарность, ответа не ждут", by=moderator)
