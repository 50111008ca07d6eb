"""How an open page introduces itself to search engines, other sites and programs: one canonical address, a title and a
sentence for whoever shares the link, and what is known of the body in words of schema.org.

Only official pages of permitted networks are called the same as a body (`sameAs`): closed and suspended ones may be in
other hands.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from people.models import Organization
from registry.catalogue import Catalogue
from registry.changelog import ChangeLog
from registry.models import Account

Thing = dict[str, Any]
_LONGEST_SENTENCE = 200


@dataclass(frozen=True)
class Head:
    """What stands in the head of an open page.

    `things`: statements of schema.org; `feed_query`: the filter of its feeds, None when it has none.
    """

    title: str
    sentence: str
    canonical: str
    things: list[Thing] = field(default_factory=list)
    feed_query: str | None = None
    is_search: bool = False

    @property
    def image(self) -> str:
        """A picture of our own for whoever shows the link."""
        return f"{settings.SITE_URL}{static('img/share.png')}"

    @property
    def json_ld(self) -> SafeString:
        """For a `<script>` of data: neither a tag nor a comment can be ended or begun in it."""
        graph = {"@context": "https://schema.org", "@graph": self.things}
        text = json.dumps(graph, ensure_ascii=False).translate(_json_script_escapes)
        return mark_safe(text)  # noqa: S308 - every <, > and & is escaped


def of_list(catalogue: Catalogue) -> Head:
    """The list, of one body or of all; a search is shared, but not to be found by searching."""
    chosen = catalogue.filter.form.cleaned_data
    body = chosen["organization"]
    title = _("Official accounts of %(body)s") % {"body": body.short_name} if body else _("Official accounts")
    told = _("Where public bodies really write: the registry of their official pages in social networks.")
    things = [of_body(shown.organization, shown.accounts) for shown in catalogue.bodies]
    # What somebody typed is repeated in no address of ours: it may be the link of anything.
    after = "" if chosen["q"] else catalogue.after
    query = catalogue.filter.address(q="", after=after).removesuffix("?")
    return Head(title, told, _address("account_list") + query, things, _feed_query(catalogue), bool(chosen["q"]))


def of_card(account: Account, others: Iterable[Account]) -> Head:
    body = account.organization
    told = account.description or _("A page of “%(body)s” in the registry of official accounts.") % {
        "body": body.short_name
    }
    things = [of_body(body, [account, *others])]
    return Head(
        f"{account.name}, {body.short_name}",
        " ".join(told.split())[:_LONGEST_SENTENCE],
        _address("account_detail", account.pk),
        things,
        f"?organization={body.slug}",
    )


def of_check() -> Head:
    """Whatever was asked: the answer belongs to who asked, the page is one."""
    told = _("Paste the link of a page: the registry says whether a public body keeps it.")
    return Head(_("Is this page real?"), told, _address("check"))


def of_changes(log: ChangeLog) -> Head:
    told = _("New, verified, changed and closed pages of public bodies.")
    query = log.filter.address(before=log.before).removesuffix("?")
    return Head(_("What changed in the registry"), told, _address("change_list") + query, [], log.filter.query)


def of_body(body: Organization, accounts: Iterable[Account]) -> Thing:
    """A GovernmentOrganization; `accounts`: its public entries, of which only the official ones are named."""
    pages = [account.url for account in accounts if account.is_live and not _is_prohibited(account)]
    thing: Thing = {
        "@type": "GovernmentOrganization",
        "@id": f"{_address('account_list')}?organization={body.slug}",
        "name": body.name,
        "alternateName": body.short_name,
        "url": body.official_site,
        "location": {"@type": "Place", "name": body.centre} if body.centre else None,
        "sameAs": pages,
    }
    return {name: value for name, value in thing.items() if value}


def _is_prohibited(account: Account) -> bool:
    return bool(account.network and account.network.is_prohibited)


def _feed_query(catalogue: Catalogue) -> str:
    """Feeds know bodies and networks; words and states they do not."""
    narrowed = catalogue.filter.address(q="", status="")
    return narrowed.removesuffix("?")


def _address(name: str, *arguments: Any) -> str:
    return f"{settings.SITE_URL}{reverse(f'registry:{name}', args=arguments)}"
