from odoo import models

_WEEKS = ("0", "1")


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "vanban.work.part"]

    def _vanban_get_weeks(self):
        """Return the hours of fourteen days in minutes, as ``WorkTime.weeks``.

        :return: nothing for a calendar without hours
        """
        weeks = [[] for _day in range(14)]
        for line in self.attendance_ids.filtered(lambda a: a._is_work_period()):
            span = (round(line.hour_from * 60), round(line.hour_to * 60))
            in_turn = self.two_weeks_calendar and line.week_type
            for week in [line.week_type] if in_turn else _WEEKS:
                weeks[int(week) * 7 + int(line.dayofweek)].append(span)
        days = tuple(tuple(sorted(day)) for day in weeks)
        return days if any(days) else ()

    def _vanban_get_leaves(self, company):
        """Return when nobody of an agency works, as ``WorkTime.leaves``."""
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search_fetch(
                [
                    ("resource_id", "=", False),
                    ("time_type", "=", "leave"),
                    ("calendar_id", "in", [False, *self.ids]),
                    ("company_id", "in", [False, company.id]),
                ],
                ["date_from", "date_to"],
                order="date_from, id",
            )
        )
        local = company._vanban_to_local
        return tuple((local(leave.date_from), local(leave.date_to)) for leave in leaves)
