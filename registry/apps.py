from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("registry of accounts")

    def ready(self) -> None:
        from people import actions, audit
        from people.models import persons
        from registry.actions import refresh_search_of
        from registry.models import (
            Account,
            ActFile,
            BodyAct,
            CheckItem,
            Closing,
            DataSet,
            FakeReport,
            Handover,
            KnownFake,
            LegalAct,
            NetworkStatus,
            Proposal,
            RegistryRules,
            RightsHolder,
            SecurityItem,
            SecurityState,
            SocialNetwork,
            TrustStep,
        )
        from registry.models.proposals import waiting_for_membership

        actions.NAMES_COPIED.append(refresh_search_of)
        persons.COUNTED["proposals"] = waiting_for_membership
        audit.register(Account, exclude=["search"])
        audit.register(LegalAct)
        audit.register(BodyAct)
        audit.register(ActFile, exclude=["file", "sha256", "added_at"])
        audit.register(KnownFake)
        audit.register(FakeReport, exclude=["times"])
        audit.register(Proposal, exclude=["proposed_at"])
        audit.register(DataSet, organization=None)
        audit.register(RegistryRules)
        audit.register(TrustStep, organization="account.organization")
        audit.register(Closing, organization="account.organization")
        audit.register(CheckItem, organization=None)
        audit.register(SecurityItem, organization=None)
        audit.register(SecurityState, organization="account.organization")
        audit.register(RightsHolder, organization="account.organization")
        audit.register(Handover, exclude=["made_at", "rows"])
        audit.register(SocialNetwork, organization=None)
        audit.register(NetworkStatus, organization=None)
