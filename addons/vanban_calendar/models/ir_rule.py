from odoo import models
from odoo.exceptions import AccessError

_ENTRIES = {"calendar.event", "calendar.attendee", "vanban.event.check"}


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Refuse an entry of a schedule in one sentence, which does not name it."""
        if records._name in _ENTRIES:
            return AccessError(self.env._("This entry is not open to you."))
        return super()._make_access_error(operation, records)
