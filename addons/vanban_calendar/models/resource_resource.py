from odoo import fields, models

from ..const import FACILITIES


class ResourceResource(models.Model):
    """A room or a vehicle of the agency, which an entry takes for a time."""

    _name = "resource.resource"
    _inherit = ["resource.resource", "vanban.mixin"]

    vanban_kind = fields.Selection(FACILITIES, string="Room or vehicle")
    vanban_capacity = fields.Integer(string="Seats")
    vanban_note = fields.Char(string="Where it is, what it has")

    _vanban_capacity = models.Constraint(
        "CHECK (vanban_capacity >= 0)", "Seats are zero or more."
    )
