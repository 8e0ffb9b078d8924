from odoo import api, fields, models
from odoo.exceptions import UserError

# a longer line of time shows no days off
_MOST_DAYS = 1100


class VanbanTaskAssignment(models.Model):
    """What happened to an assignment, and when (Diễn biến)."""

    _inherit = "vanban.task.assignment"

    @api.readonly
    def get_history(self):
        """Return what happened to the assignment, oldest first.

        :return: list of dicts ``key``, ``label``, ``when`` (UTC), ``who`` (name and
            title, or agency), ``text``, ``note`` (what was late or is waited for) and
            ``tone``: ``good``, ``bad``, ``wait`` or none
        :raise AccessError: not open to the user
        """
        self._check_visible()
        if len(self) != 1:
            raise UserError(self.env._("Choose one task."))
        row = self.sudo()  # names of colleagues stand on the papers of both sides
        events = [
            *row._get_own_events(),
            *(e for report in row.report_ids for e in report._get_events()),
            *(e for one in row.extension_ids for e in one._get_events()),
            *(e for one in row._get_shown_requests() for e in one._get_events()),
        ]
        events.sort(key=lambda event: event["when"])
        return [
            {"key": key, **event, "when": fields.Datetime.to_string(event["when"])}
            for key, event in enumerate(events)
        ]

    @api.model
    @api.readonly
    def get_days_off(self, first, last):
        """Return the days between two dates on which the agency does not work.

        :param str first, last: dates; too long a time has none
        """
        try:
            first, last = fields.Date.to_date(first), fields.Date.to_date(last)
            days = (last - first).days
        except (TypeError, ValueError, AttributeError) as error:
            raise UserError(self.env._("This is not a date.")) from error
        if days > _MOST_DAYS:
            return []
        company = self.env.company
        dates = [fields.Date.add(first, days=day) for day in range(days + 1)]
        return [
            fields.Date.to_string(date)
            for date in dates
            if not company._vanban_is_working_day(date)
        ]

    def _get_own_events(self):
        if self.assigned_date:
            yield self._prepare_event(
                self.env._("Task given"),
                self.assigned_date,
                self.company_name,
                note=self.env._(
                    "Deadline %(day)s",
                    day=self._get_day_words(self.first_deadline or self.deadline),
                ),
            )
        if self.accepted_date:
            yield self._prepare_event(
                self.env._("Task accepted"),
                self.accepted_date,
                self.accepted_by_id.name,
            )
        if self.withdrawn_date:
            yield self._prepare_event(
                self.env._("Task withdrawn"),
                self.withdrawn_date,
                self.withdrawn_by_id.name,
                text=self.withdraw_reason,
                tone="bad",
            )

    def _get_shown_requests(self):
        """Return what the row was asked for, and what it asked others for."""
        return self.request_ids | self.coordinator_ids.request_ids

    @api.model
    def _prepare_event(self, label, when, who="", text="", note="", tone=""):
        return {
            "label": label,
            "when": when,
            "who": who or "",
            "text": text or "",
            "note": note,
            "tone": tone,
        }

    @api.model
    def _get_day_words(self, moment):
        local = self.env.company._vanban_to_local(moment)
        return local.strftime("%d/%m/%Y")


class VanbanTaskReport(models.Model):
    _inherit = "vanban.task.report"

    def _get_events(self):
        """Return the sending of a report and its judgement, for the history."""
        row = self.assignment_id
        is_result = self.kind == "result"
        yield row._prepare_event(
            self.env._("Result reported") if is_result else self.env._("Feedback sent"),
            self.sent_date,
            self.sent_label,
            text=" – ".join(filter(None, (self.symbol, self.subject, self.content))),
            note=self.env._("After the deadline") if self.is_late else "",
            tone="" if self.decision else "wait",
        )
        if self.decision:
            yield row._prepare_event(
                self.env._("Satisfactory")
                if self.decision == "approved"
                else self.env._("Not satisfactory"),
                self.decision_date,
                self.decision_label,
                text=self.reason,
                note=self.env._("Judged late") if self.is_review_late else "",
                tone="good" if self.decision == "approved" else "bad",
            )


class VanbanTaskExtension(models.Model):
    _inherit = "vanban.task.extension"

    def _get_events(self):
        """Return the request and the decision on it, for the history."""
        row = self.assignment_id
        yield row._prepare_event(
            self.env._("Extension asked for"),
            self.requested_on,
            self.requested_by_id.name,
            text=" – ".join(filter(None, (self.request_symbol, self.reason))),
            note=self.env._(
                "Until %(day)s", day=self.deadline_day.strftime("%d/%m/%Y")
            ),
            tone="wait" if self.state == "requested" else "",
        )
        if self.state == "accepted":
            yield row._prepare_event(
                self.env._("Extension granted"),
                self.decided_on,
                self.decided_by_id.name,
                text=self.approval_symbol,
                note=self.env._(
                    "Deadline %(day)s", day=row._get_day_words(self.new_deadline)
                ),
                tone="good",
            )
        elif self.state == "refused":
            yield row._prepare_event(
                self.env._("Extension refused"),
                self.decided_on,
                self.decided_by_id.name,
                text=self.answer,
                tone="bad",
            )


class VanbanTaskRequest(models.Model):
    _inherit = "vanban.task.request"

    def _get_events(self):
        """Return the request and its answer, for the history of either side."""
        row = self.assignment_id
        yield row._prepare_event(
            self.env._("%(agency)s asked to coordinate", agency=row.assignee_name),
            self.requested_on,
            self.requested_by_id.name,
            text=self.text,
            note=self.env._("Answer by %(day)s", day=row._get_day_words(self.due)),
            tone="" if self.answered_on else "wait",
        )
        if self.answered_on:
            late = self.answered_on > self.due
            yield row._prepare_event(
                self.env._("%(agency)s answered", agency=row.assignee_name),
                self.answered_on,
                self.report_id.sent_label,
                note=self.env._("After the deadline") if late else "",
                tone="bad" if late else "",
            )
