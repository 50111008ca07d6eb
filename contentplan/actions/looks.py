"""Who looks at a post, and what is pinned to it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contentplan.models import PlannedPost, Viewing
from people.audit import changed
from people.models import User
from review import presence


def look(
    post: PlannedPost, *, by: User, revision: int | None = None, is_editing: bool = False, active: bool = True
) -> None:
    """Remembers that the person has this revision before their eyes; whoever has the post in work still works on it.

    Two queries at most. `active`: the person did something, the page did not merely stay open.
    """
    row = Viewing(post=post, user=by, revision=revision or post.revision, is_editing=is_editing)
    presence.look(row, "post", active=active)


def set_important_note(post: PlannedPost, text: str, *, by: User) -> None:
    """Pins a note to the post, or removes it when there are no words."""
    text = " ".join(text.split())
    longest = PlannedPost._meta.get_field("important_note").max_length or 0
    if len(text) > longest:
        raise ValidationError({"text": _("Say it shorter: at most %(n)d characters.") % {"n": longest}})
    before = post.important_note
    PlannedPost.objects.filter(pk=post.pk).update(important_note=text)
    post.important_note = text
    changed(post, by=by, important_note=(before, text))
