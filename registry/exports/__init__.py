"""The public registry as files for people and programs; all of them obey the filter, flow row by row, tell the same."""

from registry.exports.answer import KINDS, SEPARATORS, file_response
from registry.exports.columns import COLUMNS, Column

__all__ = ["COLUMNS", "KINDS", "SEPARATORS", "Column", "file_response"]
