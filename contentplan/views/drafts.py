"""What is typed is saved by itself: kept every few seconds, offered back, forgotten when sent (own texts only)."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contentplan import drafts
from contentplan.forms import PostForm
from contentplan.models import PlannedPost, SavedDraft
from people import unsent
from people.http import UserRequest

# In the address of a form: the unsent text is wanted back.
RESTORE = "draft"


@require_safe
def draft_detail(request: UserRequest) -> JsonResponse:
    """The text kept under `?key=`, for a form that offers it back; nothing when there is none."""
    _claim(request)
    draft = drafts.of(request.user, request.GET.get("key", ""))
    return JsonResponse(
        {"data": draft.data, "at": _epoch(draft), "when": _clock(draft)} if draft else {},
        headers={"Cache-Control": "no-store"},
    )


@require_POST
def draft_save(request: UserRequest) -> JsonResponse:
    """Keeps what is being typed. `changed` tells that somebody has saved another wording meanwhile."""
    key = request.POST.get("key", "")
    draft = drafts.save(request.user, key, drafts.pairs_of(request.POST))
    if draft is None:
        return JsonResponse({"error": _("The text is too long to be kept by itself: save it.")}, status=413)
    answer = {"saved": _("Saved at %(time)s") % {"time": _clock(draft)}, "at": _epoch(draft)}
    return JsonResponse(answer | _changed_meanwhile(request))


@require_POST
def draft_forget(request: UserRequest) -> HttpResponse:
    """The person does not want the text back."""
    drafts.forget(request.user, request.POST.get("key", ""))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = resolve_url("contentplan:plan_mine")
    return redirect(back)


def offered(request: UserRequest, key: str, form: PostForm) -> dict[str, object]:
    """For the page of a form: its key, and the unsent text under it when it says something else than the form."""
    _claim(request)
    draft = None if RESTORE in request.GET else drafts.of(request.user, key)
    if draft and not _says_more(form, draft):
        draft = None
    return {"draft_key": key, "draft": draft}


def restored(request: UserRequest, key: str) -> dict[str, object]:
    """First values of a form whose unsent text is asked back."""
    draft = drafts.of(request.user, key) if RESTORE in request.GET else None
    return drafts.as_initial(drafts.as_post(draft.data)) if draft else {}


def _claim(request: UserRequest) -> None:
    """Takes over what the person sent when they were signed out already."""
    if kept := unsent.claim(request):
        key, pairs = kept
        drafts.save(request.user, key, drafts.worth_keeping(pairs))


def _says_more(form: PostForm, draft: SavedDraft) -> bool:
    now = drafts.as_initial(drafts.as_post(draft.data))
    return any(drafts.plain(value) != drafts.plain(form.initial.get(name)) for name, value in now.items())


def _changed_meanwhile(request: UserRequest) -> dict[str, str]:
    post, revision = request.POST.get("post", ""), request.POST.get("revision", "")
    if not (post.isdecimal() and revision.isdecimal()):
        return {}
    row = PlannedPost.objects.visible_to(request.user).filter(pk=int(post)).first()
    if row is None:
        return {"changed": _("The post has been deleted meanwhile. Your text is kept: save it as a new one.")}
    if row.revision == int(revision):
        return {}
    made = row.revisions.select_related("made_by").last()
    return {
        "changed": _(
            "While you were writing, %(person)s changed this post. When you save, you will see both: nothing is lost."
        )
        % {"person": made.made_by.short_name if made else ""}
    }


def _epoch(draft: SavedDraft) -> int:
    return round(draft.saved_at.timestamp() * 1000)


def _clock(draft: SavedDraft) -> str:
    """The hour, with the day when it was another one."""
    moment = timezone.localtime(draft.saved_at)
    return date_format(moment, "H:i" if moment.date() == timezone.localdate() else "j E, H:i")
