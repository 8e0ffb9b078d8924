from odoo import api, fields, models


class CalendarEvent(models.Model):
    """The tasks that a meeting ended in, by its notice (128/QĐ-UBND Điều 3.1b)."""

    _inherit = "calendar.event"

    vanban_task_count = fields.Integer(
        string="Tasks from the conclusions", compute="_compute_vanban_tasks"
    )
    vanban_can_give_tasks = fields.Boolean(compute="_compute_vanban_tasks")

    @api.depends("vanban_conclusion_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_vanban_tasks(self):
        notices = self.env["vanban.document"]
        ids = self.sudo().vanban_conclusion_id.ids
        if ids and all(
            self.env[name].has_access("read") for name in (notices._name, "vanban.task")
        ):
            # what is not open to the user has no tasks here
            notices = notices.search([("id", "in", ids)])
        told = {one.id: (one.task_count, one.can_give_tasks) for one in notices}
        for event in self:
            count, can_give = told.get(event.sudo().vanban_conclusion_id.id, (0, False))
            event.vanban_task_count = count
            event.vanban_can_give_tasks = can_give

    def action_vanban_open_tasks(self):
        """Open the list of tasks that the notice of the meeting gives.

        :raise AccessError: the notice is not open to the user
        """
        return self._vanban_get_notice().action_open_tasks()

    def action_vanban_give_tasks(self):
        """Open the points of the notice that wait to become tasks, or a new task.

        :raise AccessError: the notice is not open to the user
        :raise UserError: it is not issued, or was recalled
        """
        notice = self._vanban_get_notice()
        if notice.can_give_tasks and notice.proposal_count:
            return notice.action_open_proposals()
        return notice.action_give_task()

    def _vanban_get_notice(self):
        self.ensure_one()
        self.check_access("read")
        # which one it is, is told below to whom it is open
        notice = self.sudo().vanban_conclusion_id.with_env(self.env)
        notice._check_visible()
        return notice
