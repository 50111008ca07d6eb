"""What the portal writes to people: one function a letter, its words in `templates/emails/<name>.txt`.

The first line of a template is the subject, the rest is the text.
"""

from django.conf import settings
from django.template.loader import render_to_string

from people import outbox
from people.models import User


def invitation(user: User, url: str, by: User, *, key: str) -> None:
    """`by` invites `user`; behind `url` the person sets a password."""
    _write("invitation", user, key=key, url=url, by=by)


def added(user: User, url: str, by: User, *, key: str, role: str, organization: str) -> None:
    """`user`, who already signs in here, was given one more role."""
    _write("added", user, key=key, url=url, by=by, role=role, organization=organization)


def _write(name: str, user: User, *, key: str, **words: object) -> bool:
    words = {**words, "user": user, "site": settings.SITE_URL}
    text = render_to_string(f"emails/{name}.txt", words)
    subject, _, body = text.strip().partition("\n")
    return outbox.write(key=key, user=user, subject=subject.strip(), body=body.strip() + "\n")
