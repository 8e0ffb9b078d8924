from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.vanban_core.tools.args import to_id


class VanbanTaskRequest(models.Model):
    """What the lead asked of a coordinating one, and when it was answered.

    The two moments tell whose delay it was (128/QĐ-UBND Điều 14.6).
    """

    _name = "vanban.task.request"
    _inherit = ["vanban.task.part"]
    _description = "Request to a coordinating agency"
    _order = "id desc"

    # the coordinating one
    assignment_id = fields.Many2one(
        "vanban.task.assignment", required=True, index=True, ondelete="cascade"
    )
    text = fields.Text(string="Asked for", required=True)
    requested_on = fields.Datetime(required=True)
    requested_by_id = fields.Many2one("res.users", required=True)
    due = fields.Datetime(string="Answer by", required=True)
    report_id = fields.Many2one(
        "vanban.task.report", string="Answer", index="btree_not_null"
    )
    answered_on = fields.Datetime(related="report_id.sent_date", store=True)
    delay_hours = fields.Float(
        string="Delay (working hours)",
        compute="_compute_delay_hours",
        help="Working time from the due moment to the answer, or until now.",
    )

    _open_idx = models.Index("(assignment_id) WHERE report_id IS NULL")

    @api.depends("due", "answered_on")
    def _compute_delay_hours(self):
        now = fields.Datetime.now()
        for request in self:
            end = request.answered_on or now
            agency = request.sudo().assignment_id.agency_id
            late = bool(request.due and end > request.due)
            request.delay_hours = (
                agency._vanban_worked_hours(request.due, end) if late else 0
            )

    @api.model
    def _ask(self, lead, coordinator_ids, text, due_day):
        """Write a request to each coordinating one; ``lead`` is locked and open.

        :raise UserError: nobody asked, nothing asked for, a moment in the past
        """
        text = self.env["vanban.document"]._check_text(text)
        if not text:
            raise UserError(self.env._("Say what you ask for."))
        try:
            ids = [to_id(one) for one in coordinator_ids or []]
            day = fields.Date.to_date(due_day)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Say whom you ask, and until when.")) from error
        rows = self.env["vanban.task.assignment"].sudo().browse(ids).exists()
        if not rows or rows.lead_id != lead or len(rows) != len(ids):
            raise UserError(
                self.env._("Only those who coordinate with you can be asked.")
            )
        rows._vanban_lock()
        if any(row.phase != "open" for row in rows):
            raise UserError(self.env._("An answer was given or taken back already."))
        vals_list = [self._prepare_request_vals(row, text, day) for row in rows]
        requests = self._vanban_in_action().create(vals_list)
        for row in rows.with_env(self.env):
            sentence = self.env._("You are asked to coordinate: %(text)s", text=text)
            row._tell(row._get_receivers(), sentence)
        return requests.with_env(self.env)

    @api.model
    def _prepare_request_vals(self, row, text, day):
        """Return the values of a request; without a day its own deadline is meant.

        :raise UserError: a moment in the past
        """
        now = fields.Datetime.now()
        due = row.company_id._vanban_end_of_day(day) if day else row.deadline
        if due <= now:
            raise UserError(self.env._("The deadline is in the past."))
        return {
            "assignment_id": row.id,
            "text": text,
            "requested_on": now,
            "requested_by_id": self.env.uid,
            "due": due,
        }


class VanbanTaskAssignment(models.Model):
    _inherit = "vanban.task.assignment"

    def _answer_requests(self, report):
        """Note that a result answers what was asked for."""
        waiting = self.sudo().request_ids.filtered(lambda r: not r.report_id)
        waiting._vanban_in_action().write({"report_id": report.id})

    def _check_coordinators(self):
        """Refuse to end the lead's part while others still have to answer it.

        :raise UserError: names them
        """
        open_rows = self.search(
            [("lead_id", "in", self.ids), ("phase", "in", ("open", "waiting"))]
        )
        if open_rows:
            raise UserError(
                self.env._(
                    "%(names)s coordinate and have not answered: confirm their answers "
                    "or take the request back first.",
                    names=", ".join(open_rows.mapped("assignee_name")),
                )
            )
