from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CalendarEvent(models.Model):
    """The queues of people: what of schedules waits for whom."""

    _inherit = "calendar.event"

    vanban_queue = fields.Char(
        compute="_compute_vanban_queue",
        search="_search_vanban_queue",
        exportable=False,
    )

    def _compute_vanban_queue(self):
        self.vanban_queue = False

    def _search_vanban_queue(self, operator, value):
        if operator != "in":
            return NotImplemented
        queues = self._vanban_get_queue_domains()
        if set(value) - queues.keys():
            raise UserError(self.env._("There is no such queue."))
        return Domain.OR(queues[key] for key in value)

    @api.model
    def _vanban_get_queue_domains(self):
        """Return the domain of each queue for the current user, by its key."""
        return {
            "proposal": self._vanban_get_proposed(),
            "to_answer": self._vanban_get_unanswered(),
        }

    @api.model
    def _vanban_get_proposed(self):
        """Return proposals for weeks that the user arranges and that are not over."""
        agencies, units = self._vanban_arranged(), self._vanban_headed()
        agency = Domain("vanban_level", "=", "agency")
        unit = Domain("vanban_level", "=", "unit")
        return (
            Domain("vanban_state", "=", "proposed")
            & Domain("vanban_schedule_id.date_to", ">=", "today")
            & (
                (agency & Domain("vanban_company_id", "in", agencies.ids))
                | (unit & Domain("vanban_unit_id", "any!", units))
            )
        )

    @api.model
    def _vanban_get_unanswered(self):
        """Return what is to come and was told, and waits for the user's reply."""
        acting = self.env.user._vanban_acting_users().sudo()
        mine = Domain("partner_id", "in", acting.partner_id.ids)
        mine |= Domain("vanban_unit_id", "any!", self._vanban_headed())
        told = Domain("vanban_level", "=", "person")
        told |= Domain("vanban_is_published", "=", True)
        return (
            Domain("stop", ">=", "now")
            & Domain("vanban_state", "not in", ("cancelled", "refused"))
            & told
            & Domain(
                "attendee_ids", "any!", Domain("vanban_reply", "=", "invited") & mine
            )
        )
