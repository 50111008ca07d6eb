"""What a person fills in for a post: one value that forms, actions and revisions share."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from contentplan.models import PlannedPost, PostFormat, Revision, Rubric

# Stands for the topic of a draft that was taken over without one, until somebody writes it.
NO_TOPIC = _("No topic yet")
# The columns a post and its revisions have in common, in the order people read them.
WORDING = ("planned_at", "topic", "text", "format", "rubric", "occasion", "responsible_post", "about_work")


@dataclass(frozen=True)
class PostContent:
    """A wording of a post.

    `placements` maps the id of an account to its own text; "" takes the common one. `media` are the files in their
    order: the id of a Media and the words for who does not see it.
    """

    planned_at: datetime
    topic: str
    text: str
    format: PostFormat
    rubric: Rubric | None = None
    occasion: str = ""
    responsible_post: str = ""
    about_work: bool = True
    placements: dict[int, str] = field(default_factory=dict)
    media: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, post: PlannedPost) -> "PostContent":
        """The post as it stands now."""
        placements = {row.account_id: row.text for row in post.placements.order_by("pk")}
        media = tuple(post.post_media.order_by("position", "pk").values_list("media_id", "alt_text"))
        return cls(**{name: getattr(post, name) for name in WORDING}, placements=placements, media=media)

    @classmethod
    def of_revision(cls, revision: Revision) -> "PostContent":
        """An earlier wording, as it was kept."""
        placements = {row["account"]: row["text"] for row in revision.placements}
        media = tuple((row["media"], row["alt"]) for row in revision.media)
        return cls(**{name: getattr(revision, name) for name in WORDING}, placements=placements, media=media)

    @property
    def columns(self) -> dict[str, object]:
        """The values of the columns a post and its revisions share."""
        return {name: getattr(self, name) for name in WORDING}
