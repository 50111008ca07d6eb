"""Links as people paste them, and the one canonical form of each.

How a network's links look is reference data (`SocialNetwork.hosts`, `matchers`, `post_matchers`, `service_paths`);
here is only how a pasted text is taken apart. Patterns must match the whole path, without the leading slash:

* a matcher: `{pattern, link, handle, id}`, or `{pattern, refuse: "person"}`;
* a post matcher: `{pattern, page, owner, link, id}`: the page and the permanent number the post names; its pattern
  may also match the path together with `?query`.
"""

from registry.links.address import MAX_LENGTH, BadLink, is_of
from registry.links.checking import Pasted, look, refuse_prohibited
from registry.links.pages import Link, Place, PostLink, read, read_place, read_post_link

__all__ = [
    "MAX_LENGTH",
    "BadLink",
    "Link",
    "Pasted",
    "Place",
    "PostLink",
    "is_of",
    "look",
    "read",
    "read_place",
    "read_post_link",
    "refuse_prohibited",
]
