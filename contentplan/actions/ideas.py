"""Ideas without a day: put into the drawer, made a post, thrown away and taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contentplan.actions.plans import open_plan
from contentplan.actions.posts import add_post
from contentplan.content import PostContent
from contentplan.models import Idea, PlannedPost, PostFormat
from people.audit import acting
from people.http import TooLate
from people.models import Organization, User
from people.weeks import Week
from registry.models import Account


@dataclass(frozen=True)
class Place:
    """When an idea comes out as a post, and in which accounts."""

    planned_at: datetime
    accounts: tuple[Account, ...]


def add_idea(organization: Organization, topic: str, *, by: User, text: str = "") -> Idea:
    """The same words twice are one idea: an impatient finger, a bad line."""
    with acting(by):
        return Idea.objects.get_or_create(
            organization=organization, topic=topic, text=text, defaults={"created_by": by}
        )[0]


@transaction.atomic
def plan_idea(idea: Idea, place: Place, *, by: User) -> PlannedPost:
    """Makes a draft of the idea, which leaves the drawer. Raises what `add_post` raises, TooLate when it is gone."""
    current = Idea.objects.select_for_update().filter(pk=idea.pk).first()
    if current is None:
        raise TooLate(_("This idea is no longer in the drawer."))
    plan = open_plan(idea.organization, Week.at(place.planned_at, idea.organization.zone), by=by)
    content = PostContent(
        planned_at=place.planned_at,
        topic=current.topic,
        text=current.text,
        format=PostFormat.objects.all()[0],
        responsible_post=place.accounts[0].responsible_post if place.accounts else "",
        placements={account.pk: "" for account in place.accounts},
    )
    post = add_post(plan, content, by=by)
    with acting(by):
        current.delete()
    return post


def delete_idea(idea: Idea, *, by: User) -> None:
    with acting(by):
        idea.delete()
