"""The newest decisions as an Atom feed: number, measure, ground, body; no texts and no people."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from moderation.models import Decision
from registry import editions
from registry.feeds import Atom, keeper, sayable, tag
from registry.models import SocialNetwork

if TYPE_CHECKING:
    DecisionFeed = Feed[Decision, None]
else:
    DecisionFeed = Feed

MOST = 50


class OpennessFeed(DecisionFeed):
    """What was decided last."""

    feed_type = Atom
    title = _("Moderation of official accounts")
    subtitle = _("What was removed and on what ground, without texts and names.")
    item_guid_is_permalink = False
    kept, areas = "whole", (editions.REGISTRY, editions.MODERATION)  # registry/kept.py

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('moderation:openness')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('moderation:openness_atom')}"

    def feed_guid(self) -> str:
        return tag("moderation")

    def author_name(self) -> str:
        """The body that keeps the portal, never a person."""
        return keeper()

    def items(self) -> list[Decision]:
        allowed = SocialNetwork.objects.allowed()
        return list(Decision.objects.filter(account__network__in=allowed).order_by("-number")[:MOST])

    def item_title(self, item: Decision) -> str:
        return sayable(f"{item.label}: {item.measure_words}")

    def item_description(self, item: Decision) -> str:
        words = f"{item.names['organization']}. {item.names['ground']}"
        return escape(sayable(words))  # a summary is HTML

    def item_link(self, item: Decision) -> str:
        return f"{settings.SITE_URL}{reverse('moderation:decision_check')}?number={item.label}"

    def item_guid(self, item: Decision) -> str:
        return tag(f"moderation/{item.number}")

    def item_pubdate(self, item: Decision) -> datetime:
        return item.made_at

    def item_updateddate(self, item: Decision) -> datetime:
        return item.made_at
