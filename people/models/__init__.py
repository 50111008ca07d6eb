"""Who: the tree of organizations, people, what each of them is where, and what they are told.

Distribution list of the order; roles of the department, the bodies and the control (order, cl. 2, 3, 7).
"""

from people.audit_entry import AuditEntry
from people.models.absences import Absence
from people.models.keys import ApiKey, Scope
from people.models.letters import Letter
from people.models.notices import Notice, Tone
from people.models.organizations import Organization, OrganizationKind, OrganizationQuerySet, check_zone
from people.models.persons import MailChoice, Membership, MembershipQuerySet, PortalUserManager, User
from people.models.rates import RateWindow
from people.models.worktime import SpecialDay, Weekday, WorkHours

__all__ = [
    "Absence",
    "ApiKey",
    "AuditEntry",
    "Letter",
    "MailChoice",
    "Membership",
    "MembershipQuerySet",
    "Notice",
    "Organization",
    "OrganizationKind",
    "OrganizationQuerySet",
    "PortalUserManager",
    "RateWindow",
    "Scope",
    "SpecialDay",
    "Tone",
    "User",
    "Weekday",
    "WorkHours",
    "check_zone",
]
