"""What somebody wants to have checked: a page of a network, a name, another site, or nothing that can be read.

Unlike `read`, which takes only what may be entered in the registry, this also takes posts (their page is meant),
pages of persons, prohibited networks and other sites: a citizen may be shown any of them as "official".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.links import address, pages
from registry.links.address import BadLink
from registry.links.pages import Link
from registry.models import SocialNetwork

# How codes on paper wrap an address.
_CODE = re.compile(r"^\s*(?:url|urlto|mebkm:.*?url)\s*:\s*", re.IGNORECASE)

_OWN = re.compile(
    r"(?:^|[?&/=])(?:videos?|clips?|photos?|albums?|topic|market|docs?|stor(?:y|ies)|podcasts?|audios?|playlist|reviews"
    r"|services|articles|wall|write|sel=)-(\d{1,15})(?!\d)",
    re.ASCII,
)
# Articles of a page, `@name-heading` or `@-123-heading`; people also write `@` before a name of their own accord.
_ARTICLE = re.compile(r"@(?:-(?P<number>\d{1,15})|(?P<page>[\w.]+))(?:-[^/]*)?", re.ASCII)
# Parts of one page, which a person has open when they copy its address.
_SECTION = re.compile(
    r"/(?:topics|members|photos|albums?|videos?|about|links|market|products|moderators|articles|shorts)(?:/[\w-]+)?$",
    re.ASCII,
)
# Through this page a network lets people out to another site.
_AWAY = re.compile(r"(?:^|&)to=(https?:[^&]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Pasted:
    """What the text means. `link` is a page of `network`; `name` a bare name; `site` the host of another site.

    `sentence` says what to paste instead when none of them is there. `tried` is the name in the address of a page that
    the network cannot have: a trap that only looks like a name.
    """

    network: SocialNetwork | None = None
    link: Link | None = None
    name: str = ""
    site: str = ""
    tried: str = ""
    sentence: str = ""


def look(text: str, known: Sequence[SocialNetwork], chosen: SocialNetwork | None = None) -> Pasted:
    """Never raises. `known`: all networks; `chosen`: the one named beside a bare name."""
    try:
        return _look(_CODE.sub("", text), known, chosen)
    except BadLink as refusal:
        return Pasted(sentence=refusal.sentence)


def _look(text: str, known: Sequence[SocialNetwork], chosen: SocialNetwork | None) -> Pasted:
    hosts = {address.ascii_host(host): network for network in known for host in network.hosts}
    one = address.one_address(address.clean(text), hosts)
    if address.is_bare_name(one):
        name = one.removeprefix("@")
        if not re.fullmatch(r"[\w.-]{2,64}", name) or not (one.startswith("@") or name.isascii()):
            raise BadLink(_("There is no link here. Paste the address of the page."))
        return _page(chosen, SplitResult("https", "", name, "", "")) if chosen else Pasted(name=name)
    parts = address.split(one)
    host = address.host_of(parts)
    network = address.network_of(host, hosts)
    if network is None:
        twin = address.network_of(_seen(host).translate(address.TWINS), hosts)
        tried = address.decoded(parts).path.split("/")[-1] if twin else ""
        if "." not in host:
            raise BadLink(address.unreadable())
        return Pasted(site=_seen(host), tried=tried, network=twin)
    if network.is_prohibited:
        return Pasted(network=network)
    away = _AWAY.search(address.decoded(parts).query) if parts.path.endswith("/away.php") else None
    if away and "away.php" not in away[1]:
        return _look(away[1], known, None)
    return _page(network, address.decoded(parts))


def _seen(host: str) -> str:
    """The host as people see it: with its Cyrillic letters."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _page(network: SocialNetwork, parts: SplitResult) -> Pasted:
    if network.is_prohibited:
        return Pasted(network=network)
    person = _person(network, parts)
    if person:
        return Pasted(network=network, link=person)
    post = pages.match_post(network, parts)
    if post:
        return Pasted(network=network, link=post.page or _owner(network, post.owner))
    try:
        return Pasted(network=network, link=pages.read_page(network, parts.path))
    except BadLink as refusal:
        if owner := _shown(network, parts):
            return Pasted(network=network, link=owner)
        tried = parts.path.split("/")[0]
        looks_like_a_name = bool(re.fullmatch(r"[\w.-]{2,64}", tried)) and not pages.is_service(network, parts.path)
        return Pasted(network=network, tried=tried if looks_like_a_name else "", sentence=refusal.sentence)


def _shown(network: SocialNetwork, parts: SplitResult) -> Link | None:
    """The page whose picture, film or messages an address of the network opens: `video-123_456`, `im?sel=-123`."""
    shown = _OWN.search(f"{parts.path}?{parts.query}")
    if shown:
        return _owner(network, shown[1])
    if whole := pages.page_or_none(network, parts.path.removeprefix("@")):
        return whole
    article = _ARTICLE.fullmatch(parts.path)
    if article:
        named = article["page"]
        return pages.page_or_none(network, named) if named else _owner(network, article["number"])
    cut = _SECTION.sub("", parts.path)
    return pages.page_or_none(network, cut) if cut != parts.path else None


def _owner(network: SocialNetwork, number: str) -> Link | None:
    """The page a post names only by its permanent number."""
    for path in (f"club{number}", f"group/{number}", number):
        page = pages.page_or_none(network, path)
        if page and page.external_id == number:
            return page
    return None


def _person(network: SocialNetwork, parts: SplitResult) -> Link | None:
    """The page of a person: it can never be official, and it can be a known fake."""
    path = parts.path.lower()
    for matcher in network.matchers:
        if matcher.get("refuse") and re.fullmatch(matcher["pattern"], path, re.ASCII):
            return Link(network, f"https://{network.hosts[0]}/{path}", path, "")
    return None


def refuse_prohibited(url: str) -> None:
    """A validator of addresses that open pages link to: raises ValidationError for a page of a prohibited network."""
    networks = SocialNetwork.objects.with_status()
    hosts = {address.ascii_host(host): network for network in networks for host in network.hosts}
    try:
        network = address.network_of(address.host_of(address.split(url)), hosts)
    except BadLink:
        return  # other validators say what is wrong with it
    if network and network.is_prohibited:
        sentence = _("%(network)s is prohibited in Russia: no page of the portal links there. Enter another address.")
        raise ValidationError(sentence % {"network": network})
