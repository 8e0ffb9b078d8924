from datetime import datetime, time

import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    vanban_gives_tasks = fields.Boolean(
        string="Gives tasks to other agencies",
        help="As the People's Committee of a province to its departments; any agency "
        "gives tasks to its own units.",
    )

    def _vanban_end_of_day(self, date):
        """Return 24:00 of a day, or of the next working day, in UTC without zone.

        A period ends at 24:00 of its last day, or of the next working day where that
        is none (Bộ luật Dân sự 2015 Điều 148). One second less, so that the day shown
        is the day meant.

        :param date date: the last day
        """
        self.ensure_one()
        if not self._vanban_is_working_day(date):
            date = self._vanban_shift_days(date, 1)
        end = self._vanban_tz().localize(
            datetime.combine(date, time(hour=23, minute=59, second=59))
        )
        return end.astimezone(pytz.utc).replace(tzinfo=None)

    def _vanban_entry_due(self, date, after_cutoff=False):
        """Return until when a document of a day is to be entered.

        The same day, after the cut-off hour the next working day (128/QĐ-UBND Điều
        11.2b, 14.4a); in UTC without zone, 24:00 of the day.
        """
        self.ensure_one()
        if after_cutoff:
            date = self._vanban_shift_days(date, 1)
        return self._vanban_end_of_day(date)

    def _vanban_task_entry_due(self, date, moment):
        """Return the same of a document that was issued here, at a known moment."""
        local = pytz.utc.localize(moment).astimezone(self._vanban_tz())
        hour = local.hour + local.minute / 60
        return self._vanban_entry_due(
            date, local.date() == date and hour > self.vanban_cutoff_hour
        )
