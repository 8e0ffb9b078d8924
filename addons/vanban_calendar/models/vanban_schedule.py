from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.vanban_core.tools.args import to_id

from ..const import SCHEDULE_STATES


class VanbanSchedule(models.Model):
    """The week of an agency or of one of its units (lịch công tác tuần).

    Its entries are appointments; it says how far the week is: collected and arranged,
    approved by the leader, published (20/2007/QĐ-UBND Điều 6.2a, 7.2). Who acts, and
    for whom, stands in the row. ``revision`` counts what changed in it, so that nobody
    approves a week that was another one when it was read.
    """

    _name = "vanban.schedule"
    _inherit = ["vanban.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Weekly schedule"
    _order = "date_from desc, unit_id, id desc"
    _guarded_fields = None

    company_id = fields.Many2one(
        "res.company", string="Agency", required=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(
        "hr.department", index="btree_not_null", ondelete="cascade"
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    year = fields.Integer(required=True, aggregator=None)
    week = fields.Integer(required=True, aggregator=None, help="ISO 8601")
    state = fields.Selection(SCHEDULE_STATES, required=True, default="draft")
    revision = fields.Integer(default=0, required=True, aggregator=None)

    # ---- who brought it how far ----
    submitted_date = fields.Datetime(string="Submitted on")
    submitted_by_id = fields.Many2one("res.users", string="Submitted by")
    approved_date = fields.Datetime(string="Approved on")
    approved_by_id = fields.Many2one("res.users", string="Approved by")
    approved_label = fields.Char(string="Name and title of who approved")
    approved_revision = fields.Integer(aggregator=None)
    published_date = fields.Datetime(string="Published on")
    published_by_id = fields.Many2one("res.users", string="Published by")
    return_reason = fields.Text(string="Why it came back")

    event_ids = fields.One2many(
        "calendar.event", "vanban_schedule_id", string="Entries", readonly=True
    )
    change_ids = fields.One2many(
        "vanban.schedule.change", "schedule_id", string="Changes", readonly=True
    )

    _agency_week = models.UniqueIndex(
        "(company_id, date_from) WHERE unit_id IS NULL",
        "The agency has one schedule for each week.",
    )
    _unit_week = models.UniqueIndex(
        "(unit_id, date_from) WHERE unit_id IS NOT NULL",
        "The unit has one schedule for each week.",
    )
    _dates = models.Constraint(
        "CHECK (EXTRACT(isodow FROM date_from) = 1 AND date_to = date_from + 6)",
        "A schedule lasts from Monday to Sunday.",
    )

    @api.depends("week", "year", "date_from", "date_to", "unit_id", "company_id")
    def _compute_display_name(self):
        for schedule in self:
            schedule.display_name = self.env._(
                "Week %(week)s (%(first)s – %(last)s), %(whose)s",
                week=schedule.week,
                first=format_date(self.env, schedule.date_from, date_format="dd/MM"),
                last=format_date(self.env, schedule.date_to, date_format="dd/MM/yyyy"),
                whose=schedule.unit_id.sudo().name or schedule.company_id.sudo().name,
            )

    # ---- finding the week ----

    @api.model
    def _get_monday(self, day):
        return day - timedelta(days=day.weekday())

    @api.model
    def _get_for(self, company, unit, day):
        """Return the schedule of the week of a day, made where missing.

        :param unit: a unit of the agency; none for the agency's own
        """
        monday = self._get_monday(day)
        return self._get_all({(company.id, unit.id or False, monday)})[
            company.id, unit.id or False, monday
        ]

    @api.model
    def _get_weeks(self, events):
        """Return the schedule in which each entry stands, made where missing."""
        keys = {
            event: (
                event.vanban_company_id.id,
                event.vanban_unit_id.id or False,
                self._get_monday(event._vanban_span()[0].date()),
            )
            for event in events
        }
        found = self._get_all(set(keys.values()))
        return {event: found[key] for event, key in keys.items()}

    @api.model
    def _get_all(self, keys):
        """Return ``{(company id, unit id or False, Monday): schedule}``."""
        found = self._read_keys(keys)
        if missing := keys - found.keys():
            # whoever else makes the same one now was first: theirs is taken
            self.flush_model()
            for company_id, unit_id, monday in sorted(missing, key=str):
                year, week, _day = monday.isocalendar()
                self.env.cr.execute(
                    SQL(
                        """
                        INSERT INTO vanban_schedule
                               (company_id, unit_id, date_from, date_to, year, week,
                                state, revision, create_uid, write_uid, create_date,
                                write_date)
                        VALUES (%s, %s, %s, %s, %s, %s, 'draft', 0, %s, %s,
                                now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
                        ON CONFLICT DO NOTHING
                        """,
                        *(company_id, unit_id or None, monday),
                        *(monday + timedelta(days=6), year, week),
                        *(self.env.uid, self.env.uid),
                    )
                )
            found |= self._read_keys(missing)
        return found

    @api.model
    def _read_keys(self, keys):
        rows = self.sudo().search(
            [
                ("company_id", "in", [company for company, _unit, _day in keys]),
                ("date_from", "in", [day for _company, _unit, day in keys]),
            ]
        )
        return {
            (row.company_id.id, row.unit_id.id or False, row.date_from): row.with_env(
                self.env
            )
            for row in rows
        }

    @api.model
    def action_open_week(self, day=None, unit_id=None):
        """Return the id of a week's schedule in one's agency, made where missing.

        :param str day: a day of the week; today by default
        :param int unit_id: a unit of the agency; none for the agency's own
        :raise UserError: not a day, or a unit of another agency
        """
        company = self.env.company
        unit = self.env["hr.department"].sudo().browse(to_id(unit_id) or None)
        day = self._read_day(day)
        if unit and (not unit.exists() or unit.company_id != company):
            raise UserError(self.env._("This unit is not of your agency."))
        return self._get_for(company, unit, day).id

    @api.model
    def _read_day(self, day):
        try:
            day = fields.Date.to_date(day) if day else self.env.company._vanban_today()
        except (ValueError, TypeError) as error:
            raise UserError(self.env._("This is not a date.")) from error
        if not 2000 <= day.year < 2100:
            raise UserError(self.env._("This is not a date."))
        return day

    # ---- who ----

    @api.model
    def _get_arranger(self, company, unit):
        """Return in whose right the user arranges a schedule, or nobody.

        An office head that of the agency (20/2007/QĐ-UBND Điều 7.2e), a head that of
        the unit.
        """
        user = self.env.user
        if not unit:
            return user._vanban_acting_as("vanban_core.group_office_head", company)
        acting = user._vanban_acting_users()
        return (acting & unit.sudo().vanban_head_ids)[:1]
