"""What the portal writes to people: one function a letter, its words in `templates/emails/<name>.txt`.

The first line of a template is the subject, the rest is the text.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from people import outbox
from people.models import Notice, Organization, User


def invitation(user: User, url: str, by: User | None, *, key: str) -> None:
    """`by` invites `user`; behind `url` the person sets a password."""
    _write("invitation", user, key=key, url=url, by=by)


def added(user: User, url: str, by: User | None, *, key: str, role: str, organization: Organization) -> None:
    """`user`, who already signs in here, was given one more role."""
    _write("added", user, key=key, url=url, by=by, role=role, organization=organization)


def week_for_editor(
    user: User, *, key: str, week: str, findings: Sequence[object], missing: int, kept: bool, url: str
) -> bool:
    """How the week ended for the person's own accounts; behind `url` forgotten publications are recorded."""
    return _write(
        "week_editor",
        user,
        key=key,
        waits_for_work=True,
        week=week,
        findings=findings,
        missing=missing,
        kept=kept,
        url=url,
    )


def week_for_department(user: User, *, key: str, week: str, totals: object, groups: Sequence[object], url: str) -> bool:
    """How the week ended for all bodies; behind `url` is the page of the week."""
    return _write(
        "week_department", user, key=key, waits_for_work=True, week=week, totals=totals, groups=groups, url=url
    )


def notice(user: User, notice: Notice, *, key: str, waits_for_work: bool = True) -> bool:
    """One thing the person is told in the portal."""
    url = f"{settings.SITE_URL}{notice.open_url}"
    return _write("notice", user, key=key, waits_for_work=waits_for_work, notice=notice, url=url)


def notices(user: User, notices: Sequence[Notice], *, key: str, more: int) -> bool:
    """Several things the person has not read yet, in one letter; `more` are left out."""
    url = f"{settings.SITE_URL}{reverse('people:notice_list')}"
    return _write("notices", user, key=key, waits_for_work=True, notices=notices, more=more, url=url)


def password_reset(user: User, url: str, *, key: str) -> None:
    """Behind `url` the person, who asked for it, sets a new password."""
    _write("password_reset", user, key=key, url=url)


def _write(
    name: str,
    user: User,
    *,
    key: str,
    waits_for_work: bool = False,
    not_before: datetime | None = None,
    **words: object,
) -> bool:
    words = {**words, "user": user, "site": settings.SITE_URL}
    text = render_to_string(f"emails/{name}.txt", words)
    subject, _, body = text.strip().partition("\n")
    return outbox.write(
        key=key,
        user=user,
        subject=subject.strip(),
        body=body.strip() + "\n",
        waits_for_work=waits_for_work,
        not_before=not_before,
    )
