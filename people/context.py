"""What every template may use: the way around for this person, the chosen look, the demonstration mark."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.display import attributes
from people.models import Organization, User
from people.roles import Permission

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Label
else:
    Label = str


@dataclass(frozen=True)
class NavItem:
    """A link of the main navigation; `current` while the person is in that part of the portal."""

    key: str
    label: str
    url: str
    current: bool


Shown = Callable[[User], bool]


def _signed_in(user: User) -> bool:
    return True


def _holds(permission: Permission) -> Shown:
    return lambda user: user.may_anywhere(permission)


def _writes_only(user: User) -> bool:
    return user.may_anywhere(Permission.WRITE_PLAN) and not _looks_over(user)


def _looks_over(user: User) -> bool:
    """Sees several bodies side by side rather than writing for one."""
    return user.may_anywhere(Permission.DECIDE_PLAN) or not user.may_anywhere(Permission.WRITE_PLAN)


# The day of publishing, and what those who look over several bodies reach from their plans.
_ON_THE_DAY = ("/day/", "/stops/", "/placements/", "/bodies/")
_OF_PLANS = ("/posts/", "/occasions/", "/packs/", "/offers/", *_ON_THE_DAY)

# key, label, page, other beginnings of addresses that belong to it, who sees it
ENTRIES: list[tuple[str, Label, str, tuple[str, ...], Shown]] = [
    ("today", _("Today"), "compliance:today", (), _signed_in),
    # Whoever decides reads a post as part of what waits for a decision.
    ("review", _("Approval"), "contentplan:review_queue", ("/urgent/", "/posts/"), _holds(Permission.DECIDE_PLAN)),
    ("plan", _("Content plan"), "contentplan:plan_mine", ("/plans/", "/posts/", *_ON_THE_DAY), _writes_only),
    ("plans", _("Content plan"), "contentplan:plan_matrix", _OF_PLANS, _looks_over),
    ("occasions", _("Occasions"), "contentplan:occasion_list", ("/packs/", "/offers/"), _writes_only),
    ("registry", _("Registry"), "registry:account_manage", ("/accounts/", "/proposals/", "/acts/"), _signed_in),
    ("messages", _("Messages"), "moderation:message_list", ("/replies/",), _holds(Permission.MODERATE)),
    ("journal", _("Moderation"), "moderation:decision_list", (), _holds(Permission.VIEW_JOURNAL)),
    ("weeks", _("Weekly check"), "compliance:week_list", (), _signed_in),
    ("people", pgettext_lazy("many", "people"), "people:user_list", (), _holds(Permission.MANAGE_PEOPLE)),
    ("reference", _("Reference lists"), "admin:index", (), _holds(Permission.MANAGE_REFERENCE)),
]


def navigation(request: HttpRequest) -> list[NavItem]:
    """The main navigation of this person: only what they may open."""
    user = getattr(request, "user", AnonymousUser())
    if not isinstance(user, User):
        return list(_public(request))
    items = [item for entry in ENTRIES if entry[4](user) and (item := _item(request, *entry[:4])).url]
    here = next((item for item in items if item.current), None)
    return [replace(item, current=item is here) for item in items]


def _public(request: HttpRequest) -> Iterator[NavItem]:
    home = _address("registry:account_list") or "/"
    is_home = request.path == home or request.path.startswith("/accounts/")
    yield NavItem("registry", str(_("Registry")), home, is_home)
    sign_in = reverse("account_login")
    yield NavItem("sign_in", str(_("Sign in")), sign_in, request.path == sign_in)


def _item(request: HttpRequest, key: str, label: Label, page: str, beginnings: tuple[str, ...]) -> NavItem:
    url = _address(page)
    return NavItem(key, str(label), url, bool(url) and request.path.startswith((url, *beginnings)))


def _address(page: str) -> str:
    """Nothing while the room behind the page is not open."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "owner": SimpleLazyObject(_owner),
        "display_attributes": attributes(request.COOKIES),
    }


def _owner() -> Organization | None:
    """The body whose portal this is: the top of the tree."""
    top: Organization | None = Organization.objects.filter(depth=1).first()
    return top
