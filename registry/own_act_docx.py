"""The draft of an own act as a Word document: clauses of the order, blanks where a fact or a case is not known."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from people.models import Organization
from registry import word_files
from registry.models import Account, SocialNetwork


def make(organization: Organization) -> bytes:
    """The file; a person edits it before anybody signs it."""
    document = word_files.new(organization.name)
    word_files.write(document, render_to_string("registry/own_act_draft.txt", {"body": organization}))
    annex = word_files.paragraph(
        document, word_files.RIGHT + _("Annex to the act of “____” ______________ 20____ No. ________")
    )
    annex.paragraph_format.page_break_before = True
    word_files.paragraph(document, word_files.CENTRED + _("Pages of the body in social networks"))
    if rows := _pages(organization):
        word_files.table(document, (_("Network"), _("Name"), _("Address")), rows, (35, 60, 70))
    else:
        document.add_paragraph("________________")
    return word_files.content(document)


def _pages(organization: Organization) -> list[tuple[str, str, str]]:
    """Active pages; never one of a prohibited network."""
    allowed = SocialNetwork.objects.allowed().values("pk")
    accounts = Account.objects.active().filter(organization=organization, network__in=allowed)
    return [(str(one.network), one.name, one.url) for one in accounts.select_related("network").order_by("pk")]
