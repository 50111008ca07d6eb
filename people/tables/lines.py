"""What a table is read for, and what comes out of it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

# Rows above the table itself: stamps, titles, the header.
MAX_HEAD = 40

Rows = list[list[str]]


class Line(NamedTuple):
    """One row that says something, with its number in the file."""

    number: int
    cells: list[str]


class Wanted(NamedTuple):
    """Which table is looked for, and how much of it may be there.

    `with_marks`: what people see in the file besides its words comes along. A cell merged over several rows says the
    same in each; a link stands below the words it hides behind; in Word a cell as wide as three counts for three.
    Without `with_links` the addresses stay behind.
    """

    most_rows: int
    is_header: Callable[[Sequence[str]], bool]
    with_marks: bool = False
    with_links: bool = True
