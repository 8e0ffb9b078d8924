from odoo import api, fields, models

from odoo.addons.vanban_core.tools.args import to_id


class VanbanTaskExtend(models.TransientModel):
    """The dialog that asks for a later deadline, and the one that grants it."""

    _name = "vanban.task.extend"
    _inherit = ["vanban.task.paper"]
    _description = "Extend a deadline"

    assignment_id = fields.Many2one("vanban.task.assignment", string="Task")
    # to be granted; none: to be asked for
    extension_id = fields.Many2one("vanban.task.extension")
    old_deadline = fields.Datetime(
        related="assignment_id.deadline", string="Present deadline"
    )
    deadline_day = fields.Date(string="Until")
    reason = fields.Text()

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        model, active_id = (
            self.env.context.get(f"active_{x}") for x in ("model", "id")
        )
        if model == "vanban.task.assignment":
            values.setdefault("assignment_id", to_id(active_id))
        elif model == "vanban.task.extension":
            extension = self.env[model].browse(to_id(active_id))
            extension._check_visible()
            values.update(
                extension_id=extension.id,
                assignment_id=extension.assignment_id.id,
                deadline_day=extension.deadline_day,
                reason=extension.reason,
            )
        return values

    def action_confirm(self):
        """Ask for the extension, or grant it."""
        self.ensure_one()
        values = {**self._get_paper_values(), "deadline_day": self.deadline_day}
        if self.extension_id:
            self.extension_id.action_accept(values)
        else:
            self.assignment_id.action_request_extension(
                {**values, "reason": self.reason}
            )
        self._drop_uploads()
        return {"type": "ir.actions.act_window_close"}
