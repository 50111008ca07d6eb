"""The fixed words of an official content plan, the same in every format: stamps, signatures, an empty plan."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contentplan.export.table import Table


@dataclass(frozen=True)
class Stamp:
    """«УТВЕРЖДАЮ»: its word, whose it is, and the lines to be filled in by hand."""

    title: str
    whose: str
    lines: tuple[tuple[str, str], ...]  # a line to write on, and the small words under it


def stamps(table: Table) -> tuple[Stamp, Stamp]:
    """Left: agreed by the department. Right: approved by the head of the body."""
    return (
        Stamp(_("AGREED"), _("Public relations department"), _by_hand()),
        Stamp(_("APPROVED BY ME"), "" if table.is_joint else table.owner, _by_hand()),
    )


def _by_hand() -> tuple[tuple[str, str], ...]:
    return (
        ("_" * 34, _("(post)")),
        ("_" * 12 + "  " + "_" * 20, _("(signature)          (initials, surname)")),
        (date_line(), ""),
    )


def date_line() -> str:
    return _("“____” ______________ 20___")


def signature(table: Table) -> list[tuple[str, str]]:
    """The closing block: who made the plan, signs it and when."""
    who = table.compiled_by or "_" * 40
    return [
        (_("The plan is made by:"), who),
        (_("Signature:"), "_" * 20 + "      " + date_line()),
    ]


def nothing() -> str:
    return _("No publications are planned for this period.")
