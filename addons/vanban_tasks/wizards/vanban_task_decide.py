from odoo import api, fields, models
from odoo.exceptions import UserError

DECISIONS = [
    ("refuse", "Not satisfactory"),
    ("refuse_extension", "Refuse the extension"),
    ("withdraw", "Take the task back"),
    ("note", "Note progress"),
]
# what the dialog was opened on
TARGETS = {
    "vanban.task": "task_ids",
    "vanban.task.assignment": "assignment_ids",
    "vanban.task.report": "report_ids",
    "vanban.task.extension": "extension_ids",
}


class VanbanTaskDecide(models.TransientModel):
    """One small dialog for each action on a task that needs a reason."""

    _name = "vanban.task.decide"
    _description = "Decide on a task"

    decision = fields.Selection(DECISIONS, required=True)
    task_ids = fields.Many2many("vanban.task")
    assignment_ids = fields.Many2many("vanban.task.assignment")
    report_ids = fields.Many2many("vanban.task.report")
    extension_ids = fields.Many2many("vanban.task.extension")
    text = fields.Text(string="Opinion or reason", required=True)
    percent = fields.Integer(string="Done (%)")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        name = TARGETS.get(self.env.context.get("active_model"))
        if name:
            values.setdefault(name, [(6, 0, self.env.context.get("active_ids", []))])
        return values

    def action_confirm(self):
        """Call the action that was chosen, on what the dialog was opened on."""
        self.ensure_one()
        rows, text = self.assignment_ids, self.text
        calls = {
            "refuse": lambda: (self.report_ids or rows.last_report_id).action_refuse(
                text
            ),
            "refuse_extension": lambda: self.extension_ids.action_refuse(text),
            "withdraw": lambda: (self.task_ids or rows).action_withdraw(text),
            "note": lambda: rows.action_note(text, self.percent),
        }
        if self.decision not in calls:
            raise UserError(self.env._("Choose what to do."))
        calls[self.decision]()
        return {"type": "ir.actions.act_window_close"}
