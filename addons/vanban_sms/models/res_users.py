from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _vanban_send_sms(self, text):
        """Queue a text message for each user with a mobile number.

        :param str text: plain text, in the language of the receivers
        :return: the users without a mobile number
        """
        without = self.partner_id._vanban_send_sms(text)
        return self.filtered(lambda user: user.partner_id in without)
