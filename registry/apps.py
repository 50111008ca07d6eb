from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("registry of accounts")

    def ready(self) -> None:
        from people import actions, addresses
        from people.models import persons
        from registry.actions import refresh_search_of
        from registry.links import refuse_prohibited
        from registry.models.proposals import waiting_for_membership

        actions.NAMES_COPIED.append(refresh_search_of)
        addresses.CHECKS.append(refuse_prohibited)
        persons.COUNTED["proposals"] = waiting_for_membership
        pre_migrate.connect(_before_migrations, sender=self)
        post_migrate.connect(_after_migrations, sender=self)
        _audit()


def _before_migrations(using: str, **_others: Any) -> None:
    """SQLite rebuilds no table that a trigger of another one names."""
    from registry import editions, prohibition, triggers

    if connections[using].vendor == "sqlite":
        for mark in (editions.MARK, prohibition.MARK):
            triggers.lift(connections[using], mark)


def _after_migrations(using: str, **_others: Any) -> None:
    """Whatever migrations rebuilt, the triggers stand on it again."""
    from registry import editions, prohibition

    editions.watch(connections[using])
    prohibition.hold(connections[using])


def _audit() -> None:
    """What the log of changes follows in this room."""
    from people import audit
    from registry import models

    # Reference data of the whole portal.
    for everybodys in (
        models.DataSet,
        models.CheckItem,
        models.SecurityItem,
        models.SocialNetwork,
        models.NetworkStatus,
    ):
        audit.register(everybodys, organization=None)
    for of_account in (models.TrustStep, models.Closing, models.SecurityState, models.RightsHolder):
        audit.register(of_account, organization="account.organization")
    audit.register(models.Account, exclude=["search"])
    audit.register(models.ActFile, exclude=["file", "sha256", "added_at"])
    audit.register(models.FakeReport, exclude=["times"])
    audit.register(models.Proposal, exclude=["proposed_at"])
    audit.register(models.Handover, exclude=["made_at", "rows"])
    for plain in (models.LegalAct, models.BodyAct, models.KnownFake, models.RegistryRules):
        audit.register(plain)
