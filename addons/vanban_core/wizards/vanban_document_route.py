from odoo import api, fields, models


class VanbanDocumentRoute(models.TransientModel):
    """One dialog to hand documents over (bút phê, phân công)."""

    _name = "vanban.document.route"
    _inherit = ["vanban.route"]
    _description = "Hand over"

    document_ids = fields.Many2many("vanban.document", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    coordinate_ids = fields.Many2many(
        "vanban.principal", "vanban_route_coordinate_rel", string="Coordinating"
    )
    inform_ids = fields.Many2many(
        "vanban.principal", "vanban_route_inform_rel", string="For information"
    )

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
        return super()._compute_deadline()

    def _get_present_deadline(self):
        return self.document_ids[:1].deadline

    def action_confirm(self):
        """Hand the documents over as chosen."""
        self.document_ids.action_route(self._get_lines())
        return {"type": "ir.actions.act_window_close"}
