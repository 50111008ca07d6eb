"""Writes the district's own data into the database; run again, it adds what is missing and overwrites nothing."""

import csv
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from contentplan import memorable
from contentplan.models import Norm, PostFormat, RemarkPhrase, Rubric, TextLimit
from moderation.models import Ground, ReplyLimit, ReplyTemplate, ToneWord
from people.models import Organization
from registry import verifying
from registry.actions import refresh_search
from registry.models import LegalAct, NetworkStatus, SocialNetwork
from registry.security import checklist

HERE = Path(__file__).parent
FOUNDING_ACT = "order"  # its key in the file


@transaction.atomic
def load() -> dict[str, int]:
    """Returns how many rows of each kind were added."""
    lists = yaml.safe_load((HERE / "reference-lists.yaml").read_text(encoding="utf-8"))
    organizations = _organizations()
    acts = _legal_acts(lists["legal_acts"])
    refresh_search()
    return {
        "organizations": organizations,
        "networks": _networks(lists["social_networks"]),
        "limits": _limits(lists["text_limits"]),
        "formats": _positioned(PostFormat, lists["post_formats"]),
        "rubrics": _rubrics(lists["rubrics"]),
        "grounds": _positioned(Ground, lists["removal_grounds"]),
        "norms": _norms(lists["norms"], acts),
        "reply_limits": _reply_limits(lists["reply_limits"]),
        "tone": _once(ToneWord, lists["tone_words"]),
        "reply_templates": _once(ReplyTemplate, lists["reply_templates"]),
        "phrases": _phrases(lists["frequent_remarks"]),
        "checks": verifying.put_items(lists["verification_checklist"]),
        "security": checklist.put_items(lists["security_checklist"]),
        "dates": memorable.put_everywhere(),
    }


def _organizations() -> int:
    added = 0
    with (HERE / "organizations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if Organization.objects.filter(slug=row["slug"]).exists():
                continue
            fields = {k: row[k] for k in ("slug", "kind", "name", "short_name", "centre", "oktmo", "official_site")}
            if row["parent"]:
                Organization.objects.add_child(Organization.objects.get(slug=row["parent"]), fields)
            else:
                Organization.objects.add_root(fields)
            added += 1
    return added


def _legal_acts(rows: dict[str, dict[str, str]]) -> dict[str, LegalAct]:
    return {key: _legal_act(row, founds_registry=key == FOUNDING_ACT) for key, row in rows.items()}


def _legal_act(row: dict[str, str], *, founds_registry: bool) -> LegalAct:
    """The act the registry rests on stays known by that, whatever its title is corrected to."""
    founding = LegalAct.objects.filter(founds_registry=True).first()
    if founds_registry and founding:
        return founding
    organization = Organization.objects.get(slug=row["organization"])
    act, _ = LegalAct.objects.get_or_create(title=row["title"], organization=organization)
    if founds_registry:
        act.founds_registry = True
        act.save(update_fields=["founds_registry"])
    return act


def _networks(rows: list[dict[str, Any]]) -> int:
    added = 0
    for position, row in enumerate(rows, 1):
        statuses = row.pop("statuses")
        network, created = SocialNetwork.objects.get_or_create(
            slug=row["slug"], defaults={**row, "position": position * 10}
        )
        if not created:
            _teach_publications(network, row.get("post_matchers", []))
            continue
        added += 1
        for status in statuses:
            NetworkStatus.objects.create(
                network=network, status=status["status"], starts_on=status["since"], basis=status["basis"]
            )
    return added


def _teach_publications(network: SocialNetwork, matchers: list[dict[str, str]]) -> None:
    """A portal that was loaded before publications could be read learns how; what somebody entered stays."""
    if matchers and not network.post_matchers:
        network.post_matchers = matchers
        network.save(update_fields=["post_matchers"])


def _limits(rows: list[dict[str, Any]]) -> int:
    added = 0
    for row in rows:
        network = SocialNetwork.objects.get(slug=row.pop("network"))
        added += TextLimit.objects.get_or_create(network=network, defaults=row)[1]
    return added


def _reply_limits(rows: list[dict[str, Any]]) -> int:
    added = 0
    for row in rows:
        network = SocialNetwork.objects.get(slug=row.pop("network"))
        added += ReplyLimit.objects.get_or_create(network=network, defaults=row)[1]
    return added


def _once(model: type[ToneWord] | type[ReplyTemplate], rows: list[dict[str, Any]]) -> int:
    """Only into an empty list: what people have changed or deleted does not come back."""
    if model._default_manager.exists():
        return 0
    made: list[Any] = [model(**row) for row in rows]
    return len(model._default_manager.bulk_create(made))


def _rubrics(names: list[str]) -> int:
    """Examples to begin with: once the list is kept by people, nothing is added to it."""
    if Rubric.objects.exists():
        return 0
    rows = [Rubric(name=name, position=position * 10) for position, name in enumerate(names, 1)]
    return len(Rubric.objects.bulk_create(rows))


def _positioned(model: type[PostFormat] | type[Ground], rows: list[dict[str, Any]]) -> int:
    found = [
        model.objects.get_or_create(slug=row["slug"], defaults={**row, "position": position * 10})[1]
        for position, row in enumerate(rows, 1)
    ]
    return sum(found)


def _phrases(rows: list[dict[str, str]]) -> int:
    """Only the first time: a phrase that an administrator put in other words would come back in ours."""
    if RemarkPhrase.objects.exists():
        return 0
    phrases = (RemarkPhrase(**row, position=position * 10) for position, row in enumerate(rows, 1))
    return len(RemarkPhrase.objects.bulk_create(phrases))


def _norms(rows: list[dict[str, Any]], acts: dict[str, LegalAct]) -> int:
    if Norm.objects.exists():
        return 0
    for row in rows:
        Norm.objects.create(
            posts_per_week=row["posts_per_week"],
            starts_on=row["since"],
            legal_act=acts[row["act"]],
            clause=row["clause"],
        )
    return len(rows)
