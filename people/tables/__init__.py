"""Tables as people bring them: pasted, or in a file of Excel, Word or CSV; from there to lines of plain cells.

Every room that takes tables reads them here and says for itself what its columns mean.
"""

from people.tables.lines import MAX_HEAD, Line, Rows, Wanted
from people.tables.reading import read_file, read_text

__all__ = ["MAX_HEAD", "Line", "Rows", "Wanted", "read_file", "read_text"]
