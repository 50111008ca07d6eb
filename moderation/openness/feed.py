"""The newest decisions as an Atom feed: number, measure, ground, body; no texts and no people."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from moderation.models import Decision
from registry.models import SocialNetwork

if TYPE_CHECKING:
    DecisionFeed = Feed[Decision, None]
else:
    DecisionFeed = Feed

MOST = 50


class OpennessFeed(DecisionFeed):
    """What was decided last."""

    feed_type = Atom1Feed
    title = _("Moderation of official accounts")
    subtitle = _("What was removed and on what ground, without texts and names.")
    item_guid_is_permalink = False

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('moderation:openness')}"

    def items(self) -> list[Decision]:
        allowed = SocialNetwork.objects.allowed()
        return list(Decision.objects.filter(account__network__in=allowed).for_listing()[:MOST])

    def item_title(self, item: Decision) -> str:
        return f"{item.label}: {item.get_measure_display()}"

    def item_description(self, item: Decision) -> str:
        return f"{item.names['organization']}. {item.names['ground']}"

    def item_link(self, item: Decision) -> str:
        return f"{settings.SITE_URL}{reverse('moderation:decision_check')}?number={item.label}"

    def item_guid(self, item: Decision) -> str:
        return f"urn:sha256:{item.hash}"

    def item_pubdate(self, item: Decision) -> datetime:
        return item.made_at

    def item_updateddate(self, item: Decision) -> datetime:
        return item.made_at
