from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.vanban_core.tools.args import to_id

from ..const import DONE_PHASES, PHASES, ROLES, STATES


class VanbanTaskAssignment(models.Model):
    """What one agency or unit has to do of a task, with its own deadline.

    The state is never stored: ``phase`` follows from the last report, its decision and
    the deadline; whether an open one is late, from the clock. So no job has to run,
    and a filter on a state is a range of the index on phase and deadline
    (128/QĐ-UBND Điều 5).
    """

    _name = "vanban.task.assignment"
    _inherit = [
        "vanban.task.visible",
        "vanban.routable",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Assignment"
    _order = "deadline, id"
    _rec_names_search = ["task_id.search_text", "assignee_name"]
    _mail_post_access = "read"
    _guarded_fields = frozenset(
        {
            "company_id",
            "assigned_date",
            "accepted_date",
            "accepted_by_id",
            "last_report_id",
            "withdrawn_date",
            "withdrawn_by_id",
            "withdraw_reason",
            "handler_ids",
            "viewer_ids",
            "routing_ids",
            "progress_ids",
            "report_ids",
            "extension_ids",
            "request_ids",
            "refusal_count",
        }
    )

    # ---- identity ----
    task_id = fields.Many2one(
        "vanban.task", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="task_id.company_id", store=True, precompute=True
    )
    role = fields.Selection(ROLES, required=True, default="lead")
    partner_id = fields.Many2one(
        "res.partner",
        string="Agency",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('vanban_is_agency', '=', True)]",
    )
    unit_id = fields.Many2one(
        "hr.department", ondelete="restrict", index="btree_not_null"
    )
    agency_id = fields.Many2one(
        "res.company",
        string="Agency that has it",
        compute="_compute_agency_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    assignee_name = fields.Char(
        string="Carried out by",
        compute="_compute_agency_id",
        store=True,
        precompute=True,
        help="As it was called on the day.",
    )
    lead_id = fields.Many2one(
        "vanban.task.assignment",
        string="Coordinates with",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('task_id', '=', task_id), ('role', '=', 'lead')]",
        help="Who asks a coordinating one, and confirms its answers.",
    )
    coordinator_ids = fields.One2many("vanban.task.assignment", "lead_id")

    # ---- what all see of the task ----
    content = fields.Text(related="task_id.content")
    company_name = fields.Char(related="task_id.company_name", string="Given by")
    source_symbol = fields.Char(related="task_id.source_symbol", string="By document")
    source_date = fields.Date(related="task_id.source_date", string="Of")
    priority = fields.Selection(related="task_id.priority", store=True)
    programme_id = fields.Many2one(related="task_id.programme_id", store=True)
    follow_unit_id = fields.Many2one(
        related="task_id.unit_id", string="Followed by", store=True
    )

    # ---- dates ----
    deadline_day = fields.Date(
        string="Deadline", required=True, help="Until 24:00 of this day."
    )
    deadline = fields.Datetime(
        string="Deadline (moment)",
        compute="_compute_deadline",
        store=True,
        precompute=True,
        required=True,
    )
    first_deadline = fields.Datetime(
        compute="_compute_first_deadline", help="Before the first extension."
    )
    assigned_date = fields.Datetime(string="Given on", readonly=True)
    accepted_date = fields.Datetime(string="Accepted on", readonly=True)
    accepted_by_id = fields.Many2one("res.users", string="Accepted by", readonly=True)
    withdrawn_date = fields.Datetime(string="Withdrawn on", readonly=True)
    withdrawn_by_id = fields.Many2one("res.users", string="Withdrawn by", readonly=True)
    withdraw_reason = fields.Text(string="Reason of withdrawal", readonly=True)

    # ---- facts and state ----
    last_report_id = fields.Many2one(
        "vanban.task.report", string="Last result", readonly=True, ondelete="restrict"
    )
    report_date = fields.Datetime(
        related="last_report_id.sent_date", string="Reported on", store=True
    )
    decision = fields.Selection(related="last_report_id.decision", store=True)
    phase = fields.Selection(
        PHASES, compute="_compute_phase", store=True, precompute=True
    )
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        search="_search_state",
        group_expand="_expand_states",
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_state", search="_search_is_overdue"
    )

    # ---- rows ----
    report_ids = fields.One2many("vanban.task.report", "assignment_id", readonly=True)
    extension_ids = fields.One2many(
        "vanban.task.extension", "assignment_id", readonly=True
    )
    request_ids = fields.One2many("vanban.task.request", "assignment_id", readonly=True)
    part_ids = fields.One2many("vanban.task", "parent_id", string="Parts")
    extension_count = fields.Integer(
        string="Extensions", compute="_compute_extension_count", store=True
    )
    refusal_count = fields.Integer(string="Refused results", readonly=True)

    # a coordinating one answers to the lead, which is of the same task
    _unit_or_agency = models.Constraint(
        "CHECK (num_nonnulls(partner_id, unit_id) = 1)",
        "A task is carried out by an agency or by a unit.",
    )
    _agency_uniq = models.UniqueIndex(
        "(task_id, partner_id) WHERE partner_id IS NOT NULL AND withdrawn_date IS NULL",
        "An agency has a task once.",
    )
    _unit_uniq = models.UniqueIndex(
        "(task_id, unit_id) WHERE unit_id IS NOT NULL AND withdrawn_date IS NULL",
        "A unit has a task once.",
    )
    # what the rules ask is in them: a list is found and counted in the index alone
    _given_idx = models.Index(
        "(company_id, phase, deadline, id)"
        " INCLUDE (agency_id, lead_agency_id, principal_keys)"
    )
    _had_idx = models.Index(
        "(agency_id, phase, deadline, id)"
        " INCLUDE (company_id, lead_agency_id, principal_keys)"
    )
    _given_list_idx = models.Index("(company_id, deadline, id)")
    _had_list_idx = models.Index("(agency_id, deadline, id)")

    # ---- computes ----

    @api.depends("partner_id", "unit_id")
    def _compute_agency_id(self):
        agencies = self.partner_id._vanban_get_agencies()
        for row in self:
            # the name stays that of the day
            if row.unit_id:
                row.agency_id = row.unit_id.sudo().company_id
                row.assignee_name = row.unit_id.sudo().name
            else:
                row.agency_id = agencies.get(row.partner_id._origin.id)
                row.assignee_name = row.partner_id.name

    @api.depends("deadline_day")
    def _compute_deadline(self):
        for row in self:
            company = row.company_id or row.task_id.company_id or self.env.company
            if row.deadline_day:
                row.deadline = company._vanban_end_of_day(row.deadline_day)
            else:
                row.deadline = False

    @api.depends("extension_ids.state")
    def _compute_first_deadline(self):
        for row in self:
            row.first_deadline = row.sudo()._get_accepted()[:1].old_deadline

    @api.depends("extension_ids.state")
    def _compute_extension_count(self):
        for row in self:
            row.extension_count = len(row.sudo()._get_accepted())

    def _get_accepted(self):
        """Return the accepted extensions, oldest first."""
        return self.extension_ids.filtered(lambda e: e.state == "accepted").sorted("id")

    @api.depends(
        "assigned_date",
        "withdrawn_date",
        "deadline",
        "last_report_id.sent_date",
        "last_report_id.decision",
    )
    def _compute_phase(self):
        for row in self:
            report = row.last_report_id.sudo()
            if row.withdrawn_date:
                row.phase = "withdrawn"
            elif not row.assigned_date:
                row.phase = "draft"
            elif not report or report.decision == "refused":
                row.phase = "open"
            elif not report.decision:
                row.phase = "waiting"
            else:
                # the moment of the report decides, not that of its confirmation
                in_time = report.sent_date <= row.deadline
                row.phase = "done" if in_time else "done_late"

    @api.depends("phase", "deadline")
    def _compute_state(self):
        now = fields.Datetime.now()
        for row in self:
            if row.phase == "open":
                row.state = "doing" if row.deadline >= now else "doing_late"
            else:
                row.state = row.phase
            row.is_overdue = row.state == "doing_late"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        is_open = Domain("phase", "=", "open")
        by_clock = {
            "doing": is_open & Domain("deadline", ">=", now),
            "doing_late": is_open & Domain("deadline", "<", now),
        }
        return Domain.OR(
            by_clock.get(state, Domain("phase", "=", state)) for state in value
        )

    def _search_is_overdue(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return self._search_state("in", ["doing_late"])

    def _field_to_sql(self, alias, field_expr, query=None):
        """Let lists sort and count by the state, which is stored nowhere."""
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)
        phase = super()._field_to_sql(alias, "phase", query)
        return SQL(
            "(CASE WHEN %s <> 'open' THEN %s WHEN %s >= %s THEN 'doing'"
            " ELSE 'doing_late' END)",
            phase,
            phase,
            super()._field_to_sql(alias, "deadline", query),
            fields.Datetime.now(),
        )

    @api.model
    def _expand_states(self, values, domain):
        """Show every state of what was given as a column, also an empty one."""
        return [key for key, _label in STATES if key not in ("draft", "withdrawn")]

    @api.depends("task_id.display_name", "assignee_name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.assignee_name}: {row.task_id.display_name}"

    def _is_done(self):
        return self.phase in DONE_PHASES

    # ---- create, write, delete ----

    def _vanban_clean_new(self, vals):
        if not self._vanban_is_in_action():
            vals = {
                name: value
                for name, value in vals.items()
                if value or not self._vanban_is_guarded(name)
            }
        if not vals.get("deadline_day"):
            raise UserError(self.env["vanban.task"]._get_deadline_sentence())
        return super()._vanban_clean_new(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self._vanban_is_in_action():
            ids = {to_id(vals.get("task_id")) for vals in vals_list}
            tasks = self.env["vanban.task"].browse(ids).exists()
            if tasks._get_own() != tasks:
                raise tasks._make_closed_error()
        rows = super().create(vals_list)
        rows._check_given_to()
        return rows

    def write(self, vals):
        if self._vanban_is_in_action():
            return super().write(vals)
        plain = {"message_follower_ids", "activity_ids", "message_ids"}
        if vals.keys() - plain and any(r.phase != "draft" for r in self.sudo()):
            raise UserError(
                self.env._(
                    "What is given is not changed: extend the deadline, or withdraw it."
                )
            )
        if "task_id" in vals:
            raise UserError(self.env._("An assignment stays with its task."))
        result = super().write(vals)
        if vals.keys() - plain:
            self._check_given_to()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_given(self):
        if self._vanban_is_uninstalling():
            return
        if any(row.phase != "draft" for row in self):
            raise UserError(
                self.env._("A task that was given is withdrawn, not deleted.")
            )
