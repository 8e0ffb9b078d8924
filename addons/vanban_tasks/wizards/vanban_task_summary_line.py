from odoo import fields, models

# what is counted of each agency
COUNTS = (
    "total",
    "carried",
    "done",
    "done_late",
    "doing",
    "doing_late",
    "waiting",
    "extended",
    "refused",
)


class VanbanTaskSummaryLine(models.TransientModel):
    """The tasks of one agency or unit in a summary."""

    _name = "vanban.task.summary.line"
    _description = "Results of an agency"
    _order = "id"

    summary_id = fields.Many2one(
        "vanban.task.summary", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", string="Agency")
    unit_id = fields.Many2one("hr.department")
    name = fields.Char(string="Agency or unit")
    total = fields.Integer()
    carried = fields.Integer(
        string="From before", help="Given before the period and not ended before it."
    )
    done = fields.Integer(string="Done in time")
    done_late = fields.Integer()
    doing = fields.Integer(string="In progress, in time")
    doing_late = fields.Integer(string="In progress, overdue")
    waiting = fields.Integer(string="Waiting for confirmation")
    extended = fields.Integer(string="Extensions")
    refused = fields.Integer(string="Refused results")
    due_count = fields.Integer()
    rate = fields.Float(
        string="In time (%)",
        digits=(4, 1),
        aggregator=None,
        help="Of those done or overdue, how many were done in time.",
    )

    def action_open_late(self):
        """Show the overdue tasks behind a line."""
        self.ensure_one()
        ids = [row["id"] for row in self.summary_id._get_late_rows(line=self)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Overdue: %(agency)s", agency=self.name),
            "res_model": "vanban.task.assignment",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }
