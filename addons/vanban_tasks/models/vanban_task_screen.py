from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class VanbanTask(models.Model):
    """What the form of a task shows."""

    _inherit = "vanban.task"

    gives_outside = fields.Boolean(related="company_id.vanban_gives_tasks")
    source_file_ids = fields.One2many(
        "vanban.task.file",
        "task_id",
        string="Files of the assigning document",
        domain=[("assignment_id", "=", False)],
    )
    paper_id = fields.Many2one(
        "ir.attachment",
        compute="_compute_paper_id",
        help="The file of the assigning document, until the task has its own.",
    )

    @api.depends("source_document_id", "assigned_date")
    @api.depends_context("uid")
    def _compute_paper_id(self):
        for task in self:
            document = task.source_document_id
            if task.assigned_date or not document.has_access("read"):
                document = document.browse()
            task.paper_id = document.message_main_attachment_id


class VanbanTaskAssignment(models.Model):
    """What the screens of both sides show, and their buttons of one click."""

    _inherit = "vanban.task.assignment"

    # ---- what those who have it read of the task ----
    source = fields.Selection(related="task_id.source")
    source_subject = fields.Text(related="task_id.source_subject")
    director_name = fields.Char(related="task_id.director_name")
    signer_name = fields.Char(related="task_id.signer_name")
    note = fields.Text(related="task_id.note")
    lead_names = fields.Char(related="task_id.lead_names")
    coordinator_names = fields.Char(related="task_id.coordinator_names")
    source_file_ids = fields.One2many(related="task_id.source_file_ids")

    shown_request_ids = fields.Many2many(
        "vanban.task.request",
        string="Requests to coordinating ones",
        compute="_compute_shown_request_ids",
        help="What it was asked for, and what it asked others for.",
    )
    work_left = fields.Integer(
        string="Working minutes left", compute="_compute_work_left"
    )
    side = fields.Char(compute="_compute_side", search="_search_side")
    is_due_soon = fields.Boolean(
        string="Due within 3 working days",
        compute="_compute_side",
        search="_search_is_due_soon",
    )

    @api.depends("request_ids", "coordinator_ids.request_ids")
    def _compute_shown_request_ids(self):
        for row in self:
            row.shown_request_ids = row._get_shown_requests()

    @api.depends("deadline", "phase", "company_id")
    def _compute_work_left(self):
        """Count the working minutes until the deadline, negative where it is past."""
        now = fields.Datetime.now()
        for row in self:
            hours = 0
            if row.phase == "open":
                agency = row.sudo().company_id
                hours = agency._vanban_worked_hours(now, row.deadline)
            row.work_left = round(hours * 60)

    def _compute_side(self):
        self.side = False
        self.is_due_soon = False

    def _search_side(self, operator, value):
        """Find what the user's agencies have (``had``) or gave (``given``)."""
        agencies = self.env.companies.ids
        given = Domain("phase", "!=", "draft")
        sides = {
            "had": Domain("agency_id", "in", agencies) & given,
            "given": Domain("company_id", "in", agencies) & given,
        }
        if operator != "in" or set(value) - sides.keys():
            return NotImplemented
        return Domain.OR(sides[side] for side in value)

    def _search_is_due_soon(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return self._get_clock_domains()["soon"]

    @api.depends_context("vanban_assignee_only", "vanban_task_only")
    def _compute_display_name(self):
        """Say who has it and nothing else, in dialogs about one task.

        In the lists of those who have it, say what it is and nothing else.
        """
        context = self.env.context
        if context.get("vanban_assignee_only"):
            for row in self:
                row.display_name = row.assignee_name
        elif context.get("vanban_task_only"):
            for row in self:
                row.display_name = row.task_id.display_name
        else:
            return super()._compute_display_name()
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Write nothing to the talk: what happened is told by the history."""
        quiet = self.with_context(mail_create_nolog=True)
        rows = super(VanbanTaskAssignment, quiet).create(vals_list)
        return rows.with_env(self.env)

    # ---- buttons ----

    def action_approve_result(self):
        """Confirm the result that waits as satisfactory.

        :raise UserError: no result waits
        """
        self._check_visible()
        reports = self.last_report_id
        if len(reports) != len(self):
            raise UserError(self.env._("No result waits for confirmation."))
        return reports.action_approve()

    def action_give_part(self):
        """Open a new task of the own agency that is a part of this one (DT-4.3)."""
        self._check_act("is_executor", ("open",), locked=False)
        if len(self) != 1:
            raise UserError(self.env._("Choose one task."))
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_action"
        )
        return action | {
            "context": {
                "default_parent_id": self.id,
                "default_source": "direct",
                "default_content": self.content,
                "default_priority": self.priority,
            },
            "views": [(False, "form")],
        }


class VanbanTaskRequest(models.Model):
    _inherit = "vanban.task.request"

    assignee_name = fields.Char(related="assignment_id.assignee_name")


class VanbanDocument(models.Model):
    """From an issued document to the task that it reports on, in one click."""

    _inherit = "vanban.document"

    can_report_task = fields.Boolean(compute="_compute_can_report_task")

    @api.depends("state", "is_secret")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_report_task(self):
        Row = self.env["vanban.task.assignment"]
        domain = Domain("side", "=", "had") & Domain("is_executor", "=", True)
        domain &= Domain("phase", "=", "open")
        for document in self:
            document.can_report_task = (
                document.direction == "outgoing"
                and document.state == "issued"
                and not document.is_secret
                and bool(
                    Row.search_count(
                        domain & Domain("agency_id", "=", document.company_id.id),
                        limit=1,
                    )
                )
            )
