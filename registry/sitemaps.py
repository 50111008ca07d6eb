"""The map of the site for search engines: open pages, bodies, cards of public entries; when each last changed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse

from people.models import Organization
from registry.models import Account, EntryChange

if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:
    AnySitemap = Sitemap

# What stands alone; pages that are only asked something (`/fakes/thanks/`) are nothing to be found.
PAGES = ("account_list", "check", "fake_list", "change_list", "opendata_list", "opendata_terms", "widget")


class _Map(AnySitemap):
    """Addresses of the portal as people reach it, however it was asked. At most 50,000 in one file (sitemaps.org)."""

    limit = 50_000

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)


class Pages(_Map):
    def items(self) -> list[str]:
        return [*PAGES, "api_documentation"]

    def location(self, item: str) -> str:
        return reverse(f"registry:{item}")

    def lastmod(self, item: str) -> datetime | None:
        if item not in ("account_list", "change_list"):
            return None
        return EntryChange.objects.public().order_by("-pk").values_list("made_at", flat=True).first()


class Bodies(_Map):
    """The list of each body that the registry says anything of."""

    def items(self) -> "QuerySet[Organization, Any]":
        public = Account.objects.public().values("organization")
        rows = Organization.objects.filter(pk__in=public).order_by("path")
        changed = (
            EntryChange.objects.public()
            .filter(account__organization=OuterRef("pk"))
            .order_by()
            .values("account__organization")
            .annotate(last=Max("made_at"))
            .values("last")
        )
        found: QuerySet[Organization, Any] = rows.annotate(changed_at=Subquery(changed)).values_list(
            "slug", "changed_at"
        )
        return found

    def location(self, item: tuple[str, datetime | None]) -> str:
        return f"{reverse('registry:account_list')}?organization={item[0]}"

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]


class Cards(_Map):
    """Every public entry, closed ones too: a card stays where it is."""

    def items(self) -> QuerySet[Account, Any]:
        last = EntryChange.objects.filter(account=OuterRef("pk"), is_public=True).order_by("-made_at")
        rows = Account.objects.public().order_by("pk")
        return rows.annotate(changed_at=Subquery(last.values("made_at")[:1])).values_list("pk", "changed_at")

    def location(self, item: tuple[int, datetime | None]) -> str:
        return reverse("registry:account_detail", args=[item[0]])

    def lastmod(self, item: tuple[int, datetime | None]) -> datetime | None:
        return item[1]


SECTIONS: "dict[str, type[Sitemap[Any]] | Sitemap[Any]]" = {"pages": Pages, "bodies": Bodies, "cards": Cards}


def files() -> list[dict[str, Any]]:
    """The files of all sections, with the addresses by which people reach the portal, however it was asked."""
    found = []
    for section, kind in SECTIONS.items():
        part = kind() if callable(kind) else kind
        address = f"{settings.SITE_URL}{reverse('registry:sitemap_section', args=[section])}"
        last = part.get_latest_lastmod()
        pages = range(2, part.paginator.num_pages + 1)
        found += [{"location": one, "last_mod": last} for one in (address, *(f"{address}?p={n}" for n in pages))]
    return found
