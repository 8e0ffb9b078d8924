from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.phone import to_mobile


class VanbanSmsTest(models.TransientModel):
    """Send one message at once, to see whether the settings are right."""

    _name = "vanban.sms.test"
    _description = "Test message"

    company_id = fields.Many2one("res.company", string="Agency", required=True)
    number = fields.Char(
        required=True,
        default=lambda self: self.env.user.partner_id._vanban_mobile(),
    )
    text = fields.Text(
        required=True,
        default=lambda self: self.env._("A test message from the document system."),
    )
    is_sent = fields.Boolean(readonly=True)
    answer = fields.Text(readonly=True)

    def action_send(self):
        """Hand over the message now, and show what the gateway said.

        The one message that a request waits for. It is not tried again.

        :raise UserError: the number takes no messages
        """
        self.ensure_one()
        number = to_mobile(self.number)
        if not number:
            raise UserError(self.env._("Enter a mobile number, such as 0912 345 678."))
        message = (
            self.env["sms.sms"]
            ._vanban_in_action()
            .create(
                {
                    "number": number,
                    "body": self.text,
                    "vanban_company_id": self.company_id.id,
                }
            )
        )
        message._vanban_send_now()
        if message.state == "outgoing":
            message.action_set_error(message.failure_type)
        self.write(
            {
                "is_sent": message.state == "pending",
                "answer": self._prepare_answer(message),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a test message"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _prepare_answer(self, message):
        """Return in one sentence what became of a message."""
        if message.state == "pending":
            result = self.env._("The gateway took the message")
        else:
            labels = message.fields_get(["failure_type"], ["selection"])
            result = dict(labels["failure_type"]["selection"])[message.failure_type]
        return ": ".join(filter(None, (result, message.vanban_answer)))
