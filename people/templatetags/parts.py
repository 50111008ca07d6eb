"""The smallest components, of which a page shows hundreds: the same markup as `ui/net.html`, `ui/badge.html` and
`ui/meter.html`, which are made of these, without the cost of an include each time.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def net(network: Any) -> SafeString:
    """The letter mark of a network; one without a mark (a prohibited one) is named in plain words."""
    return mark_safe(_net(network))  # noqa: S308 - every word is escaped below


@register.simple_tag
def nets(rows: Iterable[Any]) -> SafeString:
    """The marks of the networks of rows that have an account, in their order."""
    return mark_safe(" ".join([_net(row.account.network) for row in rows]))  # noqa: S308 - every word is escaped below


@register.simple_tag
def badge(text: object, tone: str = "") -> SafeString:
    """A state in words; the colour only repeats what the word says."""
    return _badge(str(text), tone, isinstance(text, SafeString))


@register.simple_tag
def meter(meter: Any, size: str = "") -> SafeString:
    """The norm meter; `meter` has `pips` ("out" | "plan" | "none"), `label`, `text` for screen readers and `tone`."""
    return mark_safe(_meter(meter, size))  # noqa: S308 - every word is escaped below


@register.simple_tag
def meter_lines(meters: Iterable[Any]) -> SafeString:
    """Small meters one under another, each with the mark of its network: a cell of the matrix in one go."""
    lines = (f'<span class="cell-line">{_net(one.account.network)}{_meter(one, "small")}</span>' for one in meters)
    return mark_safe("".join(lines))  # noqa: S308 - every word is escaped below


# The few words of states and the few networks come again with every row of every page.
@lru_cache(maxsize=512)
def _badge(text: str, tone: str, is_html: bool) -> SafeString:
    return format_html(
        '<span class="badge{}">{}</span>', f" {tone}" if tone else "", SafeString(text) if is_html else text
    )


def _net(network: Any) -> str:
    return _net_of(network.name, network.mark) if network else _net_of("", "")


@lru_cache(maxsize=512)
def _net_of(name: str, mark: str) -> str:
    name = escape(name)
    if not mark:
        return f'<span class="net nameless">{name}</span>'
    return (
        f'<span class="net" title="{name}"><span aria-hidden="true">{escape(mark)}</span>'
        f'<span class="visually-hidden">{name}</span></span>'
    )


def _meter(meter: Any, size: str) -> str:
    return _meter_of(size, meter.tone, tuple(meter.pips), str(meter.label), str(meter.text))


@lru_cache(maxsize=4096)
def _meter_of(size: str, tone: str, kinds: tuple[str, ...], label: str, text: str) -> str:
    classes = "".join(f" {kind}" for kind in (size, tone) if kind)
    pips = "".join([f'<i class="{pip}"></i>' for pip in kinds])
    return (
        f'<span class="meter{classes}"><span class="pips" aria-hidden="true">{pips}</span>'
        f'<b aria-hidden="true">{escape(label)}</b>'
        f'<span class="visually-hidden">{escape(text)}</span></span>'
    )
