"""What pages of a post show beside its words: its files, what the check found, how it will look."""

from django import template
from django.template.defaultfilters import filesizeformat

from contentplan import checks, preview
from contentplan.attachments import Attachment
from contentplan.models import PlannedPost

register = template.Library()


@register.simple_tag
def attached(post: PlannedPost) -> list[Attachment]:
    """The files of a post in their order."""
    rows = post.post_media.select_related("media").order_by("position", "pk")
    return [Attachment(row.media, row.alt_text) for row in rows]


@register.simple_tag
def findings(post: PlannedPost) -> list[checks.Finding]:
    """What the check before sending says of a post as it stands."""
    return checks.of(post)


@register.simple_tag
def previews(post: PlannedPost, files: list[Attachment]) -> list[preview.Preview]:
    """How a post fetched by `for_cards` will look in each of its accounts."""
    placements = list(post.placements.all())
    texts = {row.account_id: row.text for row in placements}
    at = post.planned_at.astimezone(post.plan.organization.zone)
    return preview.of([row.account for row in placements], texts, post.text, at, files)


@register.filter
def ending(name: str) -> str:
    """`отчёт.docx` → `DOCX`: what a tile without a picture says."""
    return name.rpartition(".")[2].upper()[:5]


@register.filter
def size(value: int) -> str:
    return filesizeformat(value)
