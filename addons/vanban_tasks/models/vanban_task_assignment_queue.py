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
            & Domain("is_reviewer", "=", True)
        )

    @api.model
    def _get_had_side(self):
        """Return what the user carries out for the agency that has it."""
        return Domain("agency_id", "=", self.env.company.id) & Domain(
            "is_executor", "=", True
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
        answers = Domain("lead_agency_id", "=", self.env.company.id) & Domain(
            "is_reviewer", "=", True
        )
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
        waiting = Domain("report_ids", "any!", Domain("decision", "=", False))
        return Domain("phase", "!=", "withdrawn") & waiting

    @api.model
    def _get_late_domains(self):
        """Return when something waits too long, by queue; else as ``task_late``."""
        now = fields.Datetime.now()
        judge = Domain("decision", "=", False) & Domain("review_due", "<", now)
        answer = Domain("report_id", "=", False) & Domain("due", "<", now)
        return {
            "task_review": Domain("report_ids", "any!", judge),
            "task_answer": Domain("report_ids", "any!", judge),
            "task_request": Domain("request_ids", "any!", answer),
            "task_late": self._get_clock_domains()["late"],
        }

    def _get_act_deadline(self, key):
        """Return until when what a queue asks for is to be done."""
        self.ensure_one()
        row = self.sudo()
        if key in ("task_review", "task_answer"):
            moments = row.report_ids.filtered(lambda r: not r.decision)
            return min(moments.mapped("review_due"), default=row.deadline)
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
