from odoo import api, fields, models

# What costs points. In the lead: the first four; coordinating: the last.
SCORE_KINDS = [
    ("done_late", "Done late"),
    ("open_late", "Not done, overdue"),
    ("refused_late", "Refused after the deadline"),
    ("extension", "Extension"),
    ("slow_coordination", "Slow coordination"),
]
# The regulation names the cases, not the points: each agency sets its own.
_DEFAULTS = [
    # 128/QĐ-UBND Điều 5.2c: to be considered
    {"kind": "done_late", "points": 1, "is_considered": True},
    {"kind": "open_late", "points": 2},
    # Điều 5.2b, 5.2c: deducted
    {"kind": "refused_late", "points": 2},
    # Điều 5.2d: counted; the first one costs nothing
    {"kind": "extension", "points": 0.5, "from_number": 2, "is_considered": True},
    # Điều 14.6
    {"kind": "slow_coordination", "points": 1},
]


class VanbanTaskScoreRule(models.Model):
    """How many points a case costs (quy tắc điểm thi đua; 128/QĐ-UBND Điều 5, 15.2).

    Each agency that gives tasks has one rule per case, and no more.
    """

    _name = "vanban.task.score.rule"
    _inherit = ["vanban.mixin"]
    _description = "Rule of the score"
    _order = "company_id, id"
    _rec_name = "kind"
    _guarded_fields = frozenset({"company_id", "kind"})

    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(SCORE_KINDS, string="Case", required=True, readonly=True)
    points = fields.Float(
        string="Points deducted", digits=(6, 2), required=True, aggregator=None
    )
    per_day = fields.Boolean(
        string="For each working day late",
        help="For each one begun; else once, however late.",
    )
    max_points = fields.Float(
        string="At most",
        digits=(6, 2),
        aggregator=None,
        help="For one case; 0 sets no limit.",
    )
    from_number = fields.Integer(
        string="From which time on",
        required=True,
        default=1,
        aggregator=None,
        help="2 lets the first extension of a task cost nothing.",
    )
    is_considered = fields.Boolean(
        string="Only after a decision",
        help="The points are proposed, and deducted when the office decides so.",
    )
    active = fields.Boolean(string="In force", default=True)

    _kind_uniq = models.Constraint(
        "UNIQUE (company_id, kind)", "An agency has one rule for each case."
    )
    _points = models.Constraint(
        "CHECK (points >= 0 AND max_points >= 0 AND from_number >= 1)",
        "Points are not negative, and counting begins at 1.",
    )


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._vanban_create_score_rules()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.get("vanban_gives_tasks"):
            self._vanban_create_score_rules()
        return result

    def _vanban_create_score_rules(self):
        """Give the rules to agencies that give tasks; they may change them."""
        Rule = self.env["vanban.task.score.rule"].with_context(active_test=False)
        givers = self.filtered("vanban_gives_tasks")
        known = Rule.sudo().search([("company_id", "in", givers.ids)])
        Rule._vanban_in_action().create(
            [
                {**vals, "company_id": company.id}
                for company in givers - known.company_id
                for vals in _DEFAULTS
            ]
        )
