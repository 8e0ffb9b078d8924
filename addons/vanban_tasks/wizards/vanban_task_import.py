import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import PRIORITIES
from ..tools import task_sheet


class VanbanTaskImport(models.TransientModel):
    """Enters the tasks of a workbook: all of its lines, or none.

    What the preview shows is read again when it is confirmed, so that nothing depends
    on what a client sends back.
    """

    _name = "vanban.task.import"
    _inherit = ["vanban.mixin"]
    _description = "Import of tasks"
    _guarded_fields = frozenset({"line_ids", "step"})

    step = fields.Selection(
        [("file", "Choose the file"), ("preview", "Preview"), ("done", "Entered")],
        required=True,
        default="file",
        readonly=True,
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    file = fields.Binary(string="Filled form", attachment=False)
    file_name = fields.Char()
    form_file = fields.Binary(compute="_compute_form_file")
    origin = fields.Selection(
        [
            ("document", "A document of this system"),
            ("paper", "A signed file for all lines"),
            ("none", "Files are attached later"),
        ],
        string="Where the assigning document is",
        required=True,
        default="paper",
    )
    source_document_id = fields.Many2one(
        "vanban.document",
        string="Assigning document",
        domain="[('state', 'in', ('registered', 'processing', 'waiting', 'done',"
        " 'issued')), ('secrecy', '=', 'normal')]",
    )
    signed_file = fields.Binary(string="Signed assigning document", attachment=False)
    signed_name = fields.Char()
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit that follows it",
        default=lambda self: self.env.user._vanban_unit(),
        domain="[('company_id', '=', company_id)]",
    )
    assign_now = fields.Boolean(
        string="Give the tasks at once",
        help="Otherwise they stay drafts, to be looked through and given later.",
    )
    line_ids = fields.One2many("vanban.task.import.line", "import_id", readonly=True)
    line_count = fields.Integer(string="Lines", compute="_compute_counts")
    error_count = fields.Integer(compute="_compute_counts")
    warning_count = fields.Integer(compute="_compute_counts")
    confirm_label = fields.Char(compute="_compute_counts")
    summary = fields.Char(string="Result of the check", compute="_compute_counts")
    warning_summary = fields.Char(compute="_compute_counts")

    # ---- computes ----

    @api.depends_context("allowed_company_ids")
    def _compute_company_id(self):
        self.company_id = self.env.company

    @api.depends("line_ids")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            wizard.line_count = len(lines)
            wizard.error_count = len(lines.filtered("error"))
            wizard.warning_count = len(lines.filtered("warning"))
            wizard.confirm_label = self.env._(
                "Enter %(count)s tasks", count=wizard.line_count
            )
            wizard.summary = wizard._get_summary()
            wizard.warning_summary = self.env._(
                "%(count)s lines may be there twice: look at them again.",
                count=wizard.warning_count,
            )

    def _get_summary(self):
        if not self.error_count:
            return self.env._("All %(count)s lines are good.", count=self.line_count)
        return self.env._(
            "%(bad)s of %(count)s lines are to be mended, so nothing can be entered "
            "yet. Mend them in the file, then choose it again.",
            bad=self.error_count,
            count=self.line_count,
        )

    def _compute_form_file(self):
        lists = self.env["vanban.task.import.reader"]._get_lists()
        for wizard in self:
            wizard.form_file = base64.b64encode(task_sheet.make_form(lists))

    # ---- actions ----

    def action_download_form(self):
        """Return the action that downloads the empty form."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/form_file/"
            "bieu-mau-nhap-nhiem-vu.xlsx?download=true",
            "target": "download",
        }

    def action_preview(self):
        """Show what would be made of each line, and what is wrong with it.

        :raise UserError: the file as a whole cannot be used
        """
        self.ensure_one()
        self._fill_lines(self._read_lines())
        return self._open()

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self._fill_lines([])
        self._vanban_in_action().write({"step": "file", "file": False})
        return self._open()

    def action_confirm(self):
        """Enter all tasks, and give them if that was chosen.

        :return: the list of them; the preview again where a line has become wrong
        :raise UserError: entered already
        """
        self.ensure_one()
        self._vanban_lock()
        self.invalidate_recordset(["step"])
        if self.step == "done":
            raise UserError(self.env._("These tasks are entered already."))
        lines = self._read_lines()
        if any(line["error"] for line in lines):
            self._fill_lines(lines)
            return self._open()
        tasks = self.env["vanban.task"].create([line["vals"] for line in lines])
        if self.origin == "paper" and self.signed_file:
            self._attach_paper(tasks)
        if self.assign_now:
            tasks.action_assign()
        self._vanban_in_action().write({"step": "done", "file": False})
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_action"
        )
        return action | {
            "name": self.env._("Tasks entered just now"),
            "domain": [("id", "in", tasks.ids)],
            "context": {},
        }

    # ---- steps ----

    def _read_lines(self):
        """Return the lines of the file, as the reader judges them.

        :raise UserError: no file, or nothing of it can be used
        """
        self._check_input()
        reader = self.env["vanban.task.import.reader"]
        raw = self.env["ir.attachment"]._decode_vanban(self.file)
        return reader._judge(
            self._read_sheet(raw),
            {
                "unit_id": self.unit_id.id,
                "source_document_id": self.origin == "document"
                and self.source_document_id.id,
            },
            assign=self.assign_now,
            has_paper=self.origin == "paper" and bool(self.signed_file),
        )

    def _check_input(self):
        if not self.file:
            raise UserError(self.env._("Choose the filled form first."))
        if not (self.file_name or "").lower().endswith(".xlsx"):
            raise UserError(self._get_file_sentence("other"))
        if self.origin == "document" and not self.source_document_id:
            raise UserError(self.env._("Choose the assigning document."))
        if self.origin == "paper" and not self.signed_file:
            raise UserError(self.env._("Attach the signed assigning document."))
        if self.origin == "paper":
            raw = self.env["ir.attachment"]._decode_vanban(self.signed_file)
            name = self.signed_name or ""
            if not name.lower().endswith(".pdf"):
                raise UserError(
                    self.env._("The signed assigning document is a PDF file.")
                )
            self.env["vanban.document.file"]._check_content(name, raw, self.company_id)

    def _read_sheet(self, raw):
        limit = self.company_id.vanban_file_size_max
        if len(raw) > limit * 1024 * 1024:
            raise UserError(
                self.env._(
                    "“%(name)s” is larger than %(limit)s MB.",
                    name=self.file_name,
                    limit=limit,
                )
            )
        try:
            return task_sheet.read_lines(raw)
        except task_sheet.SheetError as error:
            names = "”, “".join(error.names)
            raise UserError(self._get_file_sentence(error.code, names)) from error

    def _get_file_sentence(self, code, names=""):
        """Return why a whole file is refused."""
        return {
            "old": self.env._(
                "This is a workbook of the old kind (.xls) or one with a password: "
                "save it as .xlsx without a password."
            ),
            "other": self.env._(
                "This is not an XLSX workbook: fill in the form that can be downloaded "
                "here and save it as .xlsx."
            ),
            "damaged": self.env._(
                "The workbook is damaged and cannot be read: open it and save it anew."
            ),
            "bomb": self.env._(
                "The workbook holds far more than tasks: copy the lines into the empty "
                "form."
            ),
            "head": self.env._(
                "These columns are missing: “%(names)s”. Use the form that can be "
                "downloaded here.",
                names=names,
            ),
            "twice": self.env._(
                "The column “%(names)s” is there twice: take one off.", names=names
            ),
            "sheets": self.env._(
                "Several sheets hold tasks: “%(names)s”. Keep one of them, or hide the "
                "others.",
                names=names,
            ),
            "empty": self.env._("The workbook has the headings, and no line below."),
            "long": self.env._(
                "The workbook has more than %(limit)s lines: divide it into several "
                "files.",
                limit=task_sheet.MAX_LINES,
            ),
        }[code]

    def _fill_lines(self, lines):
        self.line_ids.sudo().unlink()
        self.env["vanban.task.import.line"].sudo().create(
            [
                {name: value for name, value in line.items() if name != "vals"}
                | {"import_id": self.id}
                for line in lines
            ]
        )
        self.invalidate_recordset(["line_ids"])
        self._vanban_in_action().write({"step": "preview" if lines else "file"})

    def _attach_paper(self, tasks):
        self.env["vanban.task.file"]._keep_of_each(
            [{"task_id": task.id, "role": "signed"} for task in tasks],
            self.signed_name,
            self.env["ir.attachment"]._decode_vanban(self.signed_file),
        )

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter tasks from Excel"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {**self.env.context, "dialog_size": "extra-large"},
        }


class VanbanTaskImportLine(models.TransientModel):
    """One line of the preview."""

    _name = "vanban.task.import.line"
    _description = "Line of an import"
    # what is to be mended comes first
    _order = "has_error desc, has_warning desc, row"

    import_id = fields.Many2one(
        "vanban.task.import", required=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(string="Line", readonly=True, aggregator=None)
    content = fields.Text(readonly=True)
    lead = fields.Char(string="In the lead", readonly=True)
    coordinators = fields.Char(string="Coordinating", readonly=True)
    deadline_day = fields.Date(string="Deadline", readonly=True)
    source_symbol = fields.Char(string="By document", readonly=True)
    priority = fields.Selection(PRIORITIES, readonly=True)
    error = fields.Text(string="To be mended", readonly=True)
    warning = fields.Text(string="Look again", readonly=True)
    has_error = fields.Boolean(compute="_compute_has", store=True)
    has_warning = fields.Boolean(compute="_compute_has", store=True)

    @api.depends("error", "warning")
    def _compute_has(self):
        for line in self:
            line.has_error = bool(line.error)
            line.has_warning = bool(line.warning)
