from odoo import api, fields, models


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "vanban.mixin"]

    vanban_code = fields.Char(
        string="Abbreviation",
        help="Stands in the symbol of letters drafted by this unit, as VX in "
        "12/UBND-VX.",
    )
    vanban_deputy_ids = fields.Many2many(
        "res.users",
        "vanban_department_deputy_rel",
        "department_id",
        "user_id",
        string="Deputies in charge",
    )
    vanban_head_ids = fields.Many2many(
        "res.users",
        "vanban_department_head_rel",
        "department_id",
        "user_id",
        string="Heads",
        compute="_compute_vanban_head_ids",
        store=True,
        help="Who receives what is routed to the unit: its head, deputies in charge.",
    )

    @api.depends("manager_id.user_id", "vanban_deputy_ids")
    def _compute_vanban_head_ids(self):
        for unit in self:
            head = unit.manager_id.sudo().user_id
            unit.vanban_head_ids = head | unit.vanban_deputy_ids

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        self.env["vanban.principal"]._get_for(units=units)
        return units
