"""A workbook of tasks: the empty form, and the lines of a filled one.

The words of the form are those of the field, whatever language its reader uses.
"""

import io
import re
import warnings
import zipfile
import zlib
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from odoo.addons.vanban_core.tools.text import fold, nfc

#: a programme of work of a province for a year has some hundred lines, and so many are
#: given in one request of less than a minute
MAX_LINES = 2000
#: bytes of XML in the package; so many lines take a tenth of it
MAX_UNPACKED = 30_000_000
#: an application that writes rows beyond this writes no XLSX (ISO/IEC 29500-1)
_LAST_ROW = 1_048_576
_MAX_COLUMNS = 60
_HEAD_ROWS = 10
_YEARS = range(2000, 2100)

#: ``{name: (heading, width, required)}``, in the order of the form
COLUMNS = {
    "content": ("Nội dung nhiệm vụ", 60, True),
    "lead": ("Cơ quan chủ trì", 32, True),
    "coordinators": ("Cơ quan phối hợp", 40, False),
    "deadline_day": ("Hạn xử lý", 13, True),
    "source": ("Nguồn giao", 30, False),
    "source_symbol": ("Số, ký hiệu", 18, False),
    "source_date": ("Ngày văn bản", 13, False),
    "source_subject": ("Trích yếu", 45, False),
    "signer_name": ("Người ký", 22, False),
    "director_name": ("Người chỉ đạo", 22, False),
    "drafter_name": ("Người soạn thảo", 22, False),
    "programme": ("Chương trình công tác", 28, False),
    "priority": ("Độ ưu tiên", 14, False),
}
DATES = ("deadline_day", "source_date")
_LISTS = {
    "lead": "Cơ quan, đơn vị",
    "source": "Nguồn giao",
    "programme": "Chương trình công tác",
    "priority": "Độ ưu tiên",
}
_HINTS = {
    "coordinators": "Nhiều cơ quan thì cách nhau bằng dấu chấm phẩy (;).",
    "deadline_day": "Nhập ngày/tháng/năm, ví dụ 15/12/2026.",
    "source_date": "Nhập ngày/tháng/năm, ví dụ 01/12/2026.",
}

_DATE_TEXT = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_OLE = b"\xd0\xcf\x11\xe0"
# what openpyxl raises on a package that only looks like one
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, OSError, EOFError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
    *(RuntimeError, AssertionError),
)


class SheetError(Exception):
    """The whole file is refused.

    :param str code: ``old, other, damaged, bomb, head, twice, sheets, empty, long``
    :param list names: headings or sheets that it is about
    """

    def __init__(self, code, names=()):
        super().__init__(code)
        self.code = code
        self.names = names


class CellError(Exception):
    """One cell is refused.

    :param str code: ``formula, error, merged, date, day, year, text``
    """

    def __init__(self, code, ref):
        super().__init__(code)
        self.code = code
        self.ref = ref


class Line(NamedTuple):
    """One row: values by name of column, and the :class:`CellError` of others."""

    row: int
    values: dict
    errors: dict


# ---- reading ----


def read_lines(raw):
    """Return the :class:`Line` list of a workbook.

    :param bytes raw: of the file
    :raise SheetError: nothing of it can be used
    """
    _check_package(raw)
    with warnings.catch_warnings():
        # of styles and lists, which no task has
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            sheet, head_row, columns = _find_sheet(book)
            lines = _read_rows(book, sheet, head_row, columns)
        except _BROKEN as error:
            raise SheetError("damaged") from error
    if not lines:
        raise SheetError("empty")
    return lines


def _check_package(raw):
    """Refuse what is no workbook, or one that would fill the memory."""
    if raw.startswith(_OLE):
        raise SheetError("old")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except _BROKEN as error:
        raise SheetError("other") from error
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise SheetError("other")
    # zipfile reads no more of a member than it declares
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise SheetError("bomb")


def _find_sheet(book):
    """Return the one visible sheet with the headings, their row and columns."""
    found, missing = [], None
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # some applications write a size that is not true
        sheet.reset_dimensions()
        head_row, columns = _find_head(sheet)
        gaps = [
            COLUMNS[name][0]
            for name, (_title, _width, required) in COLUMNS.items()
            if required and name not in columns
        ]
        if not gaps:
            found.append((sheet, head_row, columns))
        elif missing is None or len(gaps) < len(missing):
            missing = gaps
    if len(found) > 1:
        raise SheetError("sheets", [sheet.title for sheet, _row, _columns in found])
    if not found:
        raise SheetError("head", missing or [])
    return found[0]


def _find_head(sheet):
    """Return the row with most headings, and ``{name: index of column}``."""
    best = (0, {})
    titles = {_fold_title(title): name for name, (title, *_rest) in COLUMNS.items()}
    rows = sheet.iter_rows(max_row=_HEAD_ROWS, max_col=_MAX_COLUMNS)
    for number, row in enumerate(rows, start=1):
        columns = {}
        for index, cell in enumerate(row):
            value = cell.value if isinstance(cell.value, str) else ""
            name = titles.get(_fold_title(value))
            if name in columns:
                raise SheetError("twice", [COLUMNS[name][0]])
            if name:
                columns[name] = index
        if len(columns) > len(best[1]):
            best = (number, columns)
    return best


def _fold_title(title):
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(nfc(title))).split())


def _read_rows(book, sheet, head_row, columns):
    lines = []
    merged = _find_merged(book, sheet)
    rows = sheet.iter_rows(min_row=head_row + 1, max_col=_MAX_COLUMNS)
    for number, row in enumerate(rows, start=head_row + 1):
        if number > _LAST_ROW:
            raise SheetError("damaged")
        cells = {name: row[index] for name, index in columns.items()}
        if all(_is_blank(cell.value) for cell in cells.values()):
            continue
        if len(lines) == MAX_LINES:
            raise SheetError("long")
        lines.append(_read_line(book, number, cells, columns, merged))
    return lines


def _is_blank(value):
    return value is None or (isinstance(value, str) and not value.strip())


def _find_merged(book, sheet):
    """Return ``(column, row, column, row)`` of the merged cells, first one first."""
    # openpyxl leaves them out where it does not read all into memory
    xml = book._archive.read(sheet._worksheet_path)
    return [
        (left.decode(), int(top), right.decode(), int(bottom))
        for left, top, right, bottom in _MERGED.findall(xml)
    ]


def _read_line(book, number, cells, columns, merged):
    values, errors = {}, {}
    for name, cell in cells.items():
        letters = get_column_letter(columns[name] + 1)
        ref = f"{letters}{number}"
        read = _read_date if name in DATES else _read_text
        try:
            _check_cell(cell, ref)
            values[name] = read(cell.value, ref, book.epoch)
        except CellError as error:
            errors[name] = error
    for left, top, right, bottom in merged:
        if top <= number <= bottom:
            errors["merged"] = CellError("merged", f"{left}{top}:{right}{bottom}")
    return Line(number, values, errors)


def _check_cell(cell, ref):
    if cell.value is None:
        return
    if cell.data_type == "f":
        raise CellError("formula", ref)
    if cell.data_type == "e" or isinstance(cell.value, bool):
        raise CellError("error", ref)


def _read_text(value, ref, _epoch):
    if value is None or isinstance(value, str):
        return nfc(value or "")
    if isinstance(value, int | float):
        return str(int(value) if value == int(value) else value)
    # Excel makes a date of 12/11, which was a number and symbol
    raise CellError("text", ref)


def _read_date(value, ref, epoch):
    """Return a date, or None where the cell is empty."""
    if _is_blank(value):
        return None
    try:
        if isinstance(value, str):
            day, month, year = map(int, _DATE_TEXT.fullmatch(value.strip()).groups())
            told = date(year, month, day)
        elif isinstance(value, int | float):
            told = from_excel(value, epoch)
        else:
            told = value
    except AttributeError as error:
        raise CellError("date", ref) from error
    except (ValueError, OverflowError, TypeError) as error:
        raise CellError("day", ref) from error
    if isinstance(told, datetime):
        told = told.date()
    if not isinstance(told, date):
        raise CellError("date", ref)
    if told.year not in _YEARS:
        raise CellError("year", ref)
    return told


# ---- the empty form ----


_FONT = {"font_name": "Times New Roman", "font_size": 12}
_STYLES = {
    "head": {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#E6EEF7"},
    "text": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "date": {"valign": "top", "num_format": "dd/mm/yyyy"},
}


def make_form(lists):
    """Return the bytes of the empty form.

    :param dict lists: ``{column: [valid words]}`` of ``lead, source, programme,
        priority``
    """
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, {**options, "in_memory": True}) as book:
        styles = {
            name: book.add_format({**_FONT, **style}) for name, style in _STYLES.items()
        }
        sheet = book.add_worksheet("Nhiệm vụ")
        words = book.add_worksheet("Danh mục")
        _write_heads(sheet, styles)
        _write_lists(sheet, words, styles, lists)
        sheet.freeze_panes(1, 1)
        words.freeze_panes(1, 0)
    return buffer.getvalue()


def _write_heads(sheet, styles):
    for index, (name, (title, width, required)) in enumerate(COLUMNS.items()):
        style = styles["date" if name in DATES else "text"]
        sheet.set_column(index, index, width, style)
        sheet.write_string(0, index, f"{title} *" * required or title, styles["head"])
        if name in _HINTS:
            _add_check(sheet, index, {"validate": "any"}, _HINTS[name])


def _write_lists(sheet, words, styles, lists):
    for index, (name, title) in enumerate(_LISTS.items()):
        words.set_column(index, index, 40, styles["text"])
        words.write_string(0, index, title, styles["head"])
        for row, word in enumerate(lists[name], start=1):
            words.write_string(row, index, word, styles["text"])
        if lists[name]:
            letter = get_column_letter(index + 1)
            source = f"='Danh mục'!${letter}$2:${letter}${len(lists[name]) + 1}"
            # a hint only: the reader says what is wrong, with the nearest name
            check = {"validate": "list", "source": source, "show_error": False}
            _add_check(sheet, list(COLUMNS).index(name), check)


def _add_check(sheet, column, check, hint=""):
    message = {"input_message": hint} if hint else {}
    sheet.data_validation(1, column, MAX_LINES, column, {**check, **message})
