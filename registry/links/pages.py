"""From the path of an address to the page or the post it means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult

from django.utils.translation import gettext as _

from registry.links.address import BadLink, locate
from registry.models import Account, SocialNetwork

CANONICAL_MAX_LENGTH = 300  # Account.url


@dataclass(frozen=True)
class Link:
    """A page of a network: canonical https address, name in it, permanent number where the address shows it."""

    network: SocialNetwork
    url: str
    handle: str
    external_id: str


@dataclass(frozen=True)
class PostLink:
    """A post: canonical https address and its number within the page."""

    url: str
    external_id: str


@dataclass(frozen=True)
class _Post:
    """What a post link says: the page it names and the permanent number of its owner, each if it names one."""

    page: Link | None
    owner: str
    link: PostLink


@dataclass(frozen=True)
class Place:
    """A publication, whosesoever: the page its link names, the permanent number of its owner, its own number."""

    network: SocialNetwork
    page: Link | None
    owner: str
    post: PostLink
    query: str  # what stands after the "?"


def read(text: str, network: SocialNetwork | None = None, *, networks: Iterable[SocialNetwork] | None = None) -> Link:
    """The page that the pasted text means. `network` is the one chosen beside the field, needed for `@name`.

    `networks` saves the query when the caller holds all of them. Raises BadLink.
    """
    known = list(SocialNetwork.objects.with_status() if networks is None else networks)
    found, parts = locate(text, known, network)
    if found.is_prohibited:
        raise BadLink(_("This network is prohibited in Russia, its pages are not entered in the registry."))
    if network and network.pk != found.pk:
        raise BadLink(
            _("This is a link of %(found)s, and the chosen network is %(chosen)s.")
            % {"found": found, "chosen": network}
        )
    post = match_post(found, parts)
    if post:
        raise BadLink(_post_instead_of_page(post))
    return read_page(found, parts.path)


def read_post_link(text: str, account: Account) -> PostLink:
    """The post that the pasted text means; it must belong to the account. Raises BadLink."""
    network = account.network
    if network is None:
        raise BadLink(_("This body keeps no page, so nothing can have come out there."))
    if network.is_prohibited:
        raise BadLink(_("This network is prohibited in Russia, nothing is published there."))
    found, parts = locate(text, list(SocialNetwork.objects.all()), network)
    if found.pk != network.pk:
        raise BadLink(
            _("This is a link of %(found)s, and the page is in %(network)s.") % {"found": found, "network": network}
        )
    post = match_post(found, parts)
    if post is None:
        raise BadLink(
            _("This is not a link to a publication. Open the publication in %(network)s and copy its address.")
            % {"network": network}
        )
    _require_own(post, account)
    return post.link


def read_place(text: str, networks: Iterable[SocialNetwork]) -> Place | None:
    """The publication a pasted text means, or None where it is a link of something else. Raises BadLink."""
    found, parts = locate(text, list(networks), None)
    post = match_post(found, parts)
    return Place(found, post.page, post.owner, post.link, parts.query) if post else None


def read_page(network: SocialNetwork, path: str) -> Link:
    if not path:
        raise BadLink(_("This is the front page of %(network)s. Open the page of the body.") % {"network": network})
    if is_service(network, path):
        raise BadLink(
            _("This is a service page of %(network)s, not the page of a body. Open the page and copy its address.")
            % {"network": network}
        )
    for matcher in network.matchers:
        match = re.fullmatch(matcher["pattern"], path.lower(), re.ASCII)
        if match:
            return _link(network, matcher, match)
    if not path.isascii():
        raise BadLink(
            _("There are letters in the name of the page that %(network)s does not use: perhaps Russian ones.")
            % {"network": network}
        )
    raise BadLink(
        _("There is no page of %(network)s at this address. Open the page and copy its address.") % {"network": network}
    )


def _link(network: SocialNetwork, matcher: dict[str, str], match: re.Match[str]) -> Link:
    if matcher.get("refuse"):
        raise BadLink(_person())
    url = f"https://{network.hosts[0]}/{_filled(matcher['link'], match)}"
    if len(url) > CANONICAL_MAX_LENGTH:
        raise BadLink(_("This is too long for a link. Paste the address of the page only."))
    handle, number = _filled(matcher["handle"], match), _filled(matcher.get("id", ""), match)
    return Link(network, url, handle, number)


def _person() -> str:
    return _("This is the page of a person. The registry holds pages of bodies: open the group or channel.")


def _filled(template: str, match: re.Match[str], **more: str) -> str:
    groups: dict[str, Any] = {**match.groupdict(default=""), **more}
    return template.format(**groups)


def is_service(network: SocialNetwork, path: str) -> bool:
    return path.split("/")[0].lower() in network.service_paths


def match_post(network: SocialNetwork, parts: SplitResult) -> _Post | None:
    subjects = [parts.path, f"{parts.path}?{parts.query}"]
    for matcher in network.post_matchers:
        for subject in subjects:
            match = re.fullmatch(matcher["pattern"], subject, re.ASCII)
            post = match and _post(network, matcher, match)
            if post:
                return post
    return None


def _post(network: SocialNetwork, matcher: dict[str, str], match: re.Match[str]) -> _Post | None:
    if matcher.get("refuse"):
        raise BadLink(_person())
    named = match.groupdict().get("page") or ""
    owner = _filled(matcher.get("owner", ""), match)
    page = page_or_none(network, _filled(matcher.get("page", ""), match))
    if page is None and not owner:
        return None
    address = _filled(matcher["link"], match, page=named.lower())
    return _Post(page, owner, PostLink(f"https://{network.hosts[0]}/{address}", _filled(matcher["id"], match)))


def page_or_none(network: SocialNetwork, path: str) -> Link | None:
    try:
        return read_page(network, path)
    except BadLink:
        return None


def _post_instead_of_page(post: _Post) -> str:
    if post.page:
        return _("This is a link to one publication. The page itself is %(url)s") % {"url": post.page.url}
    return _("This is a link to one publication. Open the page itself and copy its address.")


def _require_own(post: _Post, account: Account) -> None:
    """By the permanent number when both know it, else by the name in the address."""
    assert account.network  # noqa: S101 - the caller has looked
    own = page_or_none(account.network, account.handle)
    number = account.external_id or (own.external_id if own else "")
    owner = post.owner or (post.page.external_id if post.page else "")
    if owner and number:
        if owner != number:
            raise BadLink(_other_page(account))
        return
    if post.page and post.page.handle == account.handle.lower():
        return
    if owner and (post.page is None or post.page.external_id):
        raise BadLink(
            _(
                "This link does not show which page it belongs to. Open the publication from %(url)s and copy its "
                "address again, or ask the department to enter the permanent number of the page in the registry."
            )
            % {"url": account.url}
        )
    raise BadLink(_other_page(account))


def _other_page(account: Account) -> str:
    return _("This is a publication of another page. A link from %(url)s is needed.") % {"url": account.url}
