import base64
import io

import xlsxwriter

from odoo import models

MOST_LATE = 20_000
# what somebody typed is text, also when it looks like a formula or a link
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
_FORMATS = {
    "bold": {**_FONT, "bold": True},
    "title": {**_FONT, "bold": True, "font_size": 14, "align": "center"},
    "italic": {**_FONT, "italic": True, "align": "center"},
    "head": {**_CELL, "bold": True, "align": "center"},
    "text": _CELL,
    "int": {**_CELL, "align": "center", "num_format": "0"},
    "float": {**_CELL, "align": "center", "num_format": "0.0"},
}


class VanbanTaskSummary(models.TransientModel):
    """The same table and appendix as a workbook."""

    _inherit = "vanban.task.summary"

    def action_export(self):
        """Return the action that downloads the workbook."""
        self.ensure_one()
        self.file = base64.b64encode(self._make_xlsx())
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/"
            f"{self._get_file_name()}.xlsx?download=true",
            "target": "download",
        }

    def _get_file_name(self):
        return f"tinh-hinh-nhiem-vu-{self.date_from}-{self.date_to}"

    def _make_xlsx(self):
        """Return the bytes of the workbook, counted now with the user's rights."""
        report = self.env["report.vanban_tasks.report_task_summary"]
        form = report._get_form(self, MOST_LATE)
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
            formats = {name: book.add_format(one) for name, one in _FORMATS.items()}
            sheet = book.add_worksheet("Tổng hợp")
            self._write_top(
                sheet,
                formats,
                form,
                "BIỂU TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ",
                form["widths"],
            )
            self._write_heads(sheet, formats, form["groups"])
            rows = [*form["rows"], form["total"]]
            self._write_rows(sheet, formats, 9, rows)
            self._set_page(sheet, 9)
            sheet = book.add_worksheet("Quá hạn")
            title = "DANH SÁCH NHIỆM VỤ QUÁ HẠN"
            self._write_top(sheet, formats, form, title, form["late_widths"])
            for column, head in enumerate(form["late_heads"]):
                sheet.write_string(7, column, head, formats["head"])
            self._write_rows(sheet, formats, 8, form["late_rows"])
            self._set_page(sheet, 8)
        return buffer.getvalue()

    def _write_top(self, sheet, formats, form, title, widths):
        last = len(widths) - 1
        sheet.write_string(0, 0, form["agency"].upper(), formats["bold"])
        lines = [
            (2, title, "title"),
            (3, form["about"], "title"),
            (4, f"{form['period']}. {form['moment']}", "italic"),
            (5, form["criteria"], "italic"),
        ]
        for line, text, style in lines:
            sheet.merge_range(line, 0, line, last, text, formats[style])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width / 1.9)

    def _write_heads(self, sheet, formats, groups):
        """Write the two lines of heads; one over several columns is merged."""
        column, style = 0, formats["head"]
        for label, heads in groups:
            if not heads:
                sheet.merge_range(7, column, 8, column, label, style)
                column += 1
                continue
            sheet.merge_range(7, column, 7, column + len(heads) - 1, label, style)
            for head in heads:
                sheet.write_string(8, column, head, style)
                column += 1

    def _write_rows(self, sheet, formats, first, rows):
        for line, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value, formats["text"])
                elif value is None:
                    sheet.write_string(line, column, "–", formats["int"])
                else:
                    sheet.write(line, column, value, formats[type(value).__name__])

    def _set_page(self, sheet, first):
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(7, first - 1)
        sheet.freeze_panes(first, 0)
