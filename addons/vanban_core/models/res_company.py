from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """An agency (cơ quan)."""

    _inherit = "res.company"

    vanban_code = fields.Char(
        string="Abbreviation", help="Stands in symbols, as UBND in 128/QĐ-UBND."
    )
    vanban_parent_name = fields.Char(
        string="Superior agency", help="Printed above the name of the agency."
    )
    vanban_place = fields.Char(string="Place name", help="Printed before the date.")
    vanban_access_policy = fields.Selection(
        [
            ("unit", "Own unit and what was routed to it"),
            ("agency", "All registered and issued documents of the agency"),
        ],
        string="Who sees documents",
        default="unit",
        required=True,
    )
    vanban_first_receiver_id = fields.Many2one(
        "res.users",
        string="First receiver of incoming documents",
        help="Registered documents go to this person for directions.",
    )
    vanban_file_size_max = fields.Integer(
        string="Largest file (MB)", default=50, required=True
    )

    _vanban_file_size = models.Constraint(
        "CHECK (vanban_file_size_max BETWEEN 1 AND 1024)",
        "The largest file is between 1 and 1024 MB.",
    )

    @api.constrains("vanban_first_receiver_id")
    def _check_vanban_first_receiver(self):
        for company in self:
            receiver = company.vanban_first_receiver_id
            if receiver and company not in receiver.company_ids:
                raise ValidationError(
                    self.env._("The first receiver belongs to the agency.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._vanban_create_registers()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("vanban_access_policy", "resource_calendar_id")):
            # kept are which agencies are open (vanban.document._get_open_agencies) and
            # when they work (_vanban_work_time)
            self.env.registry.clear_cache()
        return result

    def _vanban_create_registers(self):
        """Give each agency the books that every agency has; it may change them."""
        Register = self.env["vanban.register"].sudo()
        done = Register.with_context(active_test=False).search(
            [("company_id", "in", self.ids)]
        )
        for company in self - done.company_id:
            Register.create(Register._prepare_default_vals(company))

    def _vanban_get_people(self, group):
        """Return who works in the agency and has a group.

        :param str group: XML id
        """
        users = self.env.ref(group).sudo().all_user_ids
        return users.filtered(lambda user: user.active and self in user.company_ids)
