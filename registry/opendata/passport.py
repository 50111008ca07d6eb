"""The passport of the set: 17 lines for people (RDFa) and for programs (`meta.csv`); `list.csv` is the register."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from people.export import safe_cell
from people.models import Organization
from registry.exports.columns import COLUMNS
from registry.models import DataSet, DataVersion, StructureVersion
from registry.models.opendata import address_of


@dataclass(frozen=True)
class Line:
    """A line of the passport: its words, its names in `meta.csv` and in RDFa; no value: not filled in."""

    title: str
    value: str = ""
    meta: str = ""
    rdfa: str = ""
    content: str = ""  # the machine form of the value, where it differs
    links: list[tuple[str, str]] = field(default_factory=list)  # name and address
    is_empty: bool = False

    @property
    def machine(self) -> str:
        return self.content or self.value


def passport(data_set: DataSet) -> list[Line]:
    """The 17 lines in their order."""
    versions = list(DataVersion.objects.public().select_related("structure"))
    return _who(data_set) + _what(data_set, versions) + _changes(data_set, versions) + _versions(data_set, versions)


def _who(it: DataSet) -> list[Line]:
    return [
        Line(_("Identification number"), it.identifier, "identifier", "dc:identifier"),
        Line(_("Name of the data set"), title(it), "title", "dc:title"),
        Line(_("Description of the data set"), description(it), "description", "dc:description"),
        Line(_("Owner of the data set"), owner(it), "creator", "dc:creator"),
        Line(_("Responsible person"), it.responsible_post, "publishername", "foaf:name"),
        Line(_("Phone of the responsible person"), it.responsible_phone, "publisherphone", "foaf:phone"),
        Line(_("E-mail of the responsible person"), it.responsible_email, "publishermbox", "foaf:mbox"),
    ]


def _what(it: DataSet, versions: list[DataVersion]) -> list[Line]:
    newest = [(str(version), address_of(it.identifier, str(version))) for version in versions[:1]]
    kept = StructureVersion.objects.first() if not versions else versions[0].structure
    structure = [(str(kept), address_of(it.identifier, str(kept)))] if kept else []
    return [
        Line(_("Link to the data set"), links=newest, is_empty=not newest),
        Line(_("Format of the data"), "CSV", "format", "dc:format", content="csv"),
        Line(_("Description of the structure"), _("%(n)d fields") % {"n": len(COLUMNS)}, links=structure),
    ]


def _changes(it: DataSet, versions: list[DataVersion]) -> list[Line]:
    first = DataVersion.objects.last()
    last = versions[0] if versions else None
    return [
        Line(_("Date of the first publication"), *_day(first.made_at if first else None, "created", "dc:created")),
        Line(_("Date of the last change"), *_day(last.made_at if last else None, "modified", "dc:modified")),
        Line(_("Content of the last change"), _content(last), "provenance", "dc:provenance"),
        _valid(it, last),
        Line(_("Keywords"), keywords(it), "subject", "dc:subject"),
    ]


def _day(moment: datetime | None, meta: str, rdfa: str) -> tuple[str, str, str, str]:
    if moment is None:
        return "", meta, rdfa, ""
    local = timezone.localtime(moment)
    return f"{local:%d.%m.%Y}", meta, rdfa, f"{local:%Y%m%d}"


def _content(last: DataVersion | None) -> str:
    if last is None:
        return ""
    return last.what_changed or _("The structure of the data")


def _valid(it: DataSet, last: DataVersion | None) -> Line:
    value, meta, rdfa, content = _day(last.checked_at if last else None, "valid", "dc:valid")
    checked = _("true on %(day)s") % {"day": value} if value else ""
    told = "; ".join(words for words in (it.period, checked) if words)
    return Line(_("How often it is brought up to date, true on"), told, meta, rdfa, content)


def _versions(it: DataSet, versions: list[DataVersion]) -> list[Line]:
    data = [(str(version), address_of(it.identifier, str(version))) for version in versions]
    kept = [(str(one), address_of(it.identifier, str(one))) for one in StructureVersion.objects.all()]
    return [
        Line(_("Links to versions of the data set"), links=data, rdfa="dc:hasPart", is_empty=not data),
        Line(_("Links to versions of the structure"), links=kept, rdfa="dc:hasPart", is_empty=not kept),
    ]


def meta_csv(it: DataSet) -> str:
    """The passport for programs: properties that are filled in, then the address of every version."""
    lines = passport(it)
    told = [(line.meta, line.machine) for line in lines if line.meta and line.machine]
    files = [(name.removesuffix(".csv"), address) for line in lines[-2:] for name, address in line.links]
    return _table(["property", "value"], [("standardversion", it.standard), *told, *files])


def list_csv(it: DataSet) -> str:
    """The register of the data sets of this portal."""
    return _table(
        ["property", "title", "value", "format"],
        [
            ("standardversion", _("Version of the standard"), it.standard, ""),
            (it.identifier, title(it), address_of(it.identifier, "meta.csv"), "csv"),
        ],
    )


def _table(heading: list[str], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(heading)
    table.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def title(it: DataSet) -> str:
    return it.title or _("Official accounts of public bodies in social networks")


def description(it: DataSet) -> str:
    return it.description or _(
        "The registry of official pages of public bodies in social networks: whose each page is, since when, and when "
        "it was last verified."
    )


def keywords(it: DataSet) -> str:
    return it.keywords or _("social networks, official accounts, local government")


def owner(it: DataSet) -> str:
    """As filled in, else the body at the top of the tree."""
    if it.owner:
        return it.owner
    top = Organization.objects.filter(depth=1).first()
    return top.name if top else ""


def terms(it: DataSet) -> list[str]:
    """The terms of use, by paragraphs."""
    usual = _(
        "The data may be used by anybody, free of charge, without a contract and without limits, for commerce too.\n"
        "Whoever uses them names the source: the owner of the data set and its address."
    )
    return [line for line in (it.terms or usual).splitlines() if line.strip()]
