"""Replies to invented citizens on stage: one of each state."""

from datetime import timedelta

from django.utils import timezone

from contentplan.models import Publication
from moderation.inbox.intake import Arrival, receive
from moderation.models import Message, MessageKind, Reply, ReplyRemark, Source
from moderation.replies import path, sending, wordings
from people.models import User
from registry.models import Account

# Text of the message, hours ago, text of the reply, where the reply stands.
ROWS = [
    (
        "Почему ФАП закрыт третий день?",
        4,
        "Здравствуйте! Фельдшер на учёбе до пятницы. Приём ведёт выездная бригада, по будням с 10 до 13 часов.",
        "submitted",
    ),
    (
        "Когда отсыпят улицу Полевую? После дождя не проехать.",
        3,
        "Здравствуйте! Улицу Полевую отсыпят щебнем до 10 декабря.",
        "approved",
    ),
    (
        "Собаки без присмотра бегают возле школы, страшно за детей!",
        6,
        "Ваше обращение принято к сведению и будет рассмотрено в установленном порядке.",
        "returned",
    ),
    (
        "Во сколько начнётся концерт в Доме культуры?",
        26,
        "Здравствуйте! Концерт начнется в 18 часов, вход свободный.",
        "sent",
    ),
]


def build(people: dict[str, User], account: Account) -> None:
    editor, coordinator = people["urtam"], people["coordinator"]
    for place, (asked, hours, text, status) in enumerate(ROWS):
        reply = wordings.begin(_message(account, asked, hours, place, by=editor), text, is_interim=False, by=editor)
        path.submit(reply, revision=1, by=editor, note="Сверено с больницей" if "ФАП" in asked else "")
        _decide(reply, status, editor=editor, coordinator=coordinator)


def _message(account: Account, text: str, hours: int, place: int, *, by: User) -> Message:
    at = timezone.now() - timedelta(hours=hours)
    number = f"demo-reply-{place}"
    kind = MessageKind.COMMENT
    arrival = Arrival(account, text, at, kind=kind, external_id=number, link=account.url, author_name="Вера Т.")
    [(message, _is_new)] = receive([arrival], by=by, source=Source.FORM)
    return message


def _decide(reply: Reply, status: str, *, editor: User, coordinator: User) -> None:
    thread = reply.thread_seen
    if status == "returned":
        quote = "в установленном порядке"
        remark = ReplyRemark(quote=quote, body="Скажите по-человечески: кто приедет и когда. И поздоровайтесь.")
        path.return_for_changes(reply, revision=1, remarks=[remark], by=coordinator)
    elif status == "approved":
        path.approve(reply, revision=1, thread=thread, by=coordinator)
    elif status == "sent":
        path.correct(reply, reply.text.replace("начнется", "начнётся"), revision=1, thread=thread, by=coordinator)
        out = Publication.objects.filter(account=reply.message.account).order_by("pk").first()
        link = out.link if out else f"{reply.message.account.url}?w=wall-1_1"
        sending.send(reply, link=link, revision=2, thread=thread, by=editor)
