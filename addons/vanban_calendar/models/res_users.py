from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _vanban_acting_as(self, group, company):
        """Return in whose right the person acts: oneself first, else a delegator.

        :param str group: XML id of the group that the act needs
        :return: a user of the agency with that group, or none
        """
        acting = self._vanban_acting_users().sudo()
        found = acting.filtered(
            lambda user: company in user.company_ids and user.has_group(group)
        )
        return self if self in found else found[:1].with_env(self.env)

    def _vanban_units(self):
        """Return the units that the person belongs to now, or is at the head of."""
        self.ensure_one()
        units = self.env["hr.department"].sudo()
        headed = units.search([("vanban_head_ids", "in", self.ids)])
        return self._vanban_unit() | headed
