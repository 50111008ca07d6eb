"""Other spellings of one address: how apps, messengers and older versions of a network write it.

Every function gives an address that opens the very same page, or the text as it was. A spelling is taken only for a
network the registry knows: an app may be told to open any host.
"""

import re
from collections.abc import Collection
from urllib.parse import parse_qs, unquote

# Marks that open an address in the app of a network instead of the browser.
_APP = re.compile(r"(?:vk|vkontakte|ok|odnoklassniki|max|intent)://(?P<rest>(?P<host>[^/?#\\@]+).*)", re.IGNORECASE)
_INTENT = re.compile(r"#intent;.*", re.IGNORECASE)
# Such a mark alone says the network, whatever follows it.
_OWN_APPS = {"fb": "facebook.com", "instagram": "instagram.com"}

_TELEGRAM = "t.me"
_TELEGRAM_APP = re.compile(r"tg:(?://)?resolve/?\?(?P<query>.*)", re.IGNORECASE)
_TELEGRAM_WEB = re.compile(r"(?:https?://)?web\.telegram\.org/.*@(?P<name>\w{4,32})", re.IGNORECASE | re.ASCII)
_TELEGRAM_HOST = re.compile(r"(?:https?://)?(?P<name>[a-z]\w{3,31})\.t\.me(?P<rest>[/?#].*)?", re.IGNORECASE | re.ASCII)

_ENCODED = re.compile(r"https?%3a%2f%2f", re.IGNORECASE)
# «Ссылка:https://…», «ВК—https://…»: a word of Russian letters is no part of an address.
_STUCK = re.compile(r"[а-яё]+[:=—–-]+(?=https?://)", re.IGNORECASE)

# An old address of a page of Odnoklassniki: `dk?st.cmd=altGroupMain&st.groupId=123`.
_OLD = {"st.groupId": "group", "st.friendId": "profile"}


def plain(address: str, hosts: Collection[str]) -> str:
    """The address as a browser would have it. `hosts`: those of the networks the registry knows."""
    address = _STUCK.sub("", address, count=1) if _STUCK.match(address) else address
    address = unquote(address) if _ENCODED.match(address) else address
    if _TELEGRAM in hosts and (found := _telegram(address)):
        return found
    mark = address.partition(":")[0].lower()
    if _OWN_APPS.get(mark) in hosts:
        return f"https://{_OWN_APPS[mark]}/"
    app = _APP.fullmatch(address)
    if app and app["host"].lower() in hosts:
        return f"https://{_INTENT.sub('', app['rest'])}"
    return address


def _telegram(address: str) -> str:
    """`t.me/name` or `t.me/name/15`, "" when it is none of the other spellings."""
    app = _TELEGRAM_APP.fullmatch(address)
    if app:
        query = parse_qs(app["query"])
        name, post = query.get("domain", [""])[0], query.get("post", [""])[0]
        good = re.fullmatch(r"\w{4,32}", name, re.ASCII) and re.fullmatch(r"\d{0,15}", post, re.ASCII)
        return f"https://{_TELEGRAM}/{name}/{post}".rstrip("/") if good else ""
    web = _TELEGRAM_WEB.fullmatch(address)
    if web:
        return f"https://{_TELEGRAM}/{web['name']}"
    own = _TELEGRAM_HOST.fullmatch(address)
    return f"https://{_TELEGRAM}/{own['name']}{own['rest'] or ''}" if own else ""


def path_of(path: str, query: str) -> str:
    """The decoded path without doubled slashes and steps up, and what an old address names in its query."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    flat = "/".join(parts).strip(" ")
    if flat.lower() == "dk":
        asked = parse_qs(query)
        for name, word in _OLD.items():
            if re.fullmatch(r"\d{1,20}", asked.get(name, [""])[0], re.ASCII):
                return f"{word}/{asked[name][0]}"
    return flat
