from odoo import api, fields, models

from odoo.addons.vanban_core.tools.args import to_id


class VanbanTaskAsk(models.TransientModel):
    """The dialog by which a lead asks coordinating ones for their part."""

    _name = "vanban.task.ask"
    _description = "Ask coordinating ones"

    assignment_id = fields.Many2one("vanban.task.assignment", required=True)
    coordinator_ids = fields.Many2many(
        "vanban.task.assignment",
        string="Whom you ask",
        domain="[('lead_id', '=', assignment_id), ('phase', '=', 'open')]",
    )
    text = fields.Text(string="What you ask for", required=True)
    due_day = fields.Date(
        string="Answer by", help="Empty: until the deadline of each of them."
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "vanban.task.assignment":
            row_id = to_id(self.env.context.get("active_id"))
            values.setdefault("assignment_id", row_id)
            asked = self.env["vanban.task.assignment"].search(
                [("lead_id", "=", row_id), ("phase", "=", "open")]
            )
            values.setdefault("coordinator_ids", [(6, 0, asked.ids)])
        return values

    def action_confirm(self):
        """Send the request."""
        self.ensure_one()
        self.assignment_id.action_request_answer(
            self.coordinator_ids.ids, self.text, self.due_day
        )
        return {"type": "ir.actions.act_window_close"}
