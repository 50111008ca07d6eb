"""Where: networks with their legal status, legal acts, and the registry of accounts (procedure, cl. 1, 2.1, 3)."""

from registry.models.accounts import PUBLIC_COLUMNS, PUBLIC_STATUSES, VERIFICATION_PERIOD, Account, AccountStatus
from registry.models.acts import LegalAct
from registry.models.changes import ChangeKind, EntryChange
from registry.models.fakes import FakeReport, FakeState, KnownFake, NameKey, ReportState
from registry.models.keys import ApiKey, KeyScope
from registry.models.networks import LegalStatus, NetworkStatus, SocialNetwork

__all__ = [
    "PUBLIC_COLUMNS",
    "PUBLIC_STATUSES",
    "VERIFICATION_PERIOD",
    "Account",
    "AccountStatus",
    "ApiKey",
    "ChangeKind",
    "EntryChange",
    "FakeReport",
    "FakeState",
    "KeyScope",
    "KnownFake",
    "LegalAct",
    "LegalStatus",
    "NameKey",
    "NetworkStatus",
    "ReportState",
    "SocialNetwork",
]
