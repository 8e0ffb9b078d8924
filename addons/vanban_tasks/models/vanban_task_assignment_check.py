from odoo import models
from odoo.exceptions import UserError


class VanbanTaskAssignment(models.Model):
    """To whom a task can be given, and until when (128/QĐ-UBND Điều 4.2)."""

    _inherit = "vanban.task.assignment"

    def _check_given_to(self):
        """Refuse an assignee or a deadline that no task can have.

        :raise UserError: to oneself, to a stranger, to a unit of another agency, too
            early, a coordinating one of another task
        """
        for row in self.sudo():
            task, agency = row.task_id, row.agency_id
            if not agency:
                raise UserError(
                    self.env._(
                        "%(agency)s does not work in this system.",
                        agency=row.assignee_name or "",
                    )
                )
            outside = agency != task.company_id
            if row.unit_id and outside:
                raise UserError(
                    self.env._("To a unit of another agency the agency is named.")
                )
            if not row.unit_id and not outside:
                raise UserError(self.env._("An agency gives no task to itself."))
            if row.unit_id and row.unit_id == task.unit_id:
                raise UserError(
                    self.env._("The unit that follows a task does not carry it out.")
                )
            if outside and not task.company_id.vanban_gives_tasks:
                raise UserError(
                    self.env._(
                        "%(agency)s gives tasks to its own units only.",
                        agency=task.company_id.name,
                    )
                )
            row._check_lead()
        gaps = self.sudo().filtered(lambda r: r.phase == "draft")._get_deadline_gaps()
        if gaps:
            raise UserError("\n".join(gaps))

    def _check_lead(self):
        lead = self.lead_id
        if lead and (
            lead.task_id != self.task_id
            or lead.role != "lead"
            or self.role != "coordinate"
        ):
            raise UserError(
                self.env._("A coordinating one answers to a lead of the same task.")
            )

    def _get_deadline_gaps(self):
        """Return why deadlines are too early, a sentence each (Điều 4.2)."""
        gaps = []
        for row in self:
            company = row.company_id
            first = company._vanban_shift_days(company._vanban_today(), 1)
            if row.deadline < company._vanban_end_of_day(first):
                gaps.append(
                    self.env._(
                        "%(assignee)s: the deadline is at least one working day ahead, "
                        "%(day)s at the earliest.",
                        assignee=row.assignee_name,
                        day=first.strftime("%d/%m/%Y"),
                    )
                )
            parent = row.task_id.parent_id
            if parent and row.deadline > parent.sudo().deadline:
                gaps.append(
                    self.env._(
                        "%(assignee)s: a part ends no later than the task it is a part "
                        "of.",
                        assignee=row.assignee_name,
                    )
                )
        return gaps
