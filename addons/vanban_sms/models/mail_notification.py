from odoo import fields, models

from ..const import FAILURES


class MailNotification(models.Model):
    _inherit = "mail.notification"

    failure_type = fields.Selection(selection_add=FAILURES)
