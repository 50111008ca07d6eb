"""The part of the reply on the page of a message: for the view of the message, and for forms that were not taken."""

from typing import Any

from django.http import HttpResponse

from moderation.models import Message, ReplyViewing
from moderation.replies import templates
from moderation.replies.checks import Found
from moderation.replies.forms import ReplyForm, SendForm
from moderation.replies.story import Story
from people.http import UserRequest
from review import presence


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
    return {
        "story": story,
        "reply_form": reply_form or _form(request, story),
        "send_form": send_form or SendForm(others=story.beside if story.can_send else []),
        "found": found or [],
        "is_confirmable": bool(found) and not any(one.stops for one in found or []),
        "overtaken": overtaken,
        "objection": objection,
        "objection_error": objection_error,
    }


def _form(request: UserRequest, story: Story) -> ReplyForm:
    reply = story.reply
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
