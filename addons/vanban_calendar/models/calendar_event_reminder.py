from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

BATCH = 50
# people find it when they come to work
_HOUR = 8


class CalendarEvent(models.Model):
    """The reminder of a meeting, one working day before it.

    Not Odoo's alarms: these count hours without knowing of days off, and ask for each
    participant anew at each change. The file that comes with the invitation carries
    the entry into the calendar of a phone, which rings by itself.
    """

    _inherit = "calendar.event"

    vanban_remind_on = fields.Date(
        string="Reminder on",
        compute="_compute_vanban_remind_on",
        store=True,
        precompute=True,
        copy=False,
        exportable=False,
    )

    _vanban_remind_idx = models.Index(
        "(vanban_remind_on) WHERE vanban_remind_on IS NOT NULL"
    )

    @api.depends(
        "start", "allday", "vanban_state", "vanban_is_published", "vanban_company_id"
    )
    def _compute_vanban_remind_on(self):
        for event in self:
            event.vanban_remind_on = event._vanban_get_reminder_day()

    def _vanban_get_reminder_day(self):
        """Return the working day before, where it is still to come.

        Who is invited later than that has just been told.
        """
        if not self.start or self.vanban_state in ("refused", "cancelled"):
            return False
        agency = self.vanban_company_id
        try:
            day = agency._vanban_shift_days(self._vanban_span()[0].date(), -1)
        except UserError:
            return False
        return day > agency._vanban_today() and day

    @api.model
    def _cron_vanban_remind(self):
        """Remind of what begins on the next working day, once for each entry."""
        here = self.env.company
        today = here._vanban_today()
        if here._vanban_to_local(fields.Datetime.now()).hour < _HOUR:
            return
        domain = Domain("vanban_remind_on", "<=", today) & (
            Domain("vanban_is_published", "=", True)
            | Domain("vanban_level", "=", "person")
        )
        agencies = [one for [one] in self._read_group(domain, ["vanban_company_id"])]
        open_ids = [one.id for one in agencies if one._vanban_is_working_day(today)]
        domain &= Domain("vanban_company_id", "in", open_ids)
        left = self.search_count(domain)
        while events := self.search(domain, order="start, id", limit=BATCH):
            events = events.try_lock_for_update()
            if not events:
                return
            for event in events:
                event._vanban_remind()
            left = max(left - len(events), 0)
            if not self.env["ir.cron"]._commit_progress(len(events), remaining=left):
                return

    def _vanban_remind(self):
        """Remind who takes part, and ask who has not answered."""
        self.ensure_one()
        self._vanban_in_action().write({"vanban_remind_on": False})
        rows = self.sudo().attendee_ids
        alone = self.vanban_level == "person" and len(rows) < 2
        if self.vanban_is_over or alone:
            return
        waiting = rows.filtered(lambda row: row.vanban_reply == "invited")
        if waiting:
            self._vanban_ask(waiting)
        coming = rows.filtered(lambda row: row.vanban_reply == "accepted").partner_id
        if coming:
            here = self.with_context(lang="vi_VN")
            words = {"what": self.name, "when": here._vanban_when()}
            subject = here.env._("Reminder: %(what)s, %(when)s", **words)
            here._vanban_send(coming, subject, "", "reminder")
