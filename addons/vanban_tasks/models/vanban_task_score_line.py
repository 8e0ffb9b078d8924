from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .vanban_task_score_rule import SCORE_KINDS

LINE_STATES = [
    ("proposed", "Proposed"),
    ("objected", "Objected to"),
    ("kept", "Deducted"),
    ("waived", "Not deducted"),
    ("gone", "No longer so"),
]
WAITING_STATES = ("proposed", "objected")


class VanbanTaskScoreLine(models.Model):
    """What a fact costs an agency in a period, and what was said to it.

    Counted by the period (``vanban_task_score_compute.py``); the agency may object
    once, and the assigning side's heads decide.
    """

    _name = "vanban.task.score.line"
    _inherit = ["vanban.task.visible"]
    _description = "Deduction"
    _order = "day desc, id desc"
    _guarded_fields = None

    # ---- identity ----
    period_id = fields.Many2one(
        "vanban.task.score.period", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    kind = fields.Selection(SCORE_KINDS, string="Case", required=True)
    # set by SQL; the company is not readable for people of other agencies
    agency_id = fields.Many2one("res.company", string="Agency charged", required=True)
    partner_id = fields.Many2one("res.partner", string="Agency", required=True)
    agency_name = fields.Char(
        string="Name of the agency", help="As it was called on the day."
    )

    # ---- the fact ----
    assignment_id = fields.Many2one(
        "vanban.task.assignment",
        string="Task",
        required=True,
        index=True,
        ondelete="restrict",
    )
    task_symbol = fields.Char(related="assignment_id.source_symbol")
    task_content = fields.Text(related="assignment_id.content", string="Task's content")
    follow_unit_id = fields.Many2one(related="assignment_id.follow_unit_id")
    deadline_day = fields.Date(related="assignment_id.deadline_day")
    report_id = fields.Many2one("vanban.task.report", ondelete="restrict")
    report_date = fields.Datetime(related="report_id.sent_date", string="Reported on")
    report_reason = fields.Text(related="report_id.reason", string="Why refused")
    extension_id = fields.Many2one("vanban.task.extension", ondelete="restrict")
    approval_symbol = fields.Char(related="extension_id.approval_symbol")
    request_id = fields.Many2one("vanban.task.request", ondelete="restrict")
    request_text = fields.Text(related="request_id.text", string="Asked for")
    request_due = fields.Datetime(related="request_id.due", string="Answer by")
    answered_on = fields.Datetime(related="request_id.answered_on")
    day = fields.Date(string="On", required=True)
    late_days = fields.Integer(
        string="Days late", help="Working days, begun, within the period."
    )
    delayed_by = fields.Char(
        string="Slow meanwhile", help="Who coordinates and had not answered then."
    )

    # ---- points ----
    points = fields.Float(digits=(6, 2), required=True)
    deducted = fields.Float(string="Points deducted", digits=(6, 2), required=True)
    state = fields.Selection(LINE_STATES, required=True)

    # ---- people ----
    objection = fields.Text()
    objection_date = fields.Datetime(string="Objected on")
    objection_label = fields.Char(string="Objected by")
    decision = fields.Selection([("kept", "Deduct"), ("waived", "Do not deduct")])
    decision_date = fields.Datetime(string="Decided on")
    decision_label = fields.Char(string="Decided by")
    decision_reason = fields.Text(string="Reason of the decision")
    history = fields.Text(help="All that was said, the first one first.")
    is_visible = fields.Boolean(
        compute="_compute_is_visible", search="_search_is_visible"
    )
    can_object = fields.Boolean(compute="_compute_can")
    can_decide = fields.Boolean(compute="_compute_can")

    _fact_uniq = models.UniqueIndex(
        "(period_id, kind, assignment_id,"
        " COALESCE(report_id, extension_id, request_id, 0))",
        "A fact is counted once.",
    )
    _agency_idx = models.Index("(agency_id, period_id, day DESC)")

    @api.depends("kind", "agency_name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.display_name = f"{line.agency_name} – {labels.get(line.kind, '')}"

    # ---- access ----

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_visible(self):
        found = self.sudo().search(
            Domain("is_visible", "=", True) & Domain("id", "in", self.ids)
        )
        for line in self:
            line.is_visible = line._origin in found

    def _search_is_visible(self, operator, value):
        """Find the deductions of the assigning side's tasks, and of the own agency."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        agencies = self.env.companies.ids
        if self._is_desk_role():
            return Domain("company_id", "in", agencies) | Domain(
                "agency_id", "in", agencies
            )
        giver = Domain("task_id", "any!", Domain("is_giver", "=", True))
        return Domain("assignment_id", "any!", giver)

    @api.depends("state", "objection_date", "period_id.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can(self):
        agencies = self.env.companies
        desk = self._is_desk_role()
        head = self.env.user.has_group("vanban_core.group_office_head")
        for line, told in zip(self, self.sudo(), strict=True):
            live = told.period_id.state == "open" and told.state != "gone"
            line.can_object = (
                live
                and desk
                and told.agency_id in agencies
                and told.state in ("proposed", "kept")
                and not told.objection_date
            )
            line.can_decide = live and head and told.company_id in agencies

    # ---- actions ----

    def action_object(self, text=None):
        """Say why the agency should not lose the points; once for each deduction.

        :raise AccessError: not a clerk, office head or leader of the agency charged
        :raise UserError: nothing said, said already, or the period is closed
        """
        text = self._read_text(text)
        if not text:
            raise UserError(self.env._("Say why the points should not be deducted."))
        self._check_say(
            "can_object",
            self.env._(
                "An agency objects to its own deductions, and once to each: its clerk, "
                "its office head or its leaders do."
            ),
        )
        label = self._get_label()
        for line in self:
            line._say(
                self.env._("Objection"),
                text,
                state="objected",
                deducted=0,
                objection=text,
                objection_date=fields.Datetime.now(),
                objection_label=label,
            )
            named = line.sudo().assignment_id.task_id.principal_ids
            line._tell(
                named.user_id | named.department_id.vanban_head_ids,
                self.env._("An agency objects to a deduction: %(text)s", text=text),
            )
        self.sudo().period_id._rank()
        return True

    def action_keep(self, reason=None):
        """Deduct the points; an objection is answered with a reason.

        :raise AccessError: not an office head or leader of the assigning agency
        :raise UserError: no answer to an objection, or the period is closed
        """
        return self._decide("kept", reason)

    def action_waive(self, reason=None):
        """Deduct nothing, saying why.

        :raise AccessError: not an office head or leader of the assigning agency
        :raise UserError: no reason, or the period is closed
        """
        return self._decide("waived", reason)

    def action_open_assignment(self):
        """Open the task that the points are for."""
        self.ensure_one()
        self._check_visible()
        return {
            "type": "ir.actions.act_window",
            "res_model": "vanban.task.assignment",
            "res_id": self.assignment_id.id,
            "views": [(False, "form")],
        }

    # ---- steps ----

    def _decide(self, decision, reason):
        reason = self._read_text(reason)
        self._check_say(
            "can_decide",
            self.env._(
                "The office head and the leaders of the assigning agency decide on "
                "deductions."
            ),
        )
        if not reason and (
            decision == "waived" or any(line.objection_date for line in self)
        ):
            raise UserError(self.env._("Say why: the agency is told."))
        labels = {
            "kept": self.env._("Deduct"),
            "waived": self.env._("Do not deduct"),
        }
        label = self._get_label()
        for line in self:
            line._say(
                labels[decision],
                reason,
                state=decision,
                deducted=line.points if decision == "kept" else 0,
                decision=decision,
                decision_date=fields.Datetime.now(),
                decision_label=label,
                decision_reason=reason,
            )
            line._tell(
                line.sudo().assignment_id._get_receivers(),
                self.env._(
                    "A deduction was decided on: %(decision)s. %(reason)s",
                    decision=labels[decision],
                    reason=reason or "",
                ),
            )
        self.sudo().period_id._rank()
        return True

    def _check_say(self, right, sentence):
        """Refuse who may not speak of the lines, and what is closed.

        The periods are locked: a sum is of all decisions before it.
        """
        self._check_visible()
        periods = self.sudo().period_id
        periods._lock()
        self.invalidate_recordset()
        periods._check_open()
        if not all(line[right] for line in self):
            raise AccessError(sentence)

    def _say(self, title, text, **vals):
        """Write what was said, and keep what was said before."""
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.sudo()._vanban_tz().zone),
            fields.Datetime.now(),
        )
        entry = f"{moment:%d/%m/%Y %H:%M} – {self._get_label()} – {title}"
        entry = f"{entry}: {text}" if text else entry
        history = "\n".join(filter(None, (self.history, entry)))
        self._vanban_in_action().write({**vals, "history": history})

    def _tell(self, users, body):
        row = self.sudo().assignment_id.with_env(self.env)
        row._tell(users, body)

    def _get_label(self):
        person = self.env.user._vanban_person()
        return self.env["vanban.routing"]._get_label(person)

    @api.model
    def _read_text(self, value):
        text = self.env["vanban.document"]._check_text(value)
        return text and text.strip()
