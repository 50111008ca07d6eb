"""Where: networks with their legal status, legal acts, and the registry of accounts (procedure, cl. 1, 2.1, 3)."""

from registry.models.accounts import PUBLIC_COLUMNS, Account
from registry.models.act_files import ActFile
from registry.models.acts import LegalAct
from registry.models.changes import ChangeKind, EntryChange
from registry.models.edition import Edition
from registry.models.fakes import FakeReport, FakeState, KnownFake, NameKey, ReportState
from registry.models.imports import EntryImport, EntryImportRow
from registry.models.names import FormerName
from registry.models.networks import LegalStatus, NetworkStatus, SocialNetwork
from registry.models.opendata import DataSet, DataVersion, StructureVersion
from registry.models.own_acts import BodyAct, BodyActStep, OwnActState
from registry.models.proposals import (
    CheckItem,
    CheckUse,
    Proposal,
    ProposalKind,
    ProposalState,
    RegistryRules,
)
from registry.models.security import (
    FULL_RIGHTS,
    Handover,
    RightsHolder,
    RightsLevel,
    SecurityAnswer,
    SecurityItem,
    SecurityReply,
    SecurityState,
)
from registry.models.states import (
    IN_USE,
    PUBLIC_STATUSES,
    START_STATES,
    STATUSES_WHERE_PROHIBITED,
    TRANSITIONS,
    AccountStatus,
)
from registry.models.trust import Closing, ClosingKind, NameFinding, TrustSign, TrustState, TrustStep

__all__ = [
    "FULL_RIGHTS",
    "IN_USE",
    "PUBLIC_COLUMNS",
    "PUBLIC_STATUSES",
    "START_STATES",
    "STATUSES_WHERE_PROHIBITED",
    "TRANSITIONS",
    "Account",
    "AccountStatus",
    "ActFile",
    "BodyAct",
    "BodyActStep",
    "ChangeKind",
    "CheckItem",
    "CheckUse",
    "Closing",
    "ClosingKind",
    "DataSet",
    "DataVersion",
    "Edition",
    "EntryChange",
    "EntryImport",
    "EntryImportRow",
    "FakeReport",
    "FakeState",
    "FormerName",
    "Handover",
    "KnownFake",
    "LegalAct",
    "LegalStatus",
    "NameFinding",
    "NameKey",
    "NetworkStatus",
    "OwnActState",
    "Proposal",
    "ProposalKind",
    "ProposalState",
    "RegistryRules",
    "ReportState",
    "RightsHolder",
    "RightsLevel",
    "SecurityAnswer",
    "SecurityItem",
    "SecurityReply",
    "SecurityState",
    "SocialNetwork",
    "StructureVersion",
    "TrustSign",
    "TrustState",
    "TrustStep",
]
