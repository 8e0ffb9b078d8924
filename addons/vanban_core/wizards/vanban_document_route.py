from odoo import api, fields, models
from odoo.exceptions import UserError

QUICK_DEADLINES = [
    ("none", "No deadline"),
    ("document", "As the document"),
    ("0", "Today"),
    ("1", "1 working day"),
    ("3", "3 working days"),
    ("5", "5 working days"),
    ("10", "10 working days"),
    ("other", "Another moment"),
]


class VanbanDocumentRoute(models.TransientModel):
    """One dialog to hand documents over (bút phê, phân công)."""

    _name = "vanban.document.route"
    _description = "Hand over"

    document_ids = fields.Many2many("vanban.document", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    lead_id = fields.Many2one("vanban.principal", string="In the lead")
    coordinate_ids = fields.Many2many(
        "vanban.principal", "vanban_route_coordinate_rel", string="Coordinating"
    )
    inform_ids = fields.Many2many(
        "vanban.principal", "vanban_route_inform_rel", string="For information"
    )
    direction_text = fields.Text(string="Directions given")
    quick_deadline = fields.Selection(
        QUICK_DEADLINES, string="To be done in", default="document", required=True
    )
    deadline = fields.Datetime(compute="_compute_deadline", store=True, readonly=False)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "vanban.document":
            values.setdefault(
                "document_ids", [(6, 0, self.env.context.get("active_ids", []))]
            )
        return values

    @api.depends("document_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.document_ids.company_id[:1] or self.env.company

    @api.depends("quick_deadline", "document_ids")
    def _compute_deadline(self):
        for wizard in self:
            wizard.deadline = wizard._get_deadline()

    def _get_deadline(self):
        choice, company = self.quick_deadline, self.company_id
        if choice == "document":
            return self.document_ids[:1].deadline
        if choice == "0":
            return company._vanban_end_of_today()
        if choice in ("1", "3", "5", "10"):
            return company._vanban_deadline(int(choice))
        return self.deadline if choice == "other" else False

    def action_confirm(self):
        """Hand the documents over as chosen."""
        self.ensure_one()
        chosen = self.lead_id | self.coordinate_ids | self.inform_ids
        if len(chosen) != len(self.lead_id + self.coordinate_ids + self.inform_ids):
            raise UserError(self.env._("Each receiver is named once."))
        lines = [
            {
                "user_id": principal.user_id.id,
                "unit_id": principal.department_id.id,
                "role": role,
                "direction_text": self.direction_text,
                "deadline": self.deadline if role != "inform" else False,
            }
            for role, principals in (
                ("lead", self.lead_id),
                ("coordinate", self.coordinate_ids),
                ("inform", self.inform_ids),
            )
            for principal in principals
        ]
        self.document_ids.action_route(lines)
        return {"type": "ir.actions.act_window_close"}
