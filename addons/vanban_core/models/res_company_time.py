from datetime import datetime

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ..tools.workdays import STATE_WEEK, WorkTime

# design §4.5: the law's days end where the agencies are, whatever a calendar says
_TZ = pytz.timezone("Asia/Ho_Chi_Minh")
# what a client may send as a moment still has a local time
_EARLIEST, _LATEST = datetime(1, 1, 2), datetime(9999, 12, 30)


class ResCompany(models.Model):
    """Working time of an agency, the clock of every deadline (design §4.5).

    Moments come and go in UTC without zone. A period in days does not count its first
    day, one in hours begins at once (Bộ luật Dân sự 2015 Điều 147).
    """

    _inherit = "res.company"

    vanban_cutoff_hour = fields.Float(
        string="Cut-off hour",
        default=15.0,
        required=True,
        help="What comes in later is due on the next working day.",
    )

    _vanban_cutoff_hour = models.Constraint(
        "CHECK (vanban_cutoff_hour BETWEEN 0 AND 24)",
        "The cut-off hour is between 0:00 and 24:00.",
    )

    def _prepare_resource_calendar_values(self):
        # design §4.5: whoever opens the agency, from wherever
        return super()._prepare_resource_calendar_values() | {"tz": _TZ.zone}

    def _vanban_tz(self):
        return _TZ

    def _vanban_today(self):
        """Return today's date where the agency is."""
        return datetime.now(self._vanban_tz()).date()

    # ---- deadlines ----

    def _vanban_deadline(self, days, start=None):
        """Return the end of the last of so many working days, in UTC without zone.

        :param int days: working days, at least one
        :param datetime start: UTC without zone; now by default
        """
        return self._vanban_clock("add_days", start, days)

    def _vanban_deadline_hours(self, hours, start=None):
        """Return when so many hours were worked from ``start`` on (HCM-6.2)."""
        return self._vanban_clock("add_hours", start, hours)

    def _vanban_deadline_months(self, months, start=None):
        """Return the end of a period in months, on a working day (Điều 148)."""
        return self._vanban_clock("add_months", start, months)

    def _vanban_end_of_today(self):
        """Return the end of today's work, or of the next working day after it."""
        return self._vanban_due_same_day(cutoff=24.0)

    def _vanban_due_same_day(self, moment=None, cutoff=None):
        """Return until when what came in at a moment is due (128/QĐ-UBND Điều 4.5c).

        :param float cutoff: hour of the day; the agency's by default
        :return: the end of work of that day; after the hour, or on a day off, of the
            next working day
        """
        hour = self.vanban_cutoff_hour if cutoff is None else cutoff
        return self._vanban_clock("end_same_day", moment, hour)

    def _vanban_resume(self, deadline, paused_from, paused_to):
        """Return a deadline moved by the working time of a pause."""
        local = self._vanban_to_local
        return self._vanban_clock(
            "resume", deadline, local(paused_from), local(paused_to)
        )

    # ---- time worked ----

    def _vanban_worked_hours(self, start, stop):
        """Return the hours worked between two moments; negative the other way round."""
        local = self._vanban_to_local
        worked = self._vanban_work_time().get_worked(local(start), local(stop))
        return worked.total_seconds() / 3600

    def _vanban_is_working_day(self, date):
        return self._vanban_work_time().is_working(date)

    def _vanban_describe_day(self, date):
        """Return how a day is worked, and by what name it differs from its week.

        :return: ``is_working``, ``kind`` (of ``vanban.work.day``, or False) and
            ``name`` (of the holiday or the swap, or False)
        """
        work = self._vanban_work_time()
        kind, name = work.describe(date)
        return {
            "is_working": work.is_working(date),
            "kind": kind or False,
            "name": name or False,
        }

    def _vanban_shift_days(self, date, count):
        """Return the day so many working days after a date, before where negative."""
        return self._vanban_work_day("shift", date, count)

    # ---- the clock ----

    def _vanban_clock(self, method, moment, *args):
        """Return what the working time says of a moment, both in UTC without zone."""
        local = self._vanban_to_local(moment or fields.Datetime.now())
        end = self._vanban_work_day(method, local, *args)
        return self._vanban_tz().localize(end).astimezone(pytz.utc).replace(tzinfo=None)

    def _vanban_work_day(self, method, *args):
        try:
            return getattr(self._vanban_work_time(), method)(*args)
        except (OverflowError, ValueError) as error:
            raise UserError(
                self.env._("No working day is found: see the hours of the agency.")
            ) from error

    def _vanban_to_local(self, moment):
        moment = min(max(moment, _EARLIEST), _LATEST)
        local = pytz.utc.localize(moment).astimezone(self._vanban_tz())
        return local.replace(tzinfo=None)

    @ormcache("self.id")
    def _vanban_work_time(self):
        """Return when the agency works; kept until a part of it changes."""
        self.ensure_one()
        # everybody's deadlines need it, whoever may read calendars
        company = self.sudo()
        seasons = self.env["vanban.work.season"].sudo()._get_of(company)
        calendars = company.resource_calendar_id | seasons.calendar_id
        return WorkTime(
            weeks=company.resource_calendar_id._vanban_get_weeks() or STATE_WEEK,
            seasons=tuple(
                (
                    *season._get_span(),
                    season.calendar_id._vanban_get_weeks() or STATE_WEEK,
                )
                for season in seasons
            ),
            leaves=calendars._vanban_get_leaves(company),
            **self.env["vanban.work.day"].sudo()._get_of(company),
        )
