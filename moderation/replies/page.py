"""The part of the reply on the page of a message: for the view of the message, and for forms that were not taken."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from moderation.models import Message, ReplyViewing
from moderation.replies import templates
from moderation.replies.checks import Found
from moderation.replies.forms import ReplyForm, SendForm
from moderation.replies.lengths import limit_of
from moderation.replies.story import Story
from people import unsent
from people.http import UserRequest
from review import lengths, presence


def part(
    request: UserRequest,
    message: Message,
    *,
    reply_form: ReplyForm | None = None,
    send_form: SendForm | None = None,
    found: list[Found] | None = None,
    overtaken: str = "",
    objection: str = "",
    objection_error: str = "",
) -> dict[str, Any]:
    """What `moderation/_reply.html` needs. Whoever looks is remembered; `?template=5` begins with that template."""
    story = Story.of(message, request.user)
    if story.reply and not story.reply.is_sent:
        row = ReplyViewing(reply=story.reply, user=request.user, revision=story.reply.revision)
        presence.look(row, "reply")
    kept = unsent_text(request, story)
    if kept and kept.get("revision", "0") != str(story.reply.revision if story.reply else 0):
        overtaken = overtaken or _(
            "While you were away, the reply was changed. Your text stands below: nothing is lost."
        )
    return {
        "story": story,
        "unsent": bool(kept),
        "key": key_of(request, message),
        "limit": limit_of(message) if story.can_write else None,
        "count": lengths.words(),
        "reply_form": reply_form or _form(request, story, kept),
        "send_form": send_form or SendForm(others=story.beside if story.can_send else []),
        "found": found or [],
        "is_confirmable": bool(found) and not any(one.stops for one in found or []),
        "overtaken": overtaken,
        "objection": objection,
        "objection_error": objection_error,
    }


def key_of(request: UserRequest, message: Message) -> str:
    """Whose text it is and about what, should the session end before it is sent."""
    return f"{request.user.pk}-reply-{message.pk}"


def unsent_text(request: UserRequest, story: Story) -> dict[str, str]:
    """What this person typed here before they were signed out; what waits for another page is left there."""
    waiting = request.session.get(unsent.UNSENT) or {}
    if not story.can_write or waiting.get("key") != key_of(request, story.message):
        return {}
    kept = unsent.claim(request)
    return dict(kept[1]) if kept else {}


def _form(request: UserRequest, story: Story, kept: dict[str, str]) -> ReplyForm:
    reply = story.reply
    if kept:
        typed = {name: kept.get(name, "") for name in ("text", "note")}
        return ReplyForm(initial={**typed, "is_interim": "is_interim" in kept})
    initial = {"text": reply.text, "is_interim": reply.is_interim} if reply and story.can_write else {}
    chosen = request.GET.get("template", "")
    template = next((row for row in story.templates if str(row.pk) == chosen), None)
    if template:
        said = str(initial.get("text") or "")
        initial["text"] = "\n\n".join(filter(None, [said, templates.filled(template.text, story.message)]))
    return ReplyForm(initial=initial)


def show(request: UserRequest, message: Message, **given: Any) -> HttpResponse:
    """The page of the message with a form that was not taken."""
    from moderation.inbox.views import show_message  # that page holds this part

    return show_message(request, message, part(request, message, **given))
