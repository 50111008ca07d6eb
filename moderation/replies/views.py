"""Writing the reply on the page of its message, and putting it out when it is approved (procedure, cl. 2.3)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from moderation import rules
from moderation.models import Message, Reply, ReplyViewing
from moderation.replies import answering, checks, path, sending, wordings
from moderation.replies.forms import ReplyForm, SendForm
from moderation.replies.page import key_of, show
from moderation.replies.story import Story
from people.http import TooLate, UserRequest, require
from people.unsent import keeps_typed
from review import answers, presence, taken

PLACE = "#reply"


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def reply_save(request: UserRequest, pk: int) -> HttpResponse:
    """Keeps the text; `submit`: and sends it for approval, when what the checks find has been read.

    Whoever signed in anew comes without the form, and is led to the page, where what was typed waits.
    """
    message = fetch(request, pk)
    if request.method != "POST":
        return _back(message)
    form = ReplyForm(request.POST)
    if not (_answered(request, message, form) and form.is_valid()):
        return show(request, message, reply_form=form)
    try:
        reply = _keep(request, message, form)
    except TooLate as late:  # shown anew with what was typed
        return show(request, fetch(request, pk), reply_form=form, overtaken=late.sentence)
    if "submit" in request.POST:
        response = _submit(request, message, reply, form)
    else:
        messages.success(request, _("The draft is kept."))
        response = _back(message)
    taken.forget(request, response, key_of(request, message))
    return response


def _answered(request: UserRequest, message: Message, form: ReplyForm) -> bool:
    """Keeps the answers to remarks, before anything that may stand in the way of the text; False: one is too long."""
    given = answers.read(request.POST)
    reply = Reply.objects.for_listing().unfinished().filter(message=message).first() if given else None
    if reply is None or not reply.is_returned:
        return True
    try:
        answering.answer_remarks(reply, given, by=request.user)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return False
    return True


def _submit(request: UserRequest, message: Message, reply: Reply, form: ReplyForm) -> HttpResponse:
    found = [*checks.newer(reply), *checks.of(message, reply.text)]
    asked = found and not form.cleaned_data["confirm"]
    if reply.is_submitted:  # an approved one that was changed is with the department again
        messages.success(request, _("The reply awaits approval again."))
        return _back(message)
    if asked or any(one.stops for one in found):
        return show(request, message, reply_form=form, found=found)
    try:
        path.submit(reply, revision=reply.revision, note=form.cleaned_data["note"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return show(request, message, reply_form=form)
    messages.success(request, _("The reply is sent for approval."))
    return _back(message)


@require_POST
def reply_autosave(request: UserRequest, pk: int) -> JsonResponse:
    """Keeps what is being typed, for its author and for colleagues. `changed`: somebody else wrote meanwhile."""
    message = fetch(request, pk)
    form, current = ReplyForm(request.POST), Reply.objects.unfinished().filter(message=message).first()
    if not form.is_valid():
        return JsonResponse({"error": _("The text is too long to be kept by itself: shorten it.")}, status=413)
    if current and current.is_approved:
        sentence = _("The reply is approved. Press a button to change it: it awaits approval again then.")
        return JsonResponse({"saved": sentence})
    try:
        reply = _keep(request, message, form, by_itself=True)
    except TooLate as late:
        return JsonResponse({"changed": late.sentence})
    return JsonResponse({"saved": _("The draft is kept."), "revision": reply.revision})


def _keep(request: UserRequest, message: Message, form: ReplyForm, *, by_itself: bool = False) -> Reply:
    given, seen = form.cleaned_data, number(request, "revision")
    typed = {"text": given["text"], "is_interim": given["is_interim"]}
    reply = Reply.objects.for_listing().unfinished().filter(message=message).first()
    if reply is None or not seen:
        return wordings.begin(message, **typed, by=request.user, thread=number(request, "thread"))
    thread = 0 if by_itself else number(request, "thread")
    wordings.write(reply, **typed, revision=seen, by=request.user, thread=thread)
    return reply


@require_POST
def reply_presence(request: UserRequest, pk: int) -> JsonResponse:
    """Tells that the page is open, and hears who else has it open and whether the reply is another by now."""
    message = fetch(request, pk)
    reply = Reply.objects.filter(message=message).unfinished().first()
    if reply is None:
        return JsonResponse({"looking": "", "changed": ""})
    seen = number(request, "revision")
    row = ReplyViewing(reply=reply, user=request.user, revision=seen, is_editing="editing" in request.POST)
    presence.look(row, "reply", active="active" in request.POST)
    same = (reply.revision, reply.status) == (seen, request.POST.get("status"))
    sentence = _("The reply has changed meanwhile: load the page again.")
    looking = presence.others(reply.viewings.all(), request.user)
    return JsonResponse({"looking": looking, "changed": "" if same else sentence})


@require_POST
def reply_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    message, reply = _unfinished(request, pk)
    path.withdraw(reply, revision=number(request, "revision"), by=request.user)
    messages.success(request, _("The reply is a draft again."))
    return _back(message)


@require_POST
def reply_send(request: UserRequest, pk: int) -> HttpResponse:
    """The approved reply stands in the network, under this link."""
    message, reply = _unfinished(request, pk)
    form = SendForm(request.POST, others=sending.beside(message))
    if not form.is_valid():
        return show(request, message, send_form=form)
    given = form.cleaned_data
    try:
        others = sending.send(
            reply,
            link=given["link"],
            revision=number(request, "revision"),
            thread=number(request, "thread"),
            by=request.user,
            with_case=given["with_case"],
            links=form.links,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return show(request, message, send_form=form)
    except TooLate as late:
        form.add_error(None, late.sentence)
        return show(request, fetch(request, pk), send_form=form)
    messages.success(request, _told(others))
    response = _back(message)
    taken.forget(request, response, key_of(request, message))
    return response


def _told(others: int) -> str:
    if not others:
        return _("The reply is out. Thank you!")
    sentence = ngettext(
        "The reply is out. Thank you! %(n)d more message of the case is answered by it.",
        "The reply is out. Thank you! %(n)d more messages of the case are answered by it.",
        others,
    )
    return sentence % {"n": others}


@require_POST
def reply_acknowledge(request: UserRequest, pk: int) -> HttpResponse:
    """The author's answer to a correction: understood, or an objection in words."""
    message = fetch(request, pk)
    story = Story.of(message, request.user)
    objects, words = "objects" in request.POST, request.POST.get("objection", "").replace("\0", "").strip()
    if story.correction is None:
        raise TooLate(
            _("The reply has been changed since: there is no correction to answer any more."), _address(message)
        )
    if objects and not words:
        return show(request, message, objection_error=_("Write what is wrong with the correction."))
    try:
        answering.acknowledge(story.correction, by=request.user, objection=words if objects else "")
    except ValidationError as error:
        return show(request, message, objection=words, objection_error=" ".join(error.messages))
    said = _("The department is told of your objection.") if objects else _("Thank you: the correction is understood.")
    messages.success(request, said)
    return _back(message)


def fetch(request: UserRequest, pk: int) -> Message:
    message: Message = get_object_or_404(Message.objects.visible_to(request.user).for_listing(), pk=pk)
    require(rules.can_write_reply(request.user, message))
    return message


def _unfinished(request: UserRequest, pk: int) -> tuple[Message, Reply]:
    message = fetch(request, pk)
    reply = Reply.objects.for_listing().unfinished().filter(message=message).first()
    if reply is None:
        raise TooLate(_("There is no reply to go on with."), _address(message))
    return message, reply


def number(request: HttpRequest, name: str) -> int:
    """A number of the form; 0, which nothing ever has, when it did not say."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _address(message: Message) -> str:
    return reverse("moderation:message_detail", args=[message.pk])


def _back(message: Message) -> HttpResponse:
    return HttpResponseRedirect(_address(message) + PLACE)
