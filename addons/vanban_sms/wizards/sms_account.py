"""The dialogs that register the agency with Odoo's paid service: they lead nowhere."""

from odoo import models
from odoo.exceptions import UserError


class SmsAccountPhone(models.TransientModel):
    _inherit = "sms.account.phone"

    def action_send_verification_code(self):
        """Refuse.

        :raise UserError: always
        """
        raise UserError(self.env["iap.account"]._vanban_sms_message())


class SmsAccountCode(models.TransientModel):
    _inherit = "sms.account.code"

    def action_register(self):
        """Refuse.

        :raise UserError: always
        """
        raise UserError(self.env["iap.account"]._vanban_sms_message())


class SmsAccountSender(models.TransientModel):
    _inherit = "sms.account.sender"

    def action_set_sender_name(self):
        """Refuse.

        :raise UserError: always
        """
        raise UserError(self.env["iap.account"]._vanban_sms_message())
