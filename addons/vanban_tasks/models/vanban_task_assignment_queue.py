from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

# how many working days ahead a deadline is told
SOON_DAYS = 3


class VanbanTaskAssignment(models.Model):
    """The queues of the assigning and of the executing side (ux.md, Bàn làm việc)."""

    _inherit = "vanban.task.assignment"

    queue = fields.Char(compute="_compute_queue", search="_search_queue")
    review_due = fields.Datetime(
        string="To be judged by",
        compute="_compute_review_due",
        store=True,
        help="The first of the results and feedbacks that nobody judged yet.",
    )

    _review_idx = models.Index("(company_id, review_due) WHERE review_due IS NOT NULL")
    _answer_idx = models.Index(
        "(lead_agency_id, review_due) WHERE review_due IS NOT NULL"
    )
    _unaccepted_idx = models.Index(
        "(company_id, agency_id) WHERE phase = 'open' AND accepted_date IS NULL"
    )

    @api.depends("report_ids.decision", "report_ids.review_due")
    def _compute_review_due(self):
        waiting = Domain("assignment_id", "in", self.ids) & Domain(
            "decision", "=", False
        )
        Report = self.env["vanban.task.report"].sudo()
        moments = dict(
            Report._read_group(waiting, ["assignment_id"], ["review_due:min"])
        )
        for row in self:
            row.review_due = moments.get(row._origin)

    def _compute_queue(self):
        self.queue = False

    def _search_queue(self, operator, value):
        if operator not in ("=", "in"):
            return NotImplemented
        keys = value if operator == "in" else [value]
        queues = self._get_queue_domains()
        if set(keys) - queues.keys():
            raise UserError(self.env._("There is no such queue."))
        return Domain.OR(queues[key] for key in keys)

    @api.model
    def _get_queue_domains(self):
        """Return the domain of each queue for the current user, by its key."""
        return {**self._get_given_queues(), **self._get_had_queues()}

    @api.model
    def _get_given_side(self):
        """Return what the user follows for the agency that gave it."""
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("lead_id", "=", False)
            & Domain("phase", "!=", "draft")
            & self._get_giver_domain()
        )

    @api.model
    def _get_had_side(self):
        """Return what the user carries out for the agency that has it."""
        return Domain("agency_id", "=", self.env.company.id) & Domain(
            "is_executor", "=", True
        )

    @api.model
    def _has_given(self):
        """Has the user ever followed a task that the agency gave?"""
        if self.env.user.has_group("vanban_core.group_office_head"):
            return bool(self.search_count(self._get_given_side(), limit=1))
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("assigned_date", "!=", False)
            & Domain("principal_ids", "in", self._get_keys())
        )
        # who is named sees it: the rule would say it again, and make it slow
        return bool(self.env["vanban.task"].sudo().search_count(domain, limit=1))

    @api.model
    def _has_had(self):
        """Has the user ever carried out a task for the agency that has it?"""
        had = Domain("agency_id", "=", self.env.company.id)
        had &= Domain("phase", "!=", "draft")
        # one question for each way to have it, as above without the rule
        return any(
            self.sudo().search_count(had & mine, limit=1)
            for mine in self._get_executor_domains()
        )

    @api.model
    def _get_clock_domains(self):
        """Return what is open and late, and what soon will be."""
        company = self.env.company
        now = fields.Datetime.now()
        day = company._vanban_shift_days(company._vanban_today(), SOON_DAYS)
        soon = Domain("deadline", "<=", company._vanban_end_of_day(day))
        is_open = Domain("phase", "=", "open")
        return {
            "late": is_open & Domain("deadline", "<", now),
            "soon": is_open & Domain("deadline", ">=", now) & soon,
        }

    def _get_given_queues(self):
        side, clock = self._get_given_side(), self._get_clock_domains()
        is_open = Domain("phase", "=", "open")
        asked = Domain("extension_ids", "any!", Domain("state", "=", "requested"))
        return {
            "task_review": side & self._get_to_judge(),
            "task_extension": side & is_open & asked,
            "task_late": side & clock["late"],
            "task_soon": side & clock["soon"],
            "task_unaccepted": side & is_open & Domain("accepted_date", "=", False),
        }

    def _get_had_queues(self):
        side, clock = self._get_had_side(), self._get_clock_domains()
        doing = side & Domain("phase", "=", "open")
        unanswered = Domain("request_ids", "any!", Domain("report_id", "=", False))
        answers = Domain("lead_agency_id", "=", self.env.company.id)
        answers &= self._get_lead_domain()
        return {
            "task_to_accept": doing & Domain("accepted_date", "=", False),
            "task_refused": doing & Domain("decision", "=", "refused"),
            "task_request": doing & unanswered,
            "task_answer": answers & self._get_to_judge(),
            "task_had_late": side & clock["late"],
            "task_had_soon": side & clock["soon"],
            "task_doing": doing & Domain("accepted_date", "!=", False),
        }

    @api.model
    def _get_to_judge(self):
        """Return what has a result or a feedback that nobody judged yet."""
        return Domain("phase", "!=", "withdrawn") & Domain("review_due", "!=", False)

    @api.model
    def _get_late_domains(self):
        """Return when something waits too long, by queue; else as ``task_late``."""
        now = fields.Datetime.now()
        judge = Domain("review_due", "<", now)
        answer = Domain("report_id", "=", False) & Domain("due", "<", now)
        return {
            "task_review": judge,
            "task_answer": judge,
            "task_request": Domain("request_ids", "any!", answer),
            "task_late": self._get_clock_domains()["late"],
        }

    def _get_act_deadline(self, key):
        """Return until when what a queue asks for is to be done."""
        self.ensure_one()
        row = self.sudo()
        if key in ("task_review", "task_answer"):
            return row.review_due
        if key == "task_request":
            requests = row.request_ids.filtered(lambda r: not r.report_id)
            return min(requests.mapped("due"), default=row.deadline)
        return row.deadline

    def _field_to_sql(self, alias, field_expr, query=None):
        """Tell since when an extension or an answer is asked for, for the desk."""
        if field_expr != "asked_since":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            "(SELECT MIN(requested_on) FROM (SELECT requested_on"
            " FROM vanban_task_extension WHERE assignment_id = %(id)s"
            " AND state = 'requested' UNION ALL SELECT requested_on"
            " FROM vanban_task_request WHERE assignment_id = %(id)s"
            " AND report_id IS NULL) AS asked)",
            id=SQL.identifier(alias, "id"),
        )
