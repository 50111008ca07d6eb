"""What the pages of every room may ask the content plan."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contentplan import norm, standing
from contentplan.models import PlannedPost, Publication, Stop
from contentplan.moves import Moves
from contentplan.norm import Meter
from people.models import Organization, User
from people.roles import Permission
from people.templatetags.portal import span, when_there
from people.weeks import Week
from registry.models import Account

register = template.Library()

MOST_COUNTED = 99


@register.simple_tag
def waiting_count(user: User | AnonymousUser) -> str:
    """How many posts await this person's decision, «99+» at most; asks the database only for those who decide.

    It stands on every page: counting on beyond what is shown would cost more than the page itself.
    """
    if not isinstance(user, User) or not user.may_anywhere(Permission.DECIDE_PLAN):
        return ""
    waiting = len(PlannedPost.objects.decidable_by(user).order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    return f"{MOST_COUNTED}+" if waiting > MOST_COUNTED else str(waiting or "")


@register.filter
def planned(post: PlannedPost) -> str:
    """Day and hour of a post where its body is; says by whose clock where the page keeps another one."""
    return when_there(post.plan.organization.zone, post.planned_at)


@register.simple_tag
def came_out(publications: Iterable[Publication]) -> SafeString:
    """What came out of a card, a line each with its link: a board shows dozens of them."""
    hint, zone = escape(_("open the publication")), timezone.get_current_timezone()
    lines = []
    for row in publications:
        network = row.account.network
        words = f"{escape((network and network.mark) or row.account.name)}, {row.published_at.astimezone(zone):%H:%M}"
        if row.link:
            words = (
                f'<a href="{escape(row.link)}" rel="noopener">{words}<span class="visually-hidden"> {hint}</span></a>'
            )
        lines.append(f"<li>{words}</li>")
    return mark_safe("".join(lines))  # noqa: S308 - every word is escaped above


@register.simple_tag
def stops_over(user: User | AnonymousUser | None) -> list[Stop]:
    """The stops of publishing that concern this person; hardly ever asks the database."""
    return standing.concerning(user) if isinstance(user, User) else []


@register.simple_tag
def post_moves(user: User, post: PlannedPost) -> Moves:
    """What this person can do with the post beside its approval."""
    return Moves(user, post)


@register.simple_tag
def week_meters(accounts: Iterable[Account]) -> dict[int, Meter]:
    """The running week's norm meter of each account that owes anything, by its id; a fixed number of queries."""
    bodies: dict[Week, dict[int, Organization]] = {}
    for account in accounts:
        body = account.organization
        bodies.setdefault(Week.now(body.zone), {})[body.pk] = body
    rows = (row for week, found in bodies.items() for row in norm.meters(found.values(), week).values())
    return {meter.account.pk: meter for row in rows for meter in row}


@register.simple_tag
def week_meter(account: Account) -> Meter | None:
    """The same of one account."""
    return week_meters([account]).get(account.pk)


@register.filter
def of_account(meters: dict[int, Meter], account: Account) -> Meter | None:
    return meters.get(account.pk)


@register.filter
def waits(since: datetime) -> str:
    """«ждёт 21 минуту», «ждёт 2 часа»: minutes have a case of their own in Russian."""
    length = timezone.now() - since
    minutes = int(length.total_seconds() // 60)
    if 0 < minutes < 60:
        return ngettext("waits %(n)d minute", "waits %(n)d minutes", minutes) % {"n": minutes}
    return _("waits %(span)s") % {"span": span(length)}
