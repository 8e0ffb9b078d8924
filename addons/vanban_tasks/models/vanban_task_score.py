from odoo import api, fields, models


class VanbanTaskScore(models.Model):
    """The score of an agency in a period, and its place (128/QĐ-UBND Điều 15.2).

    Summed up by the period whenever a deduction changes; kept as it was at the closing.
    """

    _name = "vanban.task.score"
    _inherit = ["vanban.mixin"]
    _description = "Score"
    _order = "period_id desc, rank, agency_name, id"
    _rec_name = "agency_name"
    _guarded_fields = None

    period_id = fields.Many2one(
        "vanban.task.score.period", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    agency_id = fields.Many2one(
        "res.company", string="Agency scored", required=True, index=True
    )
    partner_id = fields.Many2one("res.partner", string="Agency", required=True)
    agency_name = fields.Char(
        string="Name of the agency", help="As it was called on the day."
    )
    task_count = fields.Integer(string="Tasks")
    done_count = fields.Integer(string="Done in time")
    done_late_count = fields.Integer(string="Done late")
    open_late_count = fields.Integer(string="Not done, overdue")
    refused_late_count = fields.Integer(string="Refused after the deadline")
    extension_count = fields.Integer(string="Extensions")
    slow_coordination_count = fields.Integer(string="Slow coordination")
    waiting_count = fields.Integer(string="To decide")
    deducted = fields.Float(string="Points deducted", digits=(8, 2))
    total = fields.Float(string="Score", digits=(8, 2), aggregator="avg")
    rank = fields.Integer(string="Place", aggregator=None)

    _agency_uniq = models.Constraint(
        "UNIQUE (period_id, agency_id)", "An agency has one score in a period."
    )

    @api.depends("agency_name", "period_id.name")
    def _compute_display_name(self):
        for score in self:
            score.display_name = f"{score.agency_name} – {score.period_id.name}"

    def action_open_lines(self):
        """Open the deductions that the score is made of."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vanban_tasks.vanban_task_score_line_action"
        )
        return {
            **action,
            "display_name": f"{action['name']} – {self.agency_name}",
            "domain": [
                ("period_id", "=", self.period_id.id),
                ("agency_id", "=", self.agency_id.id),
            ],
            "context": {},
        }
