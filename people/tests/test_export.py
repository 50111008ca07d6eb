"""No cell of any export can run as a formula."""

from datetime import date

import pytest

from people.export import safe_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 38244", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0@x", "＝1", "=cmd|' /C calc'!A0"],
)
def test_what_could_run_as_a_formula_becomes_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "cell"),
    [("Уртам", "Уртам"), ("a=b", "a=b"), (None, ""), (0, "0"), (date(2026, 11, 20), "2026-11-20"), ("", "")],
)
def test_everything_else_stays_as_it_is(value: object, cell: str) -> None:
    assert safe_cell(value) == cell
