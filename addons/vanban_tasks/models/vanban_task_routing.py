from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.vanban_core.const import ROUTING_ROLES, ROUTING_STATES

from ..const import RUNNING_PHASES


class VanbanTaskRouting(models.Model):
    """One hand-over of an assignment inside the agency that has it.

    Nobody outside of the agency sees who has it there.
    """

    _name = "vanban.task.routing"
    _inherit = ["vanban.handover", "vanban.task.part"]
    _description = "Hand-over inside the agency"
    _order = "assignment_id, id"

    assignment_id = fields.Many2one(
        "vanban.task.assignment", required=True, index=True, ondelete="cascade"
    )
    parent_id = fields.Many2one("vanban.task.routing", index=True, ondelete="cascade")
    child_ids = fields.One2many("vanban.task.routing", "parent_id")
    # as the core has them; said here, their labels are translated with this module
    role = fields.Selection(ROUTING_ROLES)
    state = fields.Selection(ROUTING_STATES)

    _one_receiver = models.Constraint(
        "CHECK (num_nonnulls(to_user_id, to_unit_id) = 1)",
        "A hand-over goes to a person or to a unit.",
    )
    _user_idx = models.Index("(to_user_id, assignment_id) WHERE state = 'waiting'")
    _unit_idx = models.Index("(to_unit_id, assignment_id) WHERE state = 'waiting'")

    def _get_part_domain(self):
        return Domain("assignment_id.agency_id", "in", self.env.companies.ids)


class VanbanTaskProgress(models.Model):
    """What people of the agency note while they carry a task out."""

    _name = "vanban.task.progress"
    _inherit = ["vanban.task.part"]
    _description = "Note of progress"
    _order = "id desc"

    assignment_id = fields.Many2one(
        "vanban.task.assignment", required=True, index=True, ondelete="cascade"
    )
    text = fields.Text(required=True)
    percent = fields.Integer(string="Done (%)", aggregator="avg")
    user_id = fields.Many2one("res.users", string="Noted by", required=True)
    date = fields.Datetime(string="Noted on", required=True)

    _percent = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "Progress is between 0 and 100 %."
    )

    def _get_part_domain(self):
        return Domain("assignment_id.agency_id", "in", self.env.companies.ids)


class VanbanTaskAssignment(models.Model):
    """Handing a task on inside the agency, by the routing of the core (DT-4.3)."""

    _inherit = "vanban.task.assignment"

    routing_ids = fields.One2many(
        "vanban.task.routing", "assignment_id", string="Handed on", readonly=True
    )
    progress_ids = fields.One2many(
        "vanban.task.progress", "assignment_id", readonly=True
    )
    can_route = fields.Boolean(compute="_compute_can_route")
    can_note = fields.Boolean(compute="_compute_can_route")

    @api.depends("phase")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_route(self):
        for row in self:
            running = row.phase in RUNNING_PHASES
            row.can_route = running and row.is_executor
            row.can_note = running and row._is_inside()

    def _is_inside(self):
        """Does the user see it as one of the agency that has it?"""
        return self.is_visible and self.sudo().agency_id in self.env.companies

    def _get_handover_companies(self):
        return self.agency_id

    def _prepare_handover_vals(self):
        return {"assignment_id": self.id}

    def _open_to(self, rows, people):
        leads = rows.filtered(lambda r: r.role == "lead")
        others = rows - leads
        self._grant("handler_ids", leads.to_user_id, leads.to_unit_id)
        self._grant("viewer_ids", others.to_user_id, others.to_unit_id)

    def action_route(self, lines=None):
        """Hand tasks on inside the agency, with deadlines of its own.

        :param list lines: as of :meth:`vanban.document.action_route`
        :raise UserError: as there, or an inner deadline after that of the task
        """
        self._check_act("is_executor", RUNNING_PHASES)
        lines = self.sudo()._check_lines(lines)
        for row in self:
            late = [
                line
                for line in lines
                if (line["deadline"] or row.deadline) > row.deadline
            ]
            if late:
                raise UserError(
                    self.env._("An inner deadline is not after that of the task.")
                )
            row._route(lines)
        return True

    def _route(self, lines):
        held = self._get_held_routing()
        new_lead = any(line["role"] == "lead" for line in lines)
        if not new_lead and not held and not self.sudo().routing_ids:
            raise UserError(self.env._("Name who is in the lead."))
        self.env["vanban.task.routing"]._hand_over(self, lines, parent=held)
        if new_lead:
            held._close("passed")
        if not self.accepted_date:
            self._accept()

    def _get_held_routing(self):
        """Return the row by which the user, or else the agency, holds the task."""
        waiting = self.sudo().routing_ids.filtered(
            lambda r: r.state == "waiting" and r.role == "lead"
        )
        return waiting._held_by(self.env.user._vanban_acting_users())[:1] or waiting[:1]

    def _close_routing(self):
        """End what waits inside the agency once the task is ended."""
        self.sudo().routing_ids.filtered(lambda r: r.state == "waiting")._close()

    @api.readonly
    def get_way(self):
        """Return the hand-overs inside the agency, oldest first, for the tree.

        :return: as of :meth:`vanban.document.get_way`; empty for other agencies
        """
        self._check_visible()
        if len(self) != 1:
            raise UserError(self.env._("Choose a task first."))
        if not self._is_inside():
            return []
        return [row._to_way() for row in self.sudo().routing_ids]

    def action_open(self):
        """Record that the user saw what was handed on."""
        self._check_visible()
        unseen = self.sudo().routing_ids.filtered(lambda r: not r.seen_date)
        unseen._held_by(self.env.user)._mark_seen()
        return True

    def action_note(self, text=None, percent=0):
        """Note progress for those of the own agency.

        :param int percent: 0 to 100
        :raise UserError: no text, or no such number
        """
        self._check_visible()
        text = self._check_text(text)
        if not text:
            raise UserError(self.env._("Say what was done."))
        if type(percent) is not int or not 0 <= percent <= 100:
            raise UserError(self.env._("Progress is between 0 and 100 %."))
        for row in self:
            if not row.can_note:
                raise row._make_closed_error()
        self.env["vanban.task.progress"]._vanban_in_action().create(
            [
                {
                    "assignment_id": row.id,
                    "text": text,
                    "percent": percent,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
                for row in self
            ]
        )
        return True
