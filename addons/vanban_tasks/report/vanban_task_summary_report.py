from odoo import api, models

from odoo.addons.vanban_core.report import form_text

from ..wizards.vanban_task_summary_line import COUNTS

# late ones of the appendix; the workbook has more
MOST_LATE = 500
# head and width in mm of 262; the counts stand under heads of their own
GROUPS = [
    ("Số nhiệm vụ", ["Tổng số", "Kỳ trước chuyển sang", "Giao trong kỳ"]),
    ("Đã hoàn thành", ["Trong hạn", "Quá hạn"]),
    ("Đang thực hiện", ["Trong hạn", "Quá hạn"]),
    ("Chờ xác nhận", []),
    ("Số lần gia hạn", []),
    ("Số lần không đạt", []),
    ("Tỷ lệ đúng hạn (%)", []),
]
WIDTHS = [10, 62, 17, 18, 17, 18, 18, 18, 18, 18, 16, 16, 18]
LATE_HEADS = [
    "Văn bản giao",
    "Nội dung nhiệm vụ",
    "Hạn xử lý",
    "Ngày báo cáo",
    "Tình trạng",
]
LATE_WIDTHS = [10, 55, 32, 90, 22, 22, 31]
LATE_STATES = {
    "doing_late": "Đang thực hiện quá hạn",
    "done_late": "Đã hoàn thành quá hạn",
}


class ReportTaskSummary(models.AbstractModel):
    """Results of tasks as a printed table (128/QĐ-UBND Điều 10, 11.3)."""

    _name = "report.vanban_tasks.report_task_summary"
    _description = "Results of tasks, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        summaries = self.env["vanban.task.summary"].browse(docids)
        summaries.check_access("read")
        forms = [self._get_form(summary) for summary in summaries]
        return {"title": "Tình hình thực hiện nhiệm vụ", "forms": forms}

    @api.model
    def _get_form(self, summary, most_late=MOST_LATE):
        """Return heads and cells of the table and of its appendix, counted now.

        :param summary: a ``vanban.task.summary`` of the user
        :param int most_late: so many lines the appendix has at most
        """
        rows = summary._get_rows()
        given = summary.side == "given"
        who = "Cơ quan, đơn vị thực hiện" if given else "Cơ quan giao"
        return {
            **self._get_heading(summary, given),
            "groups": [("TT", []), (who, []), *GROUPS],
            "widths": WIDTHS,
            "rows": [
                [number, row["name"], *self._get_cells(row)]
                for number, row in enumerate(rows, start=1)
            ],
            "total": [
                "",
                "Tổng cộng",
                *self._get_cells(self._get_total(summary, rows)),
            ],
            "late_heads": ["TT", who, *LATE_HEADS],
            "late_widths": LATE_WIDTHS,
            **self._get_appendix(summary, most_late),
        }

    @api.model
    def _get_heading(self, summary, given):
        """Return what stands above the table."""
        agency = summary.company_id.sudo()
        moment = form_text.local(summary._get_moments()[2], agency._vanban_tz())
        return {
            "agency": agency.name,
            "parent": agency.vanban_parent_name or "",
            "place_date": form_text.place_date(
                agency.vanban_place, agency._vanban_today()
            ),
            "about": f"do {agency.name} giao" if given else f"giao cho {agency.name}",
            "period": f"Từ ngày {form_text.day(summary.date_from)}"
            f" đến ngày {form_text.day(summary.date_to)}",
            "moment": f"Trạng thái tính đến {form_text.minute(moment)}",
            "criteria": self._get_criteria(summary),
        }

    @api.model
    def _get_appendix(self, summary, most_late):
        """Return the lines of the late ones, and how many more there are."""
        late = summary._get_late_rows(states=tuple(LATE_STATES), limit=most_late)
        zone = summary.company_id.sudo()._vanban_tz()
        count = late[0]["total"] if late else 0
        return {
            "late_rows": self._get_late_cells(summary, late, zone),
            "late_rest": count - len(late),
        }

    @api.model
    def _get_total(self, summary, rows):
        total = {name: sum(row[name] for row in rows) for name in COUNTS}
        return summary._add_rate(total)

    @api.model
    def _get_cells(self, row):
        """Return the eleven numbers of a line; no rate where nothing was due."""
        counts = [row[name] for name in COUNTS]
        counts.insert(2, row["total"] - row["carried"])
        return [*counts, round(row["rate"], 1) if row["due_count"] else None]

    @api.model
    def _get_late_cells(self, summary, late, zone):
        """Return the lines of the appendix, by agency and deadline."""
        late = sorted(late, key=lambda row: (row["name"], row["due"], row["id"]))
        Assignment = summary.env["vanban.task.assignment"]
        rows = Assignment.browse([row["id"] for row in late])
        return [
            [
                number,
                one["name"],
                " ngày ".join(
                    filter(None, (row.source_symbol, form_text.day(row.source_date)))
                ),
                row.content or "",
                form_text.day(form_text.local(one["due"], zone)),
                form_text.day(form_text.local(one["sent_date"], zone))
                if one["state"] == "done_late"
                else "",
                LATE_STATES[one["state"]],
            ]
            for number, (one, row) in enumerate(zip(late, rows, strict=True), start=1)
        ]

    @api.model
    def _get_criteria(self, summary):
        """Return the criteria chosen, as one line."""
        given = summary.side == "given"
        names = ["agency_ids", "source", "priority", "director_name"]
        if given:
            names += ["unit_id", "programme_id"]
        labels, parts = summary.fields_get(names, ["string"]), []
        for name in names:
            value = summary[name]
            if not value:
                continue
            field = summary._fields[name]
            if field.relational:
                value = ", ".join(value.sudo().mapped("display_name"))
            elif field.type == "selection":
                value = dict(field._description_selection(summary.env))[value]
            parts.append(f"{labels[name]['string']}: {value}")
        if summary.with_coordinating:
            parts.append("cả nhiệm vụ phối hợp")
        return "; ".join(parts)
