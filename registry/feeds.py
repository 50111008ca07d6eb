"""Feeds of what changed in the registry, Atom and RSS, of the same filter as the page `/changes/`."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Organization
from registry.changelog import ChangeFilter, of_entries
from registry.models import EntryChange

if TYPE_CHECKING:
    ChangeFeed = Feed[EntryChange, ChangeFilter]
else:
    ChangeFeed = Feed

MOST = 50  # changes in a feed, as on a page
_BEGUN = 2026  # the year in which the names of feeds were given: a tag: URI needs one, and it never changes
# XML cannot say these, not even escaped.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def tag(path: str) -> str:
    """A name that stays when the address of the portal's pages changes (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{_BEGUN}:{path}"


def sayable(text: str) -> str:
    return _UNSAYABLE.sub(" ", text)


def keeper() -> str:
    """Who speaks in a feed: the body that keeps the portal."""
    owner = Organization.objects.filter(depth=1).first()
    return sayable(owner.name) if owner else _("Glashatay")


class _ChangesFeed(ChangeFeed):
    """The newest public changes; a change that nobody has made yet moves nothing, the time of asking neither."""

    title = gettext_lazy("What changed in the registry of official accounts")
    description = gettext_lazy("New, verified, changed and closed pages of public bodies.")
    item_guid_is_permalink = False
    address = ""

    def __init__(self, chosen: ChangeFilter) -> None:
        self.chosen = chosen

    def get_object(self, request: HttpRequest, *args: Any, **options: Any) -> ChangeFilter:
        return self.chosen

    def link(self, chosen: ChangeFilter) -> str:
        return f"{settings.SITE_URL}{reverse('registry:change_list')}{chosen.query}"

    def feed_url(self, chosen: ChangeFilter) -> str:
        return f"{settings.SITE_URL}{reverse(self.address)}{chosen.query}"

    def feed_guid(self, chosen: ChangeFilter) -> str:
        return tag(f"changes{chosen.query}")

    def author_name(self, chosen: ChangeFilter) -> str:
        return keeper()

    def items(self, chosen: ChangeFilter) -> list[EntryChange]:
        return list(of_entries(chosen.qs)[:MOST])

    def item_title(self, item: EntryChange) -> str:
        kind = item.get_kind_display()
        return sayable(f"{item.account.organization.short_name}: {item.account.name} – {kind}")

    def item_description(self, item: EntryChange) -> str:
        return sayable(render_to_string("registry/_change_in_feed.html", {"change": item}))

    def item_link(self, item: EntryChange) -> str:
        return f"{settings.SITE_URL}{reverse('registry:account_detail', args=[item.account_id])}"

    def item_guid(self, item: EntryChange) -> str:
        return tag(f"changes/{item.pk}")

    def item_pubdate(self, item: EntryChange) -> datetime:
        return item.made_at

    def item_updateddate(self, item: EntryChange) -> datetime:
        return item.made_at

    def item_categories(self, item: EntryChange) -> list[str]:
        return [str(item.get_kind_display())]


class OfItsItems:
    """A feed without items is as old as the day, not as new as the asking: it can be kept and asked for again."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        newest = max((item["updateddate"] for item in self.items), default=None)
        return newest or timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class Atom(OfItsItems, Atom1Feed):
    """Atom that can be kept."""


class _Rss(OfItsItems, Rss201rev2Feed):
    pass


class AtomOfChanges(_ChangesFeed):
    feed_type = Atom
    subtitle = _ChangesFeed.description
    address = "registry:change_atom"


class RssOfChanges(_ChangesFeed):
    feed_type = _Rss
    address = "registry:change_rss"
