"""A list as people keep them, CSV or XLSX, as numbered lines of plain texts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

Lines = list[tuple[int, list[str]]]
MOST: Final = 20_000
"""Lines of one file; more are several files."""
_DELIMITERS: Final = ";,\t|"


class BadSheet(Exception):
    """The file cannot be read; the text says what to do about it."""


def read(file: Path) -> Lines:
    """The filled lines of a file, with their numbers. Raises BadSheet."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadSheet(f"{file} cannot be opened ({type(error).__name__}).") from error
    if file.suffix.casefold() in (".xls", ".ods"):
        raise BadSheet(f"{file} is neither CSV nor XLSX: save it as .xlsx.")
    lines = list(_filled(read_xlsx(content) if content[:2] == b"PK" else read_csv(_text(content))))
    if len(lines) > MOST:
        raise BadSheet(f"{file} has more than {MOST} lines: cut it into several files.")
    return lines


def _filled(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            yield number, cells


def _text(content: bytes) -> str:
    """UTF-8, or the UTF-16 that Excel calls Unicode; whatever else would garble Arabic unseen."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadSheet(
            "The file is not UTF-8: in the spreadsheet choose “CSV UTF-8”, or save it as .xlsx."
        ) from error


def read_csv(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines of CSV, however they are separated. Raises BadSheet."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise BadSheet(f"line {reader.line_num}: this is not CSV ({error}).") from error


def read_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Lines of a workbook's first sheet, with the values that formulas had when it was saved."""
    # Heavy, and needed for this only.
    from openpyxl.reader.excel import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows: Sequence[Sequence[Any]] = list(book.worksheets[0].iter_rows(values_only=True))
    except (OSError, ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise BadSheet(
            f"This is no workbook ({type(error).__name__}): save it again as .xlsx."
        ) from error
    yield from ((number, [_plain(value) for value in row]) for number, row in enumerate(rows, 1))


def _plain(value: Any) -> str:
    """A cell as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
