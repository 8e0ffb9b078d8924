from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..const import AFTERNOON

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]

# no agency works in the evening: what is usual for a meeting then
_EVENING_HOURS = (time(19), time(21))
# where the days ahead have no work at all
_USUAL_HOURS = {
    "morning": (time(7, 30), time(11, 30)),
    "afternoon": (time(13, 30), time(17, 30)),
}


class ResCompany(models.Model):
    """When the schedule of the next week is arranged (20/2007/QĐ-UBND Điều 7.2e)."""

    _inherit = "res.company"

    vanban_schedule_weekday = fields.Selection(
        WEEKDAYS,
        string="Schedule arranged on",
        default="4",
        help="On this day of each week the schedule of the next one is arranged. "
        "Without a day nobody is reminded.",
    )
    vanban_schedule_hour = fields.Float(
        string="Schedule arranged at",
        default=9.0,
        help="Until then units propose what is to stand in it.",
    )
    vanban_schedule_note = fields.Char(
        string="Note on the schedule",
        help="Printed under the title of each week.",
        translate=False,
    )
    vanban_schedule_called_on = fields.Date(
        string="Last reminder of the schedule", readonly=True, copy=False
    )

    _vanban_schedule_hour = models.Constraint(
        "CHECK (vanban_schedule_hour >= 0 AND vanban_schedule_hour < 24)",
        "The hour of arranging is between 0:00 and 24:00.",
    )

    def _vanban_span(self, start, stop, allday):
        """Return start and stop where the agency is; a day ends at the next one."""
        if allday:
            first, last = start.date(), stop.date() + timedelta(days=1)
            return datetime.combine(first, time.min), datetime.combine(last, time.min)
        return self._vanban_to_local(start), self._vanban_to_local(stop)

    def _vanban_session_hours(self, day, session):
        """Return start and stop of a part of a day where the agency is.

        The agency's working hours; on a day off those of the next working day.
        """
        hours = _EVENING_HOURS
        if session != "evening":
            hours = self._vanban_worked_session(day, session)
        return tuple(datetime.combine(day, hour) for hour in hours)

    def _vanban_worked_session(self, day, session):
        try:
            if not self._vanban_is_working_day(day):
                day = self._vanban_shift_days(day, 1)
            hours = self._vanban_work_time().get_intervals(day)
        except (OverflowError, UserError):
            return _USUAL_HOURS[session]
        noon = datetime.combine(day, time(AFTERNOON))
        spans = [
            (start, stop)
            for start, stop in hours
            if (start + (stop - start) / 2 < noon) == (session == "morning")
        ]
        if not spans:
            return _USUAL_HOURS[session]
        return spans[0][0].time(), spans[-1][1].time()
