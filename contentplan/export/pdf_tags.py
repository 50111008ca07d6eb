"""Tags of a PDF: what is a heading, a paragraph, a table, a cell, so that it can be read aloud in its order.

The library tags pictures only. Here is the rest of it: a tree of elements and the marks in the pages that belong
to them; what is mere ornament or is repeated on every page (borders, page numbers, the header of a table) is marked
as such.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fpdf import FPDF
from fpdf.structure_tree import StructElem, StructTreeRoot, StructureTreeBuilder
from fpdf.syntax import PDFArray, PDFObject


class Element(StructElem):
    """A part of the document; `a` are its attributes as PDF writes them."""

    __slots__ = ("a",)

    def __init__(self, kind: str, parent: PDFObject, kids: list[int], page: int | None, a: str | None = None) -> None:
        super().__init__(struct_type=f"/{kind}", parent=parent, kids=kids, page_number=page)
        self.a = a


class Tree(StructureTreeBuilder):
    """All elements. The library asks `doc_struct_elem` for those that stand on a page, so it lists these."""

    def __init__(self) -> None:
        super().__init__()
        self.struct_tree_root = StructTreeRoot()
        self.document = Element("Document", self.struct_tree_root, [], None)
        self.struct_tree_root.k = PDFArray([self.document])
        self.elements: list[Element] = []
        self._marks: dict[int, int] = {}  # how many a page has

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.document
        yield self.struct_tree_root.parent_tree
        yield from self.elements

    def group(self, kind: str, parent: Element) -> Element:
        """An element of elements."""
        return self._added(Element(kind, parent, [], None), parent)

    def leaf(self, kind: str, parent: Element, page: int, a: str | None) -> tuple[int, int]:
        """An element of what is drawn next; its mark on the page, and the number of the page in the tree."""
        mark = self._marks.get(page, 0)
        self._marks[page] = mark + 1
        element = self._added(Element(kind, parent, [mark], page, a), parent)
        self.doc_struct_elem.k.append(element)
        number = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        self.struct_tree_root.parent_tree.nums[number].append(element)
        return mark, number

    def _added(self, element: Element, parent: Element) -> Element:
        parent.k.append(element)
        self.elements.append(element)
        return element


class Tagged(FPDF):
    """Paper whose parts say what they are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tree = Tree()
        self.struct_builder = self.tree
        self._groups = [self.tree.document]
        self._open: tuple[str, str | None] | None = None
        self._ornament = False

    @contextmanager
    def group(self, kind: str) -> Iterator[None]:
        """What is tagged inside belongs to one element: Table, TR."""
        self._groups.append(self.tree.group(kind, self._groups[-1]))
        yield
        self._groups.pop()

    @contextmanager
    def tag(self, kind: str, a: str | None = None) -> Iterator[None]:
        """What is drawn inside is a P, an H1, a TD; it may go on on the next page."""
        if self._ornament:
            yield
            return
        self._open = kind, a
        self._begin(kind, a)
        yield
        self._out("EMC")
        self._open = None

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is not read aloud; must not leave the page."""
        self._out("/Artifact BMC")
        self._ornament = True
        yield
        self._ornament = False
        self._out("EMC")

    def add_page(self, *args: Any, **kwargs: Any) -> None:
        """A mark may not reach over the end of a page: it ends there and is begun again."""
        broken, self._open = self._open, None
        if broken:
            self._out("EMC")
        super().add_page(*args, **kwargs)
        if broken:
            self._open = broken
            self._begin(*broken)

    def _begin(self, kind: str, a: str | None) -> None:
        mark, number = self.tree.leaf(kind, self._groups[-1], self.page, a)
        self.pages[self.page].struct_parents = number
        self._set_min_pdf_version("1.4")
        self._out(f"/{kind} <</MCID {mark}>> BDC")
