"""The widget for official sites: the official pages of a body, and that they stand in the registry (order, cl. 5).

Made for pages of others: only active pages of allowed networks, no cookies, nothing about who looks. Three forms of the
same content: JSON for the script, a page for an `<iframe>`, plain HTML to be pasted.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Organization
from registry.models import Account

LANGUAGES = ("ru", "en")
LEVELS = (2, 3, 4, 5, 6)
SIZES = (100, 125, 150, 200)  # per cent; only a frame needs it, the script inherits the size of the site
MOST_PAGES = 300


@dataclass(frozen=True)
class Options:
    """How a site wants the widget; what cannot be read is as if it had not been said: a site must never break."""

    language: str = "ru"
    level: int = 2
    size: int = 100
    with_bodies_below: bool = False

    @classmethod
    def read(cls, asked: Any) -> "Options":
        """From the parameters `lang`, `level`, `size`, `below` of an address."""
        language = str(asked.get("lang", ""))[:2].lower()
        level, size = str(asked.get("level", "")), str(asked.get("size", ""))
        return cls(
            language if language in LANGUAGES else "ru",
            int(level) if level in map(str, LEVELS) else 2,
            int(size) if size in map(str, SIZES) else 100,
            asked.get("below") in ("1", "on", "true"),
        )

    @property
    def level_below(self) -> int:
        return min(self.level + 1, 6)

    @property
    def query(self) -> str:
        """For the address of a frame: only what is not as usual."""
        usual = Options()
        said = {
            "lang": self.language if self.language != usual.language else "",
            "level": self.level if self.level != usual.level else "",
            "size": self.size if self.size != usual.size else "",
            "below": "1" if self.with_bodies_below else "",
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" if query else ""


def content(organization: Organization, options: Options) -> dict[str, Any]:
    """What the widget says, in words ready to be shown: three queries."""
    with translation.override(options.language):
        bodies = _bodies(organization, options)
        return {
            "lang": options.language,
            "title": _("Official pages in social networks"),
            "bodies": bodies,
            "none": "" if bodies else _("There are no official pages in the registry now."),
            "checked": _("Checked: %(registry)s") % {"registry": _registry(organization)},
            "registry_url": _address(organization, options),
        }


def _bodies(organization: Organization, options: Options) -> list[dict[str, Any]]:
    where = {"organization": organization}
    if options.with_bodies_below:
        where = {"organization__path__startswith": organization.path}
    rows = Account.objects.public().active().exclude(url="").filter(**where)
    bodies: dict[int, dict[str, Any]] = {}
    for account in rows.for_listing()[:MOST_PAGES]:
        body = bodies.setdefault(account.organization_id, {"name": account.organization.short_name, "pages": []})
        body["pages"].append(_page(account))
    return list(bodies.values())


def _page(account: Account) -> dict[str, str]:
    seen = account.last_verified_on
    words = _("verified on %(day)s") % {"day": date_format(seen, "DATE_FORMAT")} if seen else _("not verified yet")
    network = account.network.name if account.network else ""
    return {"name": account.name, "network": network, "url": account.url, "verified": words}


def _registry(organization: Organization) -> str:
    """The registry, named by whoever keeps it: the top of the tree the body stands in."""
    top = Organization.objects.get(path=organization.path[: Organization.steplen])
    return _("registry of official accounts, %(body)s") % {"body": top.short_name}


def _address(organization: Organization, options: Options) -> str:
    query = "" if options.with_bodies_below else f"?{urlencode({'organization': organization.slug})}"
    return f"{settings.SITE_URL}{reverse('registry:account_list')}{query}"


@dataclass(frozen=True)
class Lines:
    """What a webmaster copies into the site."""

    organization: Organization
    options: Options

    @property
    def script(self) -> str:
        """One line; with the plain list inside the placeholder, `script_with_list`."""
        attributes = {
            "organization": self.organization.slug,
            "heading": self.options.level if self.options.level != Options.level else "",
            "below": "1" if self.options.with_bodies_below else "",
        }
        data = "".join(f' data-{name}="{value}"' for name, value in attributes.items() if value)
        return f'<script src="{_site("registry:widget_script")}"{data} async></script>'

    @property
    def script_with_list(self) -> str:
        """The list stands there at once, and stays when the portal does not answer."""
        return f'<div data-official-pages="{self.organization.slug}">\n{self.html}\n</div>\n{self.script}'

    @property
    def frame(self) -> str:
        title = self.title
        return (
            f'<iframe src="{_site("registry:widget_frame", self.organization.slug)}{self.options.query}" '
            f'title="{title}" width="100%" height="{self.height}" loading="lazy"></iframe>'
        )

    @property
    def frame_script(self) -> str:
        """Beside the frame it makes the frame as high as what stands in it."""
        return f'<script src="{_site("registry:widget_script")}" async></script>'

    @property
    def title(self) -> str:
        with translation.override(self.options.language):
            return _("Official pages in social networks")

    @property
    def height(self) -> int:
        """A guess in pixels, for sites where the frame cannot tell its height: the rest can be scrolled to."""
        bodies = content(self.organization, self.options)["bodies"]
        pages, heads = sum(len(body["pages"]) for body in bodies), len(bodies) if len(bodies) > 1 else 0
        return min((130 + 60 * max(pages, 1) + 50 * heads) * self.options.size // 100, 900)

    @property
    def html(self) -> str:
        """Plain HTML of today: no script, no frame, nothing asked of the portal."""
        with translation.override(self.options.language):
            values = {
                "widget": content(self.organization, self.options),
                "options": self.options,
                "today": date_format(timezone.localdate(), "DATE_FORMAT"),
            }
            text = render_to_string("registry/widget_plain.html", values)
        return "\n".join(line for line in text.splitlines() if line.strip())


def _site(name: str, *arguments: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
