from odoo import api, fields, models
from odoo.exceptions import UserError

_ACTS = [("object", "Object"), ("keep", "Deduct"), ("waive", "Do not deduct")]


class VanbanTaskScoreSay(models.TransientModel):
    """One small dialog for an objection to deductions, or a decision on them."""

    _name = "vanban.task.score.say"
    _description = "Say something to deductions"

    line_ids = fields.Many2many(
        "vanban.task.score.line", string="Deductions", required=True
    )
    act = fields.Selection(_ACTS, required=True)
    text = fields.Text(string="Reason")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "vanban.task.score.line":
            values.setdefault(
                "line_ids", [(6, 0, self.env.context.get("active_ids", []))]
            )
        return values

    def action_confirm(self):
        """Call the action of the deductions that was chosen."""
        self.ensure_one()
        calls = {
            "object": self.line_ids.action_object,
            "keep": self.line_ids.action_keep,
            "waive": self.line_ids.action_waive,
        }
        if self.act not in calls:
            raise UserError(self.env._("Choose what to do."))
        calls[self.act](self.text)
        return {"type": "ir.actions.act_window_close"}
