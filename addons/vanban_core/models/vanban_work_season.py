from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# 29/2 is a day of a season, too
_LEAP_YEAR = 2000


class VanbanWorkSeason(models.Model):
    """A part of each year with hours of its own (giờ mùa hè, giờ mùa đông).

    Each province fixes the daily hours; outside of its seasons an agency has the hours
    of its calendar.
    """

    _name = "vanban.work.season"
    _inherit = ["vanban.mixin", "vanban.work.part"]
    _description = "Season of working hours"
    _order = "company_id, month_from, day_from, id"

    name = fields.Char(required=True)
    day_from = fields.Integer(string="From day", required=True, default=16)
    month_from = fields.Integer(string="From month", required=True, default=4)
    day_to = fields.Integer(string="To day", required=True, default=15)
    month_to = fields.Integer(string="To month", required=True, default=10)
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Hours",
        required=True,
        check_company=True,
        index=True,
        ondelete="restrict",
    )
    source = fields.Char(help="Symbol and date of the decision on working hours.")
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="cascade",
    )

    @api.constrains("day_from", "month_from", "day_to", "month_to", "company_id")
    def _check_days(self):
        for season in self:
            mine = season._get_days()
            for other in self.search([("company_id", "=", season.company_id.id)]):
                if other != season and mine & other._get_days():
                    raise ValidationError(
                        self.env._(
                            "“%(season)s” and “%(other)s” share days of the year.",
                            season=season.name,
                            other=other.name,
                        )
                    )

    def _get_days(self):
        """Return the days of a leap year that the season has.

        :raise ValidationError: its first or last day is none
        """
        try:
            first, last = (date(_LEAP_YEAR, *day) for day in self._get_span())
        except ValueError as error:
            raise ValidationError(
                self.env._("A season begins and ends on a day of the year.")
            ) from error
        if last < first:
            last = last.replace(year=_LEAP_YEAR + 1)
        days = (first + timedelta(days=day) for day in range((last - first).days + 1))
        return {(day.month, day.day) for day in days}

    def _get_span(self):
        """Return the first and the last day, each as month and day."""
        return (self.month_from, self.day_from), (self.month_to, self.day_to)

    @api.model
    def _get_of(self, company):
        """Return the seasons of an agency."""
        return self.search([("company_id", "=", company.id)])
