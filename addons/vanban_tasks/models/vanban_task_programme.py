from odoo import fields, models


class VanbanTaskProgramme(models.Model):
    """A programme of work that tasks belong to (chương trình công tác)."""

    _name = "vanban.task.programme"
    _inherit = ["vanban.mixin"]
    _description = "Programme of work"
    _order = "name, id"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE (company_id, name)", "This programme is in the list already."
    )
