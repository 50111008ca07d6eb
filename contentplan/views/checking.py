"""The check before sending: on demand while a post is written, and by itself when it is sent."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contentplan import checks, preview, rules
from contentplan.forms import PostForm
from contentplan.models import PlannedPost
from contentplan.views.back import asked
from contentplan.views.board import Board
from contentplan.views.cards import Card
from contentplan.views.media import keeper
from contentplan.views.weeks import board_of, draft_key, post_form, show_plan
from people.http import UserRequest, require
from people.unsent import keeps_typed
from people.weeks import Week


@dataclass(frozen=True)
class Checked:
    """The answer to «Проверить»."""

    findings: list[checks.Finding] = field(default_factory=list)
    week: list[checks.Finding] = field(default_factory=list)
    previews: list[preview.Preview] = field(default_factory=list)
    note: str = ""

    @property
    def hard(self) -> list[checks.Finding]:
        return checks.hard(self.findings)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def post_check(request: UserRequest, organization: str, week: Week) -> HttpResponse:
    """Says what to look at in the form as it is typed, and how it will look; saves nothing but its new files.

    A script gets the answer alone, a browser without one the page with the form and the answer in it.
    """
    board = board_of(request, organization, week)
    require(board.can_write)
    if request.method != "POST":
        return show_plan(request, board)
    card = _card(request)
    form = post_form(board, card, request.POST, files=request.FILES)
    form.take_files(keeper(request, board.organization))
    checked = _checked(form, board, card, asked(request, "note"))
    if request.headers.get("X-Requested-With") == "fetch":
        with timezone.override(board.organization.zone):
            return render(request, "contentplan/_check.html", {"form": form, **_values(checked)})
    post = card.post if card else None
    key, day = draft_key(board, post), board.week.monday
    day = next((one for one in week.days if one.isoformat() == str(form["day"].value())), day)
    return show_plan(request, board, form=form, form_card=card, form_day=day, draft_key=key, checked=checked)


def may_go(request: UserRequest, post: PlannedPost, note: str) -> bool:
    """Whether the post can be sent: a hard finding asks for a line of explanation. Says what was found."""
    found = checks.of(PlannedPost.objects.for_cards().get(pk=post.pk))
    hard = checks.hard(found)
    if hard and not note.strip():
        why = " ".join(f"{finding.sentence} {finding.advice}" for finding in hard)
        ask = _("If it has to stay so, write a note to the reviewer and send it again.")
        messages.warning(request, _("Not sent yet. %(why)s") % {"why": f"{why} {ask}"})
        return False
    for finding in found:
        if not finding.hard:
            messages.info(request, f"{finding.sentence} {finding.advice}")
    return True


def _card(request: UserRequest) -> Card | None:
    """The post whose form it is; none for a new one."""
    number = request.POST.get("post", "")
    if not number.isdecimal():
        return None
    card = Card(get_object_or_404(PlannedPost.objects.visible_to(request.user).for_cards(), pk=int(number)))
    require(rules.can_edit(request.user, card.post))
    return card


def _checked(form: PostForm, board: Board, card: Card | None, note: str) -> Checked:
    if form.errors:
        return Checked(note=note)
    content, files = form.content, form.attachments
    accounts = [account for account in form.offered if account.pk in content.placements]
    at = content.planned_at.astimezone(board.organization.zone)
    return Checked(
        checks.of_content(board.organization, content, card.post if card else None),
        checks.of_plan(board.organization, board.week),
        preview.of(accounts, content.placements, content.text, at, files),
        note,
    )


def _values(checked: Checked) -> dict[str, object]:
    return {
        "findings": checked.findings,
        "hard": checked.hard,
        "week": checked.week,
        "previews": checked.previews,
        "note": checked.note,
    }
