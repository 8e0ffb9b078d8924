from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _vanban_is_inside(self):
        """Has the contact an account here, and reads messages in it?"""
        self.ensure_one()
        return any(not user.share for user in self.sudo().user_ids)
