"""Messages from a table: read, looked at row by row, mended, taken once."""
