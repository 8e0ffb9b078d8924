"""The week as a file for Word: no database, no network."""

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .week_form import printable

_FONT = "Times New Roman"
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
# keys and time stand in the middle of their columns
_NARROW = 3
_MARGINS = {
    "top_margin": 15,
    "bottom_margin": 15,
    "left_margin": 18,
    "right_margin": 12,
    "footer_distance": 8,
}


def make_docx(form):
    """Return the bytes of a week in A4 landscape.

    :param dict form: what ``vanban.schedule._get_form`` returns
    """
    document = Document()
    _set_up(document, form)
    _write_head(document, form)
    _write_table(document, form)
    if form["sign"]:
        _write_sign(document, form["sign"])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document, form):
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for name, mm in _MARGINS.items():
        setattr(section, name, Mm(mm))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(12)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("eastAsia", "cs", "hAnsi"):
        fonts.set(qn(f"w:{name}"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_after = Pt(0)
    about = document.core_properties
    about.title = f"{form['title']}. {form['period']}"[:255]
    agency = printable(form["agency"]).replace("\n", " ")[:255]
    about.author = about.last_modified_by = agency
    about.language, about.comments = "vi-VN", ""
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Trang ", "PAGE"), ("/", "NUMPAGES")):
        _add_run(footer, text, size=10)
        _add_field(footer, field)


def _add_run(paragraph, text, *, bold=False, italic=False, size=None):
    run = paragraph.add_run(printable(text))
    run.bold, run.italic = bold or None, italic or None
    run.font.size = Pt(size) if size else None
    return run


def _add_field(paragraph, name):
    """Add a number that Word counts by itself."""
    run = _add_run(paragraph, "", size=10)
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = name
        run._r.append(part)


# ---- head ----


def _write_head(document, form):
    """Write agency and Quốc hiệu, then the title (NĐ 30/2020 Phụ lục I)."""
    left, right = _add_table(document, (112, 155)).rows[0].cells
    for text, bold in ((form["parent"], False), (form["agency"], True)):
        for line in filter(None, text.upper().split("\n")):
            _add_line(left, line, bold=bold)
    _draw_rule(left.paragraphs[-1])
    _add_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    motto = _add_line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
    motto.runs[0].underline = True
    _add_line(right, form["place_date"], italic=True, size=13)
    lines = [
        (form["title"].upper(), {"bold": True, "size": 14}),
        (form["whose"], {"bold": True, "size": 13}),
        (f"({form['period']})", {"italic": True, "size": 13}),
        ("DỰ THẢO" if form["is_draft"] else "", {"bold": True, "size": 12}),
        (form["note"], {"italic": True, "size": 12}),
    ]
    for number, (text, style) in enumerate(line for line in lines if line[0]):
        paragraph = document.add_paragraph()
        paragraph.alignment = _CENTER
        paragraph.paragraph_format.space_before = Pt(0 if number else 10)
        _add_run(paragraph, text, **style)
    paragraph.paragraph_format.space_after = Pt(8)


def _add_line(cell, text, **style):
    """Add a centred line to a cell; a new cell has an empty one already."""
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.runs else first
    paragraph.alignment = _CENTER
    _add_run(paragraph, text, **style)
    return paragraph


def _draw_rule(paragraph):
    """Underline the last line of a name."""
    for run in paragraph.runs:
        run.underline = True


# ---- table ----


def _write_table(document, form):
    columns = form["columns"]
    table = _add_table(document, [mm for _head, mm in columns])
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell, (head, _mm) in zip(table.rows[0].cells, columns, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _add_line(cell, head, bold=True)
    _set_row(table.rows[0], "tblHeader")
    _set_row(table.rows[0], "cantSplit")
    for _row in form["rows"]:
        table.add_row()
    grid = [list(row.cells) for row in table.rows]
    for number, row in enumerate(form["rows"], start=1):
        _set_row(table.rows[number], "cantSplit")
        _write_row(grid, number, row, columns)


def _add_table(document, widths):
    """Add a table of one row with columns of so many mm."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for column, cell, mm in zip(
        table.columns, table.rows[0].cells, widths, strict=True
    ):
        column.width = cell.width = Mm(mm)
    return table


def _set_row(row, name):
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _write_row(grid, number, row, columns):
    cells = grid[number]
    for cell, (_head, mm) in zip(cells, columns, strict=True):
        cell.width = Mm(mm)
    for place, key in enumerate((row["day"], row["session"])):
        if key:
            text, span = key
            last = grid[number + span - 1][place]
            cell = cells[place] if span == 1 else cells[place].merge(last)
            for line in text.split("\n"):
                _add_line(cell, line, bold=not place)
    if row["wide"]:
        _add_line(cells[1].merge(cells[-1]), row["wide"], italic=True)
    for place, lines in enumerate(row["cells"], start=2):
        _write_cell(cells[place], lines, centered=place < _NARROW)


def _write_cell(cell, lines, *, centered):
    for number, (text, style) in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.alignment = _CENTER if centered else None
        run = _add_run(
            paragraph, text, bold=style == "mark", italic=style == "small", size=12
        )
        run.font.strike = style == "struck" or None


# ---- signature ----


def _write_sign(document, sign):
    document.add_paragraph()
    table = _add_table(document, (150, 117))
    _set_row(table.rows[0], "cantSplit")
    right = table.rows[0].cells[1]
    _add_line(right, sign["title"], bold=True, size=13)
    _add_line(right, sign["when"], italic=True)
    for _line in range(3):
        right.add_paragraph()
    _add_line(right, sign["name"], bold=True, size=13)
