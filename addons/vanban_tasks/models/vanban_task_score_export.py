import io

import xlsxwriter

from odoo import fields, models

from .vanban_task_score_rule import SCORE_KINDS

# what somebody typed is text, also when it looks like a formula or a link
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
_FORMATS = {
    "agency": {**_FONT, "bold": True},
    "title": {**_FONT, "bold": True, "font_size": 14, "align": "center"},
    "period": {**_FONT, "italic": True, "align": "center"},
    "head": {**_CELL, "bold": True, "align": "center"},
    "text": _CELL,
    "count": {**_CELL, "align": "center", "num_format": "0"},
    "points": {**_CELL, "align": "right", "num_format": "0.00"},
    "date": {**_CELL, "align": "center", "num_format": "dd/mm/yyyy"},
    "sign": {**_FONT, "bold": True, "align": "center"},
}


class VanbanTaskScorePeriod(models.Model):
    """The ranking as a workbook for the yearly evaluation (128/QĐ-UBND Điều 15.2)."""

    _inherit = "vanban.task.score.period"

    def _get_file_name(self):
        return f"diem-thi-dua-{self.date_from}-{self.date_to}.xlsx"

    def _make_xlsx(self):
        """Return the bytes of the workbook: the ranking, and what it is made of.

        :raise AccessError: the ranking is not open to the user
        """
        self.ensure_one()
        self._check_export()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
            formats = {name: book.add_format(one) for name, one in _FORMATS.items()}
            kinds = self._get_kind_labels()
            columns = self._get_ranking_columns(kinds)
            rows = self._get_ranking_rows(kinds)
            sheet = book.add_worksheet("Xếp hạng")
            title = "BẢNG TỔNG HỢP ĐIỂM THI ĐUA"
            end = self._write_sheet(sheet, formats, title, columns, rows)
            right = len(columns) - 4
            sheet.merge_range(
                end + 2,
                right,
                end + 2,
                right + 3,
                "THỦ TRƯỞNG CƠ QUAN",
                formats["sign"],
            )
            sheet.merge_range(end + 2, 1, end + 2, 4, "NGƯỜI LẬP BIỂU", formats["sign"])
            sheet = book.add_worksheet("Chi tiết")
            title = "CHI TIẾT CÁC KHOẢN TRỪ ĐIỂM"
            columns = self._get_line_columns()
            self._write_sheet(
                sheet, formats, title, columns, self._get_line_rows(kinds)
            )
        return buffer.getvalue()

    def _write_sheet(self, sheet, formats, title, columns, rows):
        """Write one table with its heading, and return the line after it."""
        last = len(columns) - 1
        sheet.write(0, 0, (self.company_name or "").upper(), formats["agency"])
        sheet.merge_range(2, 0, 2, last, title, formats["title"])
        sheet.merge_range(3, 0, 3, last, self._get_period_text(), formats["period"])
        for column, (label, width, _kind) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write(5, column, label, formats["head"])
        for line, row in enumerate(rows, start=6):
            for column, value in enumerate(row):
                cell = formats[columns[column][2]]
                if isinstance(value, str):
                    sheet.write_string(line, column, value, cell)
                else:
                    sheet.write(line, column, value, cell)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(5)
        sheet.freeze_panes(6, 0)
        return 6 + len(rows)

    def _get_period_text(self):
        text = (
            f"{self.name}: từ ngày {self.date_from:%d/%m/%Y} đến ngày"
            f" {self.date_to:%d/%m/%Y}; điểm gốc: {self.base:g}"
        )
        if self.state == "closed":
            return text
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.sudo()._vanban_tz().zone),
            self.computed_on or fields.Datetime.now(),
        )
        return f"{text}. Số liệu tạm tính đến {moment:%H:%M ngày %d/%m/%Y}"

    def _get_kind_labels(self):
        field = self.env["vanban.task.score.line"]._fields["kind"]
        labels = dict(field._description_selection(self.env))
        return {kind: labels[kind] for kind, _label in SCORE_KINDS}

    # ---- the ranking ----

    def _get_ranking_columns(self, kinds):
        """Return the columns: label, width in characters, kind of cell."""
        return [
            ("STT", 5, "count"),
            ("Cơ quan", 36, "text"),
            ("Số nhiệm vụ", 9, "count"),
            ("Hoàn thành trong hạn", 11, "count"),
            *(
                column
                for label in kinds.values()
                for column in (
                    (f"{label}: số lần", 11, "count"),
                    (f"{label}: điểm trừ", 11, "points"),
                )
            ),
            ("Tổng điểm trừ", 10, "points"),
            ("Điểm", 10, "points"),
            ("Xếp hạng", 8, "count"),
        ]

    def _get_ranking_rows(self, kinds):
        groups = (
            self.env["vanban.task.score.line"]
            .sudo()  # sums only, of a ranking that the user may see
            ._read_group(
                [("period_id", "=", self.id), ("state", "=", "kept")],
                ["agency_id", "kind"],
                ["__count", "deducted:sum"],
            )
        )
        sums = {(agency.id, kind): values for agency, kind, *values in groups}
        return [
            [
                number,
                score.agency_name,
                score.task_count,
                score.done_count,
                *(
                    value
                    for kind in kinds
                    for value in sums.get((score.agency_id.id, kind), (0, 0))
                ),
                score.deducted,
                score.total,
                score.rank,
            ]
            for number, score in enumerate(self.score_ids, start=1)
        ]

    # ---- what it is made of ----

    def _get_line_columns(self):
        return [
            ("STT", 5, "count"),
            ("Cơ quan", 30, "text"),
            ("Văn bản giao", 16, "text"),
            ("Nhiệm vụ", 60, "text"),
            ("Trường hợp", 20, "text"),
            ("Ngày", 12, "date"),
            ("Số ngày chậm", 9, "count"),
            ("Chậm do phối hợp", 24, "text"),
            ("Mức điểm", 9, "points"),
            ("Điểm trừ", 9, "points"),
            ("Kết luận", 16, "text"),
            ("Ý kiến và quyết định", 60, "text"),
        ]

    def _get_line_rows(self, kinds):
        """Return the deductions that the user sees: all, or those of the own agency."""
        lines = self.env["vanban.task.score.line"].search(
            [("period_id", "=", self.id), ("state", "!=", "gone")],
            order="agency_name, kind, day, id",
        )
        states = dict(lines._fields["state"]._description_selection(self.env))
        return [
            [
                number,
                line.agency_name,
                line.task_symbol or "",
                line.task_content or "",
                kinds[line.kind],
                line.day,
                line.late_days,
                line.delayed_by or "",
                line.points,
                line.deducted,
                states[line.state],
                line.history or "",
            ]
            for number, line in enumerate(lines, start=1)
        ]
