from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

_MAX_DAYS = 366


class VanbanTaskScorePeriod(models.Model):
    """A period that is scored, as a year (kỳ chấm điểm thi đua; 128/QĐ-UBND Điều 15.2).

    ====================  ==========================================================
    who                   sees
    ====================  ==========================================================
    the assigning agency  its periods, the ranking; the deductions as far as its tasks
    a scored agency       its own deductions; the ranking once the period is closed
    ====================  ==========================================================
    """

    _name = "vanban.task.score.period"
    _inherit = ["vanban.mixin"]
    _description = "Scored period"
    _order = "date_from desc, id desc"
    _guarded_fields = frozenset(
        {"state", "computed_on", "closed_on", "closed_label", "line_ids", "score_ids"}
    )

    # ---- identity ----
    name = fields.Char(
        required=True,
        default=lambda self: self.env._(
            "Year %(year)s", year=self.env.company._vanban_today().year
        ),
    )
    company_id = fields.Many2one(
        "res.company",
        string="Assigning agency",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    company_name = fields.Char(related="company_id.name", string="Scored by")
    base = fields.Float(
        string="Points to begin with",
        digits=(6, 2),
        required=True,
        default=100,
        aggregator=None,
    )

    # ---- dates ----
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._vanban_today().replace(month=1, day=1),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._vanban_today().replace(month=12, day=31),
    )

    # ---- work ----
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    computed_on = fields.Datetime(
        string="Counted up to", readonly=True, copy=False, help="Facts until then."
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_label = fields.Char(string="Closed by", readonly=True, copy=False)
    line_ids = fields.One2many(
        "vanban.task.score.line", "period_id", string="Deductions", readonly=True
    )
    score_ids = fields.One2many(
        "vanban.task.score", "period_id", string="Ranking", readonly=True
    )
    line_count = fields.Integer(compute="_compute_counts")
    waiting_count = fields.Integer(string="To decide", compute="_compute_counts")
    can_manage = fields.Boolean(compute="_compute_can_manage")
    can_see_ranking = fields.Boolean(compute="_compute_can_manage")

    _dates = models.Constraint(
        f"CHECK (date_to >= date_from AND date_to - date_from < {_MAX_DAYS})",
        "A period lasts from one day to one year.",
    )
    _base = models.Constraint(
        "CHECK (base >= 0)", "The points to begin with are not negative."
    )
    # a range of one id needs no extension of the database
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(company_id, company_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "The periods of an agency share no day.",
    )

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {period: [0, 0] for period in self}
        rows = self.env["vanban.task.score.line"]._read_group(
            [("period_id", "in", self.ids), ("state", "!=", "gone")],
            ["period_id", "state"],
            ["__count"],
        )
        for period, state, count in rows:
            counts[period][0] += count
            counts[period][1] += count if state in ("proposed", "objected") else 0
        for period in self:
            period.line_count, period.waiting_count = counts.get(period, (0, 0))

    @api.depends("state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_manage(self):
        head = self.env.user.has_group("vanban_core.group_office_head")
        for period in self:
            own = period.company_id in self.env.companies
            period.can_manage = head and own and period.state == "open"
            period.can_see_ranking = own or period.state == "closed"

    @api.constrains("company_id")
    def _check_company(self):
        for period in self:
            if not period.company_id.sudo().vanban_gives_tasks:
                raise ValidationError(
                    self.env._("Only an agency that gives tasks to others scores them.")
                )

    # ---- create, write, delete ----

    def write(self, vals):
        if self._vanban_is_in_action():
            return super().write(vals)
        self._check_open()
        if "company_id" in vals:
            raise UserError(self.env._("A period stays with its agency."))
        result = super().write(vals)
        if "base" in vals:
            self._rank()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_argued(self):
        if self._vanban_is_uninstalling():
            return
        self._check_open()
        argued = Domain("objection_date", "!=", False) | Domain("decision", "!=", False)
        if self.line_ids.sudo().filtered_domain(argued):
            raise UserError(
                self.env._("Objections and decisions of a period are not deleted.")
            )

    # ---- actions ----

    def action_compute(self):
        """Find anew what costs points; objections and decisions stay.

        :raise AccessError: not an office head or leader of the assigning agency
        :raise UserError: closed, or not begun yet
        """
        self._check_manage()
        self._compute_lines()
        return True

    def action_close(self):
        """End a period and show its ranking to those scored; nothing changes after.

        :raise AccessError: not an office head or leader of the assigning agency
        :raise UserError: not ended yet, or something is still to be decided
        """
        self._check_manage()
        for period in self:
            if period.date_to >= period.company_id._vanban_today():
                raise UserError(
                    self.env._(
                        "“%(period)s” ends on %(day)s: close it after that.",
                        period=period.name,
                        day=period.date_to.strftime("%d/%m/%Y"),
                    )
                )
        self._compute_lines()
        self._check_settled()
        person = self.env.user._vanban_person()
        self._vanban_in_action().write(
            {
                "state": "closed",
                "closed_on": fields.Datetime.now(),
                "closed_label": self.env["vanban.routing"]._get_label(person),
            }
        )
        return True

    def action_open_lines(self):
        return self._open("vanban_tasks.vanban_task_score_line_action")

    def action_open_waiting(self):
        return self._open(
            "vanban_tasks.vanban_task_score_line_action", search_default_waiting=1
        )

    def action_open_ranking(self):
        return self._open("vanban_tasks.vanban_task_score_action", in_period=True)

    def action_export(self):
        """Return the action that downloads the ranking as XLSX (DT-15.2)."""
        self.ensure_one()
        self._check_export()
        return {
            "type": "ir.actions.act_url",
            "url": f"/vanban_tasks/score/{self.id}",
            "target": "download",
        }

    # ---- checks ----

    def _open(self, action, **context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {
            **action,
            "domain": [("period_id", "=", self.id)],
            "context": context,
            "display_name": f"{action['name']} – {self.name}",
        }

    def _check_open(self):
        for period in self.sudo():
            if period.state == "closed":
                raise UserError(
                    self.env._(
                        "“%(period)s” is closed: nothing in it changes.",
                        period=period.name,
                    )
                )

    def _check_manage(self):
        """Lock the periods for the assigning side's heads, while they are open."""
        if not self:
            raise UserError(self.env._("Choose a period first."))
        if (
            any(type(id_) is not int for id_ in self._ids)
            or self._filtered_access("write") != self
        ):
            raise AccessError(
                self.env._(
                    "Only the office head and the leaders of the assigning agency can "
                    "do this."
                )
            )
        self._lock()
        self._check_open()

    def _lock(self):
        """Let one at a time change a period, and see what the others did."""
        self._vanban_lock()
        self.invalidate_recordset(["state"], flush=False)

    def _check_settled(self):
        """Refuse to close while somebody is still to decide.

        :raise UserError: what is left to decide, a sentence each
        """
        gaps = []
        for period in self.sudo():
            if period.waiting_count:
                gaps.append(
                    self.env._(
                        "%(count)s deductions of “%(period)s” still wait for a "
                        "decision: count anew and decide on them.",
                        count=period.waiting_count,
                        period=period.name,
                    )
                )
            unjudged = (
                self.env["vanban.task.report"]
                .sudo()
                .search_count(
                    Domain("kind", "=", "result")
                    & Domain("decision", "=", False)
                    & Domain("is_late", "=", True)
                    & Domain("sent_date", "<=", period._get_bounds()[1])
                    & Domain("assignment_id.company_id", "=", period.company_id.id)
                    & Domain("assignment_id.partner_id", "!=", False)
                    & Domain("assignment_id.role", "=", "lead")
                    & Domain("assignment_id.phase", "=", "waiting")
                )
            )
            if unjudged:
                gaps.append(
                    self.env._(
                        "%(count)s late results of “%(period)s” are not judged yet.",
                        count=unjudged,
                        period=period.name,
                    )
                )
        if gaps:
            raise UserError("\n".join(gaps))

    def _check_export(self):
        """Refuse the ranking to whoever does not see it."""
        if not self._filtered_access("read") or not self.can_see_ranking:
            raise AccessError(
                self.env._("The ranking is open to the agencies after the closing.")
            )
