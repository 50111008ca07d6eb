"""Fills an empty database with a registry of so many accounts: `python -m bench.registry_rows 100000`, by DATABASE_URL.

Names are made of syllables, the same in every run: as different from each other as those of real pages, so that the
search for lookalikes has as much to do as in life.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import django

BODIES_HAVE = 20
_SYLLABLES = [a + b for a in "bdgklmnprstvz" for b in "aeiou"]
_VILLAGES = ["Уртам", "Чилино", "Вороново", "Малиновка", "Песочнодубровка", "Новопокровка", "Ювала", "Батурино"]
_KINDS = ["Администрация", "Школа", "Библиотека", "Дом культуры", "Музей", "Детский сад", "Больница", "Дума"]


def handle(number: int) -> str:
    """The name in the address of the account with this number."""
    dice = random.Random(number)
    return "".join(dice.choices(_SYLLABLES, k=4)) + f"_{number % 97}"


def fill(accounts: int) -> None:
    from django.core.management import call_command

    from registry import lookalikes, searching
    from registry.models import Account

    call_command("migrate", verbosity=0)
    for batch in _batches(accounts):
        Account.objects.bulk_create(batch, batch_size=500)
        lookalikes.index(batch)
        searching.index(batch)
    _analyze()


def _batches(accounts: int) -> Iterator[list[Any]]:
    networks = _networks()
    bodies = _bodies(accounts // BODIES_HAVE or 1)
    from registry.models import Account

    made: list[Any] = []
    for number in range(1, accounts + 1):
        body, network = bodies[number % len(bodies)], networks[number % len(networks)]
        account = Account(
            id=number,
            organization=body,
            network=network,
            handle=handle(number),
            url=f"https://{network.hosts[0]}/{handle(number)}",
            name=f"{body.short_name} {number}",
            description="Новости и объявления, приём граждан, события района.",
            status="suspended" if number % 50 == 0 else "active",
            opened_on=date(2020, 1, 1) + timedelta(days=number % 2000),
            responsible_post="специалист по связям с общественностью",
            work_phone="8 (38244) 0-00-00",
            work_email="press@example.org",
        )
        account.search = account.search_text
        made.append(account)
        if len(made) == 2000:
            yield made
            made = []
    yield made


def _bodies(count: int) -> list[Any]:
    from people.models import Organization

    root = {"slug": "bench", "name": "Администрация района", "short_name": "Район", "kind": "district_administration"}
    top = Organization.objects.add_root(root)
    made = []
    for number in range(1, count + 1):
        kind, village = _KINDS[number % len(_KINDS)], _VILLAGES[number % 7]
        body = Organization(
            slug=f"body-{number}",
            kind="institution",
            name=f"{kind} № {number}, {village}",
            short_name=f"{kind} {village} {number}",
            centre=village,
            path=top.path + _base36(number),
            depth=2,
        )
        made.append(body)
    Organization.objects.bulk_create(made, batch_size=500)
    Organization.objects.filter(pk=top.pk).update(numchild=count)
    return list(Organization.objects.filter(depth=2, path__startswith=top.path))


def _base36(number: int) -> str:
    digits = ""
    for _place in range(4):
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits


def _networks() -> list[Any]:
    """The networks of the district's own reference lists that may be kept."""
    from django.core.management import call_command

    from registry.models import SocialNetwork

    call_command("load_district", verbosity=0)
    return [network for network in SocialNetwork.objects.allowed() if network.hosts]


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # the rows brought their numbers: the next one comes after them
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('registry_account', 'id'), max(id)) FROM registry_account"
            )
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    fill(int(sys.argv[1]))
