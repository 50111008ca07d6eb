"""The registry as open data: a passport, its files, versions that stay, checksums beside them (procedure, cl. 3)."""

from registry.opendata.files import Published, find
from registry.opendata.passport import Line, passport, terms
from registry.opendata.publishing import publish

__all__ = ["Line", "Published", "find", "passport", "publish", "terms"]
