from odoo import api, fields, models

from odoo.addons.vanban_core.wizards.vanban_route import QUICK_DEADLINES


class VanbanTaskRoute(models.TransientModel):
    """The dialog that hands tasks on inside the agency."""

    _name = "vanban.task.route"
    _inherit = ["vanban.route"]
    _description = "Hand on"

    assignment_ids = fields.Many2many("vanban.task.assignment", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    # as the core has them; said here, their labels are translated with this module
    quick_deadline = fields.Selection(
        list({**dict(QUICK_DEADLINES), "document": "As the task"}.items())
    )
    coordinate_ids = fields.Many2many(
        "vanban.principal", "vanban_task_route_coordinate_rel", string="Coordinating"
    )
    inform_ids = fields.Many2many(
        "vanban.principal", "vanban_task_route_inform_rel", string="For information"
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "vanban.task.assignment":
            values.setdefault(
                "assignment_ids", [(6, 0, self.env.context.get("active_ids", []))]
            )
        return values

    @api.depends("assignment_ids")
    def _compute_company_id(self):
        for wizard in self:
            agencies = wizard.assignment_ids.sudo().agency_id.sudo(False)
            wizard.company_id = agencies[:1] or self.env.company

    @api.depends("quick_deadline", "assignment_ids")
    def _compute_deadline(self):
        return super()._compute_deadline()

    def _get_present_deadline(self):
        return min(self.assignment_ids.mapped("deadline"), default=False)

    def action_confirm(self):
        """Hand the tasks on as chosen."""
        self.assignment_ids.action_route(self._get_lines())
        return {"type": "ir.actions.act_window_close"}
