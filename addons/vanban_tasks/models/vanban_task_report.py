from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.vanban_core.tools.args import to_id

from ..const import DECISIONS, REPORT_KINDS


class VanbanTaskReport(models.Model):
    """What was reported on an assignment, and how it was judged.

    A row is written when it is sent and once more when it is decided on, and never
    changed after that (128/QĐ-UBND Điều 4.4, 4.5, 14.4).
    """

    _name = "vanban.task.report"
    _inherit = ["vanban.task.part"]
    _description = "Report on a task"
    _order = "sent_date desc, id desc"

    assignment_id = fields.Many2one(
        "vanban.task.assignment", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(REPORT_KINDS, required=True, default="result")
    content = fields.Text(string="What was done")

    # ---- the document that answers (Điều 14.4b) ----
    document_id = fields.Many2one(
        "vanban.document", index="btree_not_null", ondelete="restrict"
    )
    type_id = fields.Many2one(
        "vanban.document.type", string="Kind of document", ondelete="restrict"
    )
    symbol = fields.Char(string="Number and symbol")
    date = fields.Date(string="Date of document")
    subject = fields.Text()
    signer_name = fields.Char(string="Signed by")
    file_ids = fields.One2many("vanban.task.file", "report_id", string="Files")

    # ---- sending ----
    sent_date = fields.Datetime(string="Sent on", required=True)
    sent_by_id = fields.Many2one("res.users", string="Sent by", required=True)
    sent_label = fields.Char(string="Name and title of the sender")
    deadline = fields.Datetime(
        string="Deadline then", help="In force when it was sent."
    )
    is_late = fields.Boolean(string="After the deadline")
    entry_due = fields.Datetime(string="To be entered by")
    is_late_entry = fields.Boolean(string="Entered late")

    # ---- judging ----
    decision = fields.Selection(DECISIONS)
    decision_date = fields.Datetime(string="Judged on")
    decision_by_id = fields.Many2one("res.users", string="Judged by")
    decision_label = fields.Char(string="Name and title of the judge")
    reason = fields.Text(help="What is to be completed.")
    review_due = fields.Datetime(string="To be judged by")
    is_review_late = fields.Boolean(
        string="Judged late",
        compute="_compute_is_review_late",
        search="_search_is_review_late",
    )

    _one_waiting = models.UniqueIndex(
        "(assignment_id) WHERE decision IS NULL AND kind = 'result'",
        "A result waits for confirmation already.",
    )
    _sent_idx = models.Index("(sent_date)")
    _waiting_idx = models.Index("(review_due) WHERE decision IS NULL")

    @api.depends("review_due", "decision_date")
    def _compute_is_review_late(self):
        now = fields.Datetime.now()
        for report in self:
            due = report.review_due
            report.is_review_late = bool(due and (report.decision_date or now) > due)

    def _search_is_review_late(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        now = fields.Datetime.now()

        def to_sql(model, alias, query):
            return SQL(
                "COALESCE(%s, %s) > %s",
                model._field_to_sql(alias, "decision_date", query),
                now,
                model._field_to_sql(alias, "review_due", query),
            )

        return Domain.custom(to_sql=to_sql)

    @api.depends("symbol", "kind", "sent_date")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for report in self:
            report.display_name = report.symbol or labels.get(report.kind, "")

    # ---- sending ----

    @api.model
    def _send(self, assignment, values):
        """Write a report; ``assignment`` is locked and open, its right is checked.

        :raise UserError: data of the answer or its signed file missing, a date ahead
        """
        vals, files, document = self._read_values(assignment, values)
        now = fields.Datetime.now()
        giver = assignment.company_id.sudo()
        person = self.env.user._vanban_person()
        vals |= {
            "assignment_id": assignment.id,
            "sent_date": now,
            "sent_by_id": self.env.uid,
            "sent_label": self.env["vanban.routing"]._get_label(person),
            "deadline": assignment.deadline,
            "is_late": now > assignment.deadline,
            "review_due": giver._vanban_due_same_day(now),
        }
        report = self._vanban_in_action().create(vals).with_env(self.env)
        File = self.env["vanban.task.file"]
        if document:
            File._copy_document(assignment, {"report_id": report.id}, document)
        File._keep_all(assignment, {"report_id": report.id}, files)
        if report.kind == "result":
            assignment._vanban_in_action().write({"last_report_id": report.id})
            assignment._answer_requests(report)
        if not assignment.accepted_date:
            assignment._accept()
        sentence = self.env._("A report waits for your confirmation.")
        assignment._tell(assignment._get_reviewers(), sentence)
        return report

    @api.model
    def _read_values(self, assignment, values):
        """Return the values of a report, its files and the document it is made of."""
        try:
            kind = values.get("kind") or "result"
            document_id = to_id(values.get("document_id"))
        except AttributeError as error:
            raise UserError(self.env._("Say what you report.")) from error
        if not isinstance(kind, str) or kind not in dict(REPORT_KINDS):
            raise UserError(self.env._("A report is a result or a feedback."))
        document = self.env["vanban.document"].browse(document_id or None)
        files = self.env["vanban.task.file"]._read_files(values.get("files"))
        vals = self._read_paper(assignment, document, values)
        vals |= {"kind": kind, "content": self._read_text(values.get("content"))}
        if kind == "feedback" and not vals["content"]:
            raise UserError(self.env._("Say what you report."))
        # a coordinating one may answer without a document of its own
        if kind == "result" and assignment.role == "lead":
            self._check_answer(vals, document, files)
        elif kind == "result" and not (vals["content"] or vals["symbol"]):
            raise UserError(self.env._("Say what you report."))
        return vals, files, document

    @api.model
    def _read_text(self, value):
        return self.env["vanban.document"]._check_text(value)

    @api.model
    def _read_paper(self, assignment, document, values):
        """Return what is known of the document that answers.

        :raise UserError: not an issued document of the agency, or not a date
        """
        if document:
            return self._read_document(assignment, document)
        company = assignment.agency_id.sudo()
        try:
            date = fields.Date.to_date(values.get("date"))
        except (ValueError, TypeError) as error:
            raise UserError(self.env._("This is not a date.")) from error
        if date and date > company._vanban_today():
            raise UserError(self.env._("The date of a document is not in the future."))
        kind = self.env["vanban.document.type"].browse(to_id(values.get("type_id")))
        after = bool(values.get("after_cutoff"))
        due = date and company._vanban_entry_due(date, after)
        return {
            "type_id": kind.exists().id,
            "symbol": self._read_text(values.get("symbol")),
            "date": date,
            "subject": self._read_text(values.get("subject")),
            "signer_name": self._read_text(values.get("signer_name")),
            **self._get_entry_vals(due),
        }

    @api.model
    def _read_document(self, assignment, document):
        """Return the data of an issued document that answers.

        :raise UserError: not an issued document of the agency
        """
        document._check_visible()
        told = document.sudo()
        if (
            told.direction != "outgoing"
            or told.state != "issued"
            or told.is_secret
            or told.company_id != assignment.agency_id
        ):
            raise UserError(
                self.env._(
                    "The answer is an issued document of the agency that has the task."
                )
            )
        entry = told.register_entry_id
        due = told.company_id._vanban_task_entry_due(entry.date, entry.create_date)
        return {
            "document_id": document.id,
            "type_id": told.document_type_id.id,
            "symbol": told.symbol,
            "date": told.date,
            "subject": told.subject,
            "signer_name": told.signer_name,
            **self._get_entry_vals(due),
        }

    @api.model
    def _get_entry_vals(self, due):
        late = bool(due and fields.Datetime.now() > due)
        return {"entry_due": due or False, "is_late_entry": late}

    @api.model
    def _check_answer(self, vals, document, files):
        """Refuse a result that no document proves (Điều 14.4b; BS-7.3d).

        :raise UserError: everything that is missing, a sentence each
        """
        gaps = []
        for name in ("symbol", "date", "subject", "signer_name"):
            if not vals[name]:
                label = self._vanban_labels([name])[0]
                gaps.append(self.env._("“%(field)s” is missing.", field=label))
        if not document and "signed" not in [role for role, *_rest in files]:
            gaps.append(self.env._("Attach the signed answer."))
        if gaps:
            raise UserError("\n".join(gaps))

    # ---- judging ----

    def action_approve(self, note=None):
        """Confirm reports as satisfactory (đạt).

        :raise AccessError: not of those who follow the task
        :raise UserError: judged already, or others still have to answer the lead
        """
        for report in self._check_judge():
            if report.kind == "result":
                report.sudo().assignment_id._check_coordinators()
            report._judge("approved", self._read_text(note))
        return True

    def action_refuse(self, reason=None):
        """Send results back as not satisfactory (không đạt), saying why (Điều 14.5).

        :raise UserError: no reason, or judged already
        """
        reason = self._read_text(reason)
        if not reason:
            raise UserError(self.env._("Say what is to be completed."))
        for report in self._check_judge():
            report._judge("refused", reason)
        return True

    def _check_judge(self):
        """Return the reports, locked, that wait for the user's judgement."""
        self._check_visible()
        rows = self.sudo().assignment_id.with_env(self.env)
        rows._check_act("is_reviewer", ("open", "waiting", "done", "done_late"))
        self.invalidate_recordset(["decision"], flush=False)
        if any(report.decision for report in self.sudo()):
            raise UserError(self.env._("This report is judged already."))
        return self

    def _judge(self, decision, reason):
        self.ensure_one()
        person = self.env.user._vanban_person()
        self._vanban_in_action().write(
            {
                "decision": decision,
                "decision_date": fields.Datetime.now(),
                "decision_by_id": self.env.uid,
                "decision_label": self.env["vanban.routing"]._get_label(person),
                "reason": reason,
            }
        )
        # before the next report is inserted: one waits at most
        self.flush_recordset(["decision"])
        row = self.sudo().assignment_id.with_env(self.env)
        if decision == "approved":
            if self.kind == "result":
                row._close_routing()
            row._tell(row._get_receivers(), self.env._("The report is satisfactory."))
            return
        if self.kind == "result":
            count = row.sudo().refusal_count + 1
            row._vanban_in_action().write({"refusal_count": count})
        row._tell(
            row._get_receivers(),
            self.env._("The report is not satisfactory: %(reason)s", reason=reason),
        )
