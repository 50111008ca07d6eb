"""From a pasted text to the network and the parts of the one address in it."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from django.utils.translation import gettext as _

from registry.links import spellings
from registry.models import SocialNetwork

MAX_LENGTH = 2000

# How codes on paper wrap an address.
_CODE = re.compile(r"^(?:url|urlto|mebkm:.*?url)(?:;[^:]*)?:(?=\S)", re.IGNORECASE)

# Letters that look like Latin ones in an address bar: a host made of them is a trap, and is called so.
TWINS = str.maketrans("авекмнорстухіјѕԁѵ", "abekmhopctyxijsdv")
_BETWEEN = ("Cc", "So")
_PICTURE = "\ufe0f"  # says that the sign before it is drawn as a picture
_AROUND = "<>\"'`«»“”„‘’‹›()[]{}.,;:!…*|"


class BadLink(ValueError):
    """The text cannot be taken as a link; `sentence` tells the person what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def locate(
    text: str, known: Sequence[SocialNetwork], chosen: SocialNetwork | None
) -> tuple[SocialNetwork, SplitResult]:
    """The network and the decoded parts of the address in the text."""
    hosts = {ascii_host(host): network for network in known for host in network.hosts}
    address = one_address(clean(text), hosts)
    if is_bare_name(address):
        if chosen is None:
            raise BadLink(_("Choose the network: the same name may exist in several of them."))
        return chosen, SplitResult("https", "", address.removeprefix("@"), "", "")
    parts = split(address)
    network = network_of(host_of(parts), hosts)
    if network is None:
        raise BadLink(_unknown_host(host_of(parts), hosts, known))
    return network, decoded(parts)


def clean(text: str) -> str:
    """Without invisible characters; every kind of space becomes a plain one, and so do pictures among letters."""
    if len(text) > MAX_LENGTH:
        raise BadLink(_("This is too long for a link. Paste the address of the page only."))
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf" and char != _PICTURE)
    return " ".join("".join(" " if unicodedata.category(char) in _BETWEEN else char for char in seen).split())


def one_address(text: str, hosts: dict[str, SocialNetwork]) -> str:
    """The one address in the text; whatever stands around it is dropped."""
    parts = re.split(r"(?:[\s<>\"`«»“”„‘’‹›|]|\]\()+", text)
    bare = (_CODE.sub("", word.strip(_AROUND)).strip(_AROUND) for word in parts)
    words = [spellings.plain(word, hosts) for word in bare if word]
    if len(words) == 1:
        return words[0]
    addresses = [word for word in words if "://" in word or re.match(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)", word)]
    ours = [word for word in addresses if _host_or_none(word) in hosts] or addresses
    ours = ours or [word for word in words if word.startswith("@")]
    distinct = {word.casefold().rstrip("/") for word in ours}
    if len(distinct) > 1:
        raise BadLink(_("There are several links here. Leave one."))
    if not distinct:
        raise BadLink(_("There is no link here. Paste the address of the page."))
    return ours[0]


def is_of(text: str, network: SocialNetwork) -> bool:
    """Whether the address, of whatever page or comment, lies in the network."""
    host = _host_or_none(text)
    return host is not None and network_of(host, {ascii_host(known): network for known in network.hosts}) is not None


def is_bare_name(address: str) -> bool:
    """`@name` or a word that is no address."""
    return address.startswith("@") or not re.search(r"[./:?#\\]", address)


def split(address: str) -> SplitResult:
    """Takes an address apart as a browser would, and refuses what only tricks are written with."""
    scheme = re.match(r"([a-z][a-z0-9+.-]*)://|([a-z][a-z0-9+-]*):(?!\d)", address, re.IGNORECASE)
    if scheme and (scheme[1] or scheme[2]).lower() not in ("http", "https"):
        raise BadLink(_("The address of a page begins with https://."))
    rest = re.sub(r"^(https?:)?/*", "", address, flags=re.IGNORECASE)
    try:
        parts = urlsplit("https://" + rest)
        port = parts.port
    except ValueError:
        raise BadLink(unreadable()) from None
    if "\\" in rest or "@" in parts.netloc:
        raise BadLink(_("This link leads elsewhere than it seems: the site stands after the sign “@” or “\\”."))
    # A browser decodes the host; what cannot stand in one then is not opened by it either.
    if "%" in parts.netloc and not re.fullmatch(r"[\w.-]+", unquote(parts.hostname or "")):
        raise BadLink(unreadable())
    if port not in (None, 80, 443):
        raise BadLink(_("There is a port number in this link. Pages of networks have none."))
    return parts


def host_of(parts: SplitResult) -> str:
    return ascii_host(unquote(parts.hostname or ""))


def _host_or_none(address: str) -> str | None:
    try:
        return host_of(split(address))
    except BadLink:
        return None


def ascii_host(host: str) -> str:
    """Hosts are compared as the name servers see them."""
    host = host.rstrip(".").lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def network_of(host: str, hosts: dict[str, SocialNetwork]) -> SocialNetwork | None:
    """By the host, with or without `www.` and `m.`; of a prohibited network by whatever stands before its host."""
    found = hosts.get(host) or hosts.get(re.sub(r"^(www\.|m\.)+", "", host))
    if found or host.count(".") < 2:
        return found
    labels = host.split(".")
    above = (hosts.get(".".join(labels[start:])) for start in range(1, len(labels) - 1))
    return next((network for network in above if network and network.is_prohibited), None)


def _unknown_host(host: str, hosts: dict[str, SocialNetwork], known: Sequence[SocialNetwork]) -> str:
    seen = host
    if "xn--" in host:
        try:
            seen = host.encode("ascii").decode("idna")
        except UnicodeError:
            return unreadable()
    twin = seen.translate(TWINS)
    if twin != seen and network_of(twin, hosts):
        return _("This is not %(host)s: some letters in the address only look alike. Do not open this link.") % {
            "host": twin
        }
    names = ", ".join(str(network) for network in known if not network.is_prohibited)
    return _("The site %(host)s is none of the networks of the registry: %(names)s.") % {"host": seen, "names": names}


def decoded(parts: SplitResult) -> SplitResult:
    try:
        path, query = unquote(parts.path, errors="strict"), unquote(parts.query, errors="strict")
    except UnicodeDecodeError:
        raise BadLink(unreadable()) from None
    return parts._replace(path=spellings.path_of(path, query), query=query, fragment="")


def unreadable() -> str:
    return _("This link cannot be read. Open the page and copy its address from the address bar.")
