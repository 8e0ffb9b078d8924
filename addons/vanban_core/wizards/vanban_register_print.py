import base64
import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

MAX_DAYS = 366
# some five seconds of work; longer ones are printed in the background
DIRECT_LINES = 300
# some fifty seconds and 0.7 GB
MAX_LINES = 3000


class VanbanRegisterPrint(models.TransientModel):
    """Prints a register for a period (In sổ đăng ký; NĐ 30/2020 Phụ lục IV)."""

    _name = "vanban.register.print"
    _description = "Print a register"

    register_id = fields.Many2one(
        "vanban.register",
        required=True,
        default=lambda self: self._default_register_id(),
        domain=lambda self: self._get_register_domain(),
        context={"active_test": False},
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._vanban_today().replace(month=1, day=1),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._vanban_today(),
    )
    volume = fields.Char(
        string="Volume number", help="Quyển số, as it stands on the cover."
    )
    file_format = fields.Selection(
        [("pdf", "PDF, to print"), ("xlsx", "XLSX, to work on")],
        string="Format",
        required=True,
        default="pdf",
    )
    file = fields.Binary(attachment=False, readonly=True)

    # ---- defaults ----

    @api.model
    def _default_register_id(self):
        return self.env["vanban.register"].search(
            Domain(self._get_register_domain())
            & Domain("company_id", "=", self.env.company.id),
            limit=1,
        )

    @api.model
    def _get_register_domain(self):
        """Return the registers the user may print: of the own agencies, secret ones
        only for their keepers and the leaders."""
        user = self.env.user
        if not (
            user.has_group("vanban_core.group_clerk")
            or user.has_group("vanban_core.group_office_head")
        ):
            return [(0, "=", 1)]
        domain = Domain("company_id", "in", user.company_ids.ids)
        if not user.has_group("vanban_core.group_leader"):
            domain &= Domain("secret", "=", False) | Domain(
                "keeper_ids", "in", user.ids
            )
        return list(domain)

    # ---- actions ----

    def action_print(self):
        """Return the action that downloads the register in the format chosen.

        :raise AccessError: the register is not the user's to print
        :raise UserError: not a period
        """
        self.ensure_one()
        self._check_can_print()
        if self.file_format == "xlsx":
            self.file = base64.b64encode(self._make_xlsx())
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{self._name}/{self.id}/file/"
                f"{self._get_file_name()}.xlsx?download=true",
                "target": "download",
            }
        lines = self._count_lines()
        if lines > MAX_LINES:
            raise UserError(
                self.env._(
                    "The book has %(lines)s lines: choose a shorter period, one volume "
                    "takes up to %(most)s.",
                    lines=lines,
                    most=MAX_LINES,
                )
            )
        if lines > DIRECT_LINES:
            return self._print_later()
        report = self.env.ref("vanban_core.vanban_register_report")
        action = report.report_action(self, config=False)
        return {**action, "close_on_report_download": True}

    def _print_later(self):
        """Hand a long book to the background and say so."""
        # a job is written by the server alone; the rights were checked just before
        self.env["vanban.print.job"].sudo().create(
            {
                "name": f"{self._get_file_name()}.pdf",
                "user_id": self.env.uid,
                "register_id": self.register_id.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "volume": self.volume,
            }
        )
        self.env.ref("vanban_core.vanban_print_job_cron").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "A long book: it is being printed, you will be told when it is "
                    "ready under Reports, Long prints."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ---- checks ----

    def _check_can_print(self):
        """Refuse a register that is not the user's, and what is not a period."""
        # whether it is a secret one is asked of the register itself
        register = self.register_id.sudo()
        if not register.filtered_domain(self._get_register_domain()):
            raise AccessError(
                self.env._(
                    "Registers are printed by the clerks, office heads and leaders of "
                    "the agency, secret ones by their keepers and the leaders."
                )
            )
        days = (self.date_to - self.date_from).days
        if not 0 <= days < MAX_DAYS:
            raise UserError(
                self.env._(
                    "Choose a period of one year at most, with its first day first."
                )
            )

    # ---- the book ----

    def _count_lines(self):
        return (
            self.env["vanban.register.entry"]
            .sudo()  # how long the book is, the right to print it was checked
            .search_count(
                [
                    ("register_id", "=", self.register_id.id),
                    ("date", ">=", self.date_from),
                    ("date", "<=", self.date_to),
                ]
            )
        )

    def _get_book(self):
        """Return cover, columns and rows; the rights are checked here as well."""
        self.ensure_one()
        self._check_can_print()
        return self.env["report.vanban_core.report_register"]._get_book(
            self.register_id, self.date_from, self.date_to, self.volume
        )

    def _get_file_name(self):
        way = "den" if self.register_id.direction == "incoming" else "di"
        return f"so-dang-ky-van-ban-{way}-{self.date_from}-{self.date_to}"

    def _make_xlsx(self):
        """Return the bytes of a workbook with the same columns as the printed book."""
        book = self._get_book()
        buffer = io.BytesIO()
        # what a clerk typed is text, also when it looks like a formula or a link
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, {**options, "in_memory": True}) as workbook:
            font = {"font_name": "Times New Roman", "font_size": 11}
            cell = {**font, "border": 1, "text_wrap": True, "valign": "top"}
            body = workbook.add_format(cell)
            head = workbook.add_format({**cell, "bold": True, "align": "center"})
            title = workbook.add_format({**font, "bold": True})
            sheet = workbook.add_worksheet(book["title"])
            sheet.write_string(0, 0, f"{book['agency']} – {book['title']}", title)
            sheet.write_string(
                1, 0, f"Từ ngày {book['date_from']} đến ngày {book['date_to']}", title
            )
            for column, (label, width) in enumerate(book["columns"]):
                sheet.set_column(column, column, width / 1.9)
                sheet.write_string(3, column, label, head)
            for line, row in enumerate(book["rows"], start=4):
                for column, value in enumerate(row["cells"]):
                    sheet.write_string(line, column, value, body)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(3)
            sheet.freeze_panes(4, 0)
        return buffer.getvalue()
