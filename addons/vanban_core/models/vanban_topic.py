from odoo import fields, models


class VanbanTopic(models.Model):
    """A subject field with the units in charge (lĩnh vực)."""

    _name = "vanban.topic"
    _inherit = ["vanban.mixin"]
    _description = "Subject field"
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        default=lambda self: self.env.company,
        index=True,
        required=True,
    )
    unit_ids = fields.Many2many(
        "hr.department",
        string="Units in charge",
        help="Their people see the documents of this field.",
    )

    _name_uniq = models.Constraint(
        "UNIQUE (company_id, name)", "The agency has a field of this name already."
    )
