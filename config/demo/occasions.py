"""A mandatory topic, events of the Head, and a pack: sent, taken by one body, declined by another."""

from datetime import time, timedelta

from config.demo.stage import STAGE
from contentplan.actions import occasions, packs
from contentplan.models import Occasion, OccasionKind, PackOffer, PostFormat, TopicPack
from people.models import Organization, User
from people.weeks import Week


def build(people: dict[str, User]) -> None:
    district = Organization.objects.get(slug="kozhevnikovo")
    made = [_occasion(row, district, people["coordinator"]) for row in STAGE["occasions"]]
    _pack(next(row for row in made if row.is_mandatory), district, people)


def _occasion(row: dict[str, str], district: Organization, by: User) -> Occasion:
    first = Week.now(district.zone).monday + timedelta(days=int(row["day"]))
    topic = row["kind"] == OccasionKind.TOPIC
    content = occasions.OccasionContent(
        kind=OccasionKind(row["kind"]),
        title=row["title"],
        description=row["description"],
        starts_on=first,
        ends_on=first + timedelta(days=int(row["days"]) - 1),
        at=time.fromisoformat(row["at"]) if row["at"] else None,
        place=row["place"],
        for_bodies_below=topic,
        is_mandatory=topic,
    )
    return occasions.save_occasion(content, organization=district, by=by)


def _pack(topic: Occasion, district: Organization, people: dict[str, User]) -> TopicPack:
    row = STAGE["pack"]
    content = packs.PackContent(
        title=row["title"],
        text=row["text"],
        advice=row["advice"],
        format=PostFormat.objects.get(slug=row["format"]),
        publish_from=topic.starts_on,
        publish_to=topic.ends_on,
        occasion=topic,
    )
    pack = packs.save_pack(content, organization=district, by=people["coordinator"])
    bodies = Organization.objects.filter(kind="settlement_administration", is_active=True)
    packs.send_pack(pack, list(bodies), by=people["coordinator"])
    offers = {offer.organization.slug: offer for offer in PackOffer.objects.select_related("organization")}
    packs.take_offer(offers["pesochnodubrovskoe"], by=people["dubrovka"])
    packs.decline_offer(offers["voronovskoe"], row["declined"], by=people["voronovo"])
    return pack
