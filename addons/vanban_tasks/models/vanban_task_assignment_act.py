from odoo import fields, models
from odoo.exceptions import UserError

from ..const import RUNNING_PHASES


class VanbanTaskAssignment(models.Model):
    """What is done with an assignment by those who gave it and those who have it."""

    _inherit = "vanban.task.assignment"

    def action_accept(self):
        """Accept tasks for the agency or unit that has them (128/QĐ-UBND Điều 4.3).

        :raise AccessError: somebody else's
        :raise UserError: accepted already, or ended
        """
        self._check_act("is_executor", ("open",))
        if any(row.accepted_date for row in self):
            raise UserError(self.env._("The task is accepted already."))
        self._accept()
        return True

    def action_report(self, values=None):
        """Send a result or a feedback; see :meth:`vanban.task.report._send`.

        The moment of sending decides whether the task is in time (Điều 5.1).

        :param dict values: ``kind``, ``content``, ``document_id`` or ``symbol``,
            ``date``, ``subject``, ``signer_name``, ``type_id``, ``files``
        :return: the id of the report
        """
        if len(self) != 1:
            raise UserError(self.env._("Report on one task at a time."))
        self._check_act("is_executor", ("open",))
        return self.env["vanban.task.report"]._send(self, values or {}).id

    def action_request_extension(self, values=None):
        """Ask for a later deadline, by a document (128/QĐ-UBND Điều 5.2d).

        :param dict values: ``deadline_day``, ``reason`` and the request's document:
            ``document_id``, or ``symbol``, ``date`` and ``files``
        :return: the id of the request
        """
        if len(self) != 1:
            raise UserError(self.env._("Ask for one task at a time."))
        self._check_act("is_executor", ("open",))
        return self.env["vanban.task.extension"]._ask(self, values or {}).id

    def action_request_answer(self, coordinator_ids=None, text=None, due_day=None):
        """Ask coordinating ones for their part (128/QĐ-UBND Điều 14.6).

        The time of the request and of the answer tell whose delay it was.

        :param list coordinator_ids: assignments that coordinate with this one
        :param str text: what is asked for
        :param date due_day: until when; the coordinating one's deadline by default
        """
        if len(self) != 1:
            raise UserError(self.env._("Ask for one task at a time."))
        self._check_act("is_executor", ("open",))
        return (
            self.env["vanban.task.request"]
            ._ask(self, coordinator_ids, text, due_day)
            .ids
        )

    def action_withdraw(self, reason=None):
        """Take back what is not done: by who gave it, or by the lead who asked for it.

        :raise UserError: no reason, or ended
        """
        self._check_act("is_reviewer", RUNNING_PHASES)
        self._withdraw(reason)
        return True

    # ---- steps ----

    def _give(self):
        """Open rows to those who carry them out, from now on."""
        self._join_lead()
        self._vanban_in_action().write({"assigned_date": fields.Datetime.now()})
        for unit, rows in self.filtered("unit_id").grouped("unit_id").items():
            rows._grant(units=unit)
        # one word to each, however many tasks there are
        whom = self.grouped(lambda row: (row.agency_id, row.unit_id))
        for rows in whom.values():
            sentence = self.env._("A task was given to you.")
            if len(rows) > 1:
                sentence = self.env._(
                    "%(count)s tasks were given to you, this one among them.",
                    count=len(rows),
                )
            rows[:1]._tell(rows[:1]._get_receivers(), sentence)

    def _join_lead(self):
        """Let coordinating ones answer to the lead where there is but one."""
        alone = self.filtered(lambda r: r.role == "coordinate" and not r.lead_id)
        leads = (
            alone.task_id._get_assignments()
            .filtered(lambda r: r.role == "lead" and r.phase != "withdrawn")
            .grouped("task_id")
        )
        for task, rows in alone.grouped("task_id").items():
            lead = leads.get(task, self.browse())
            if len(lead) != 1:
                raise UserError(
                    self.env._(
                        "Say with whom %(assignee)s coordinates.",
                        assignee=rows[0].assignee_name,
                    )
                )
            rows._vanban_in_action().write({"lead_id": lead.id})

    def _accept(self):
        self._vanban_in_action().write(
            {"accepted_date": fields.Datetime.now(), "accepted_by_id": self.env.uid}
        )

    def _withdraw(self, reason):
        reason = self.env["vanban.document"]._check_text(reason)
        if not reason:
            raise UserError(self.env._("Say why the task is taken back."))
        self._vanban_in_action().write(
            {
                "withdrawn_date": fields.Datetime.now(),
                "withdrawn_by_id": self.env.uid,
                "withdraw_reason": reason,
            }
        )
        for row in self:
            row._tell(
                row._get_receivers(),
                self.env._("The task was taken back: %(reason)s", reason=reason),
            )

    # ---- who is told ----

    def _get_receivers(self):
        """Return who is told: the handlers, or who receives for the agency."""
        row = self.sudo()
        people = row.handler_ids.user_id | row.handler_ids.department_id.vanban_head_ids
        if people or row.unit_id:
            return people | row.unit_id.vanban_head_ids
        first = row.agency_id.vanban_first_receiver_id
        # kept, where env.ref() asks the database for each row
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("vanban_core.group_clerk")
        clerks = self.env["res.groups"].browse(group_id).sudo().all_user_ids
        return first | clerks.filtered(
            lambda user: row.agency_id in user.company_ids and user.active
        )

    def _get_reviewers(self):
        """Return who is told of a report: who entered the task and follows it."""
        row = self.sudo()
        if row.lead_id:
            return row.lead_id._get_receivers()
        named = row.task_id.principal_ids
        return named.user_id | named.department_id.vanban_head_ids

    def _tell(self, users, body):
        """Notify people and refresh their desks; never the one who acts."""
        self.ensure_one()
        users = users.sudo().filtered("active") - self.env.user
        if not users:
            return
        self.sudo().message_notify(
            body=body,
            subject=self.display_name,
            partner_ids=users.partner_id.ids,
            author_id=self.env.user.partner_id.id,
        )
        users._vanban_notify_desk()
