from odoo import api, models
from odoo.exceptions import UserError

SERVICE = "sms"


class IapAccount(models.Model):
    """Odoo's paid service is asked nothing about text messages."""

    _inherit = "iap.account"

    def write(self, vals):
        accounts = self
        if SERVICE in self.mapped("service_name"):
            accounts = self.with_context(disable_iap_update=True)
        return super(IapAccount, accounts).write(vals)

    def _get_account_information_from_iap(self):
        others = self.filtered(lambda account: account.service_name != SERVICE)
        if not others:
            return None
        return super(IapAccount, others)._get_account_information_from_iap()

    @api.model
    def get_credits(self, service_name):
        """Return what is left of a service; nothing of text messages."""
        return 0 if service_name == SERVICE else super().get_credits(service_name)

    @api.model
    def get_credits_url(self, service_name, account_token=None):
        """Return where a service is paid for.

        :raise UserError: text messages
        """
        if service_name == SERVICE:
            raise UserError(self._vanban_sms_message())
        return super().get_credits_url(service_name, account_token=account_token)

    @api.model
    def _vanban_sms_message(self):
        return self.env._("Text messages are sent by the agency's own gateway only.")
