from odoo import api, models
from odoo.exceptions import UserError


class MailMessage(models.Model):
    """What the chatter says about corrections is history (design §4.7)."""

    _inherit = "mail.message"

    def write(self, vals):
        if not self.env.su:
            self._check_vanban_history()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_vanban_history(self):
        if not self.env.su:
            self._check_vanban_history()

    def _check_vanban_history(self):
        """Keep who changed what, and when.

        :raise UserError: a message that records a change of ours
        """
        for message in self.sudo():  # the values are for administrators only
            ours = (message.model or "").startswith("vanban.")
            if ours and message.tracking_value_ids:
                raise UserError(self.env._("The record of a change is never altered."))
