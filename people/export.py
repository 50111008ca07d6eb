"""What every export shares: a cell of a table is always text, never a formula."""

# Excel, LibreOffice and Google Sheets run a cell that begins so; the full-width twins are run in some locales.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """The value as the text of a cell; None is an empty cell. An apostrophe disarms what could run as a formula."""
    text = "" if value is None else str(value)
    if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text
