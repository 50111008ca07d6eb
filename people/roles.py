"""What each role may do: the one table. Rules ask it, the portal and the admin show it, a test walks it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles of the order: the department coordinates, the bodies assist, the Head controls."""

    ADMINISTRATOR = "administrator", _("administrator")
    COORDINATOR = "coordinator", _("coordinator")
    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    OBSERVER = "observer", _("observer")


ROLE_DESCRIPTIONS = {
    Role.ADMINISTRATOR: _(
        "Keeps the portal: organizations, people and their roles, reference lists, the audit log. "
        "Writes no plans and approves nothing."
    ),
    Role.COORDINATOR: _(
        "The public relations department. Keeps the registry, corrects and approves content plans, "
        "sees who published what. Works for the whole district."
    ),
    Role.EDITOR: _(
        "Official of one body. Writes its weekly content plan, hands it in for approval, "
        "records what came out. Sees only that body."
    ),
    Role.MODERATOR: _(
        "Goes through comments and messages, removes what the order says must go, and records why in the journal."
    ),
    Role.OBSERVER: _("Head of the district, head of a settlement, control. Reads everything and changes nothing."),
}


class RoleScope(StrEnum):
    """Where a permission holds: in the membership's own organization, or there and in all bodies below it."""

    OWN = "own"
    SUBTREE = "subtree"


class Permission(StrEnum):
    """What may be done. A permission stands here once, and in `GRANTS` once for each role that holds it."""

    VIEW = "view"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_REFERENCE = "manage_reference"
    VIEW_AUDIT = "view_audit"
    MANAGE_KEYS = "manage_keys"
    PROPOSE_ENTRY = "propose_entry"
    EDIT_REGISTRY = "edit_registry"
    KEEP_SECURITY = "keep_security"
    WRITE_PLAN = "write_plan"
    DECIDE_PLAN = "decide_plan"
    RECORD_PUBLICATION = "record_publication"
    VIEW_JOURNAL = "view_journal"
    MODERATE = "moderate"
    UNMASK = "unmask"
    DECIDE_REPLY = "decide_reply"
    RUN_CHECK = "run_check"
    EXPLAIN_WEEK = "explain_week"


PERMISSION_NAMES = {
    Permission.VIEW: _("see plans, accounts and results"),
    Permission.MANAGE_PEOPLE: _("invite people and give roles"),
    Permission.MANAGE_REFERENCE: _("keep organizations, networks, norms and other reference lists"),
    Permission.VIEW_AUDIT: _("read the audit log"),
    Permission.MANAGE_KEYS: _("give and revoke keys of programs"),
    Permission.PROPOSE_ENTRY: _("propose entries of the registry and changes of them"),
    Permission.EDIT_REGISTRY: _("keep the registry: verify what is proposed, accept or reject it"),
    Permission.KEEP_SECURITY: _("see to the security of accounts: checklist, who holds the rights, lost access"),
    Permission.WRITE_PLAN: _("write a content plan and hand it in"),
    Permission.DECIDE_PLAN: _("approve a content plan or return it with remarks"),
    Permission.RECORD_PUBLICATION: _("record what came out"),
    Permission.VIEW_JOURNAL: _("read the moderation journal"),
    Permission.MODERATE: _("enter decisions in the moderation journal"),
    Permission.UNMASK: _("see phones, addresses and other personal data in messages of citizens, saying why"),
    Permission.DECIDE_REPLY: _("approve replies to citizens or return them with remarks"),
    Permission.RUN_CHECK: _("run the weekly check"),
    Permission.EXPLAIN_WEEK: _("exempt an account from the norm or mark it as not verifiable, with a reason"),
}

_own, _subtree = RoleScope.OWN, RoleScope.SUBTREE

GRANTS: dict[Role, dict[Permission, RoleScope]] = {
    Role.ADMINISTRATOR: {
        Permission.VIEW: _subtree,
        Permission.MANAGE_PEOPLE: _subtree,
        Permission.MANAGE_REFERENCE: _subtree,
        Permission.VIEW_AUDIT: _subtree,
        Permission.MANAGE_KEYS: _subtree,
        Permission.PROPOSE_ENTRY: _subtree,
        Permission.EDIT_REGISTRY: _subtree,
        Permission.KEEP_SECURITY: _subtree,
        Permission.VIEW_JOURNAL: _subtree,
        Permission.RUN_CHECK: _subtree,
    },
    Role.COORDINATOR: {
        Permission.VIEW: _subtree,
        Permission.MANAGE_KEYS: _subtree,  # the department connects the programs of the bodies
        Permission.PROPOSE_ENTRY: _subtree,
        Permission.EDIT_REGISTRY: _subtree,
        Permission.KEEP_SECURITY: _subtree,  # order, cl. 2.3
        Permission.WRITE_PLAN: _subtree,  # the department keeps the Administration's own plan: procedure, cl. 2.2
        Permission.DECIDE_PLAN: _subtree,  # procedure, cl. 2.3
        Permission.RECORD_PUBLICATION: _subtree,
        Permission.VIEW_JOURNAL: _subtree,
        Permission.MODERATE: _subtree,  # procedure, cl. 7
        Permission.UNMASK: _subtree,
        Permission.DECIDE_REPLY: _subtree,  # procedure, cl. 2.3
        Permission.RUN_CHECK: _subtree,
        Permission.EXPLAIN_WEEK: _subtree,
    },
    Role.EDITOR: {
        Permission.VIEW: _own,
        Permission.PROPOSE_ENTRY: _own,  # the bodies help the department: order, cl. 3
        Permission.KEEP_SECURITY: _own,
        Permission.WRITE_PLAN: _own,
        Permission.RECORD_PUBLICATION: _own,
        Permission.VIEW_JOURNAL: _own,
        Permission.MODERATE: _own,  # the bodies moderate too: procedure, cl. 7
        Permission.UNMASK: _own,  # whoever answers may have to ring up
    },
    Role.MODERATOR: {
        Permission.VIEW: _subtree,
        Permission.VIEW_JOURNAL: _subtree,
        Permission.MODERATE: _subtree,
        Permission.UNMASK: _subtree,
    },
    Role.OBSERVER: {
        Permission.VIEW: _subtree,  # order, cl. 7
        Permission.VIEW_JOURNAL: _subtree,
    },
}


def scope_of(role: Role, permission: Permission) -> RoleScope | None:
    """Where the role holds the permission; None where it does not."""
    return GRANTS[role].get(permission)


def described() -> list[tuple[Role, str]]:
    """The roles, each with what it is for."""
    return [(role, str(ROLE_DESCRIPTIONS[role])) for role in GRANTS]


def table() -> list[tuple[str, list[str]]]:
    """The whole table to be shown: what may be done, and "", "own" or "subtree" for each role."""
    return [(str(PERMISSION_NAMES[one]), [scope_of(role, one) or "" for role in GRANTS]) for one in Permission]
