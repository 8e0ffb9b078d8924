from datetime import date, datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import PRIORITIES, SOURCES

_PERIODS = [
    ("month", "This month"),
    ("last_month", "Last month"),
    ("quarter", "This quarter"),
    ("year", "This year"),
    ("dates", "Between two days"),
]
_SIDES = [
    ("given", "Tasks that we gave"),
    ("had", "Tasks that we were given"),
]
_MOMENTS = [("end", "At the end of the period"), ("now", "Now")]
_FIRST_DAY = date(2000, 1, 1)


class VanbanTaskSummary(models.TransientModel):
    """How tasks are carried out, by agency and period (128/QĐ-UBND Điều 10, 11.3).

    Each counts what its user sees: the rows are searched with the user's own rights.
    """

    _name = "vanban.task.summary"
    _description = "Results of tasks"

    # ---- period ----
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    side = fields.Selection(
        _SIDES, required=True, default=lambda self: self._default_side()
    )
    period = fields.Selection(_PERIODS, required=True, default="month")
    date_from = fields.Date(
        string="From",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_to = fields.Date(
        string="To",
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    as_of = fields.Selection(_MOMENTS, string="State", required=True, default="end")

    # ---- criteria ----
    agency_ids = fields.Many2many(
        "res.partner",
        string="Agencies",
        domain="[('vanban_is_agency', '=', True)]",
        help="Those that carry out the tasks, or gave them; all where none is named.",
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Followed by",
        domain="[('company_id', '=', company_id)]",
    )
    programme_id = fields.Many2one("vanban.task.programme")
    source = fields.Selection(SOURCES, string="Given by a")
    priority = fields.Selection(PRIORITIES)
    director_name = fields.Char(string="Directed by")
    with_coordinating = fields.Boolean(string="Also those that coordinate")

    # ---- result ----
    line_ids = fields.One2many("vanban.task.summary.line", "summary_id", readonly=True)
    counted_on = fields.Datetime(string="Counted on", readonly=True)
    file = fields.Binary(attachment=False, readonly=True)

    @api.model
    def _default_side(self):
        return "given" if self.env.company.vanban_gives_tasks else "had"

    @api.depends("period")
    def _compute_dates(self):
        today = self.env.company._vanban_today()
        for summary in self:
            if summary.period != "dates" or not summary.date_from:
                first, last = self._get_span(summary.period, today)
                summary.date_from, summary.date_to = first, last

    @api.model
    def _get_span(self, period, today):
        """Return the first and the last day of the period that holds today."""
        if period == "last_month":
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last
        unit = period if period in ("quarter", "year") else "month"
        return (
            fields.Date.start_of(today, unit),
            fields.Date.end_of(today, unit),
        )

    @api.depends("side")
    def _compute_display_name(self):
        for summary in self:
            summary.display_name = self.env._("Results of tasks")

    # ---- actions ----

    @api.model
    def action_start(self):
        """Return the action that shows this month's results."""
        summary = self.create({})
        summary.action_count()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Results of tasks"),
            "res_model": self._name,
            "res_id": summary.id,
            "views": [(False, "form")],
        }

    def action_count(self):
        """Count anew, as the criteria say now."""
        self.ensure_one()
        rows = self._get_rows()
        self.line_ids.unlink()
        self.write(
            {
                "counted_on": fields.Datetime.now(),
                "line_ids": [(0, 0, row) for row in rows],
            }
        )
        return True

    def action_print(self):
        """Return the action that downloads the PDF."""
        self.ensure_one()
        self._check_period()
        report = self.env.ref("vanban_tasks.vanban_task_summary_report")
        return report.report_action(self, config=False)

    def action_show_plot(self):
        """Show who is late as bars."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "vanban_tasks.vanban_task_summary_line_action"
        )
        return {**action, "domain": [("summary_id", "=", self.id)]}

    # ---- what is counted ----

    def _check_period(self):
        """Refuse what is no period, or has not begun.

        :raise UserError: in one sentence
        """
        if not _FIRST_DAY <= self.date_from <= self.date_to:
            raise UserError(
                self.env._("Choose a period with its first day before its last one.")
            )
        if self.date_from > self.company_id.sudo()._vanban_today():
            raise UserError(self.env._("This period has not begun yet."))

    def _get_moments(self):
        """Return the first and the last moment of the period and that of the states.

        In UTC without zone. What lies ahead is now.
        """
        self._check_period()
        zone = self.company_id.sudo()._vanban_tz()
        now = fields.Datetime.now()

        def to_utc(day, hour):
            local = zone.localize(datetime.combine(day, hour))
            return local.astimezone(pytz.utc).replace(tzinfo=None)

        last = min(to_utc(self.date_to, time(23, 59, 59)), now)
        moment = last if self.as_of == "end" else now
        return to_utc(self.date_from, time.min), last, moment

    def _get_domain(self, last, moment):
        """Return what was given until the last day and not taken back then."""
        given = self.side == "given"
        domain = (
            Domain("company_id" if given else "agency_id", "=", self.company_id.id)
            & Domain("assigned_date", "<=", last)
            & (
                Domain("withdrawn_date", "=", False)
                | Domain("withdrawn_date", ">", moment)
            )
        )
        if not self.with_coordinating:
            domain &= Domain("role", "=", "lead")
        if self.agency_ids:
            name = "partner_id" if given else "company_id.partner_id"
            domain &= Domain(name, "in", self.agency_ids.ids)
        if given and self.unit_id:
            domain &= Domain("follow_unit_id", "=", self.unit_id.id)
        if given and self.programme_id:
            domain &= Domain("programme_id", "=", self.programme_id.id)
        if self.priority:
            domain &= Domain("priority", "=", self.priority)
        if self.source:
            domain &= Domain("task_id.source", "=", self.source)
        if self.director_name:
            domain &= Domain("task_id.director_name", "ilike", self.director_name)
        return domain
