from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    vanban_is_agency = fields.Boolean(
        string="Agency of this system",
        compute="_compute_vanban_is_agency",
        search="_search_vanban_is_agency",
        help="Works in this database, so that tasks can be given to it.",
    )

    def _compute_vanban_is_agency(self):
        agencies = self._vanban_get_agencies()
        for partner in self:
            partner.vanban_is_agency = partner._origin.id in agencies

    def _search_vanban_is_agency(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return Domain("id", "in", SQL("(SELECT partner_id FROM res_company)"))

    def _vanban_get_agencies(self):
        """Return ``{partner id: agency}`` of those that are agencies of this system."""
        companies = (
            self.env["res.company"]
            .sudo()  # any agency can be named, whatever agencies the user works in
            .search([("partner_id", "in", self._origin.ids)])
        )
        return {company.partner_id.id: company for company in companies}
