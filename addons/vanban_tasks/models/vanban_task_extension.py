from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.vanban_core.tools.args import to_id

from ..const import EXTENSION_STATES


class VanbanTaskExtension(models.Model):
    """A later deadline: asked for by a document, granted by a document (Điều 5.2d)."""

    _name = "vanban.task.extension"
    _inherit = ["vanban.task.part"]
    _description = "Extension of a deadline"
    _order = "id desc"

    assignment_id = fields.Many2one(
        "vanban.task.assignment", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(EXTENSION_STATES, required=True, default="requested")
    old_deadline = fields.Datetime(string="Deadline before", required=True)
    deadline_day = fields.Date(string="Asked for", required=True)
    new_deadline = fields.Datetime(string="New deadline")
    reason = fields.Text(required=True)
    request_symbol = fields.Char(string="Request: number and symbol", required=True)
    request_date = fields.Date(string="Request: date", required=True)
    requested_on = fields.Datetime(required=True)
    requested_by_id = fields.Many2one("res.users", required=True)
    approval_symbol = fields.Char(string="Approval: number and symbol")
    approval_date = fields.Date(string="Approval: date")
    decided_on = fields.Datetime()
    decided_by_id = fields.Many2one("res.users")
    answer = fields.Text(string="Reason of the decision")
    file_ids = fields.One2many("vanban.task.file", "extension_id", string="Files")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _one_requested = models.UniqueIndex(
        "(assignment_id) WHERE state = 'requested'",
        "An extension is asked for already.",
    )

    @api.depends("state", "assignment_id.phase")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for extension in self:
            row = extension.assignment_id
            extension.can_decide = (
                extension.state == "requested"
                and row.phase == "open"
                and row.is_reviewer
            )

    # ---- asking ----

    @api.model
    def _ask(self, assignment, values):
        """Write a request; ``assignment`` is locked and open, its right is checked.

        :raise UserError: the request's document or the reason is missing, a deadline
            that is none, one asked for already
        """
        day = self._read_day(values, "deadline_day")
        self._check_day(assignment, day)
        if assignment.sudo().extension_ids.filtered(lambda e: e.state == "requested"):
            raise UserError(self.env._("An extension is asked for already."))
        reason = self._read_text(values.get("reason"))
        if not reason:
            raise UserError(self.env._("Say why more time is needed."))
        paper, files, document = self._read_paper(values, assignment.agency_id)
        extension = self._vanban_in_action().create(
            {
                "assignment_id": assignment.id,
                "old_deadline": assignment.deadline,
                "deadline_day": day,
                "reason": reason,
                "request_symbol": paper["symbol"],
                "request_date": paper["date"],
                "requested_on": fields.Datetime.now(),
                "requested_by_id": self.env.uid,
            }
        )
        extension = extension.with_env(self.env)
        extension._keep_paper(files, document)
        sentence = self.env._("An extension is asked for.")
        assignment._tell(assignment._get_reviewers(), sentence)
        return extension

    @api.model
    def _read_text(self, value):
        return self.env["vanban.document"]._check_text(value)

    @api.model
    def _read_day(self, values, name):
        try:
            return fields.Date.to_date(values.get(name))
        except (ValueError, TypeError, AttributeError) as error:
            raise UserError(self.env._("This is not a date.")) from error

    @api.model
    def _check_day(self, assignment, day):
        """Refuse a deadline that is none or lies before the present one."""
        if not day:
            raise UserError(self.env._("Say until when."))
        new = assignment.company_id.sudo()._vanban_end_of_day(day)
        if new <= fields.Datetime.now():
            raise UserError(self.env._("The deadline is in the past."))
        if new <= assignment.deadline:
            raise UserError(self.env._("An extension ends after the present deadline."))
        return new

    @api.model
    def _read_paper(self, values, agency):
        """Return symbol and date, files and the issued document of ``agency``.

        :raise UserError: neither a document of the agency nor its data and file
        """
        document = self.env["vanban.document"].browse(
            to_id(values.get("document_id")) or None
        )
        files = self.env["vanban.task.file"]._read_files(values.get("files"))
        if document:
            document._check_visible()
            told = document.sudo()
            if (
                told.direction != "outgoing"
                or told.state != "issued"
                or told.is_secret
                or told.company_id != agency
            ):
                raise UserError(
                    self.env._("The document is one that the agency issued.")
                )
            return {"symbol": told.symbol, "date": told.date}, files, document
        paper = {
            "symbol": self._read_text(values.get("symbol")),
            "date": self._read_day(values, "date"),
        }
        if not (paper["symbol"] and paper["date"]) or not files:
            raise UserError(
                self.env._(
                    "An extension needs a document: its number, its date and its file "
                    "(128/QĐ-UBND Điều 5.2d)."
                )
            )
        return paper, files, document

    def _keep_paper(self, files, document):
        File = self.env["vanban.task.file"]
        row, owner = self.assignment_id, {"extension_id": self.id}
        if document:
            File._copy_document(row, owner, document)
        File._keep_all(row, owner, files)

    # ---- deciding ----

    def action_accept(self, values=None):
        """Grant the extension, by a document of the assigning side.

        :param dict values: ``deadline_day`` where another one is granted, and the
            document as in :meth:`vanban.task.assignment.action_request_extension`
        :raise UserError: no document, a deadline in the past, a result that waits
        """
        values = values or {}
        row = self._check_decide()
        day = self._read_day(values, "deadline_day") or self.deadline_day
        new = self._check_day(row, day)
        agency = row.lead_id.agency_id or row.company_id
        paper, files, document = self._read_paper(values, agency.sudo())
        self._decide(
            "accepted",
            new_deadline=new,
            approval_symbol=paper["symbol"],
            approval_date=paper["date"],
        )
        self._keep_paper(files, document)
        row._vanban_in_action().write({"deadline_day": day})
        row._tell(row._get_receivers(), self.env._("The extension is granted."))
        return True

    def action_refuse(self, reason=None):
        """Refuse the extension, saying why; the deadline stays.

        :raise UserError: no reason, or decided already
        """
        reason = self._read_text(reason)
        if not reason:
            raise UserError(self.env._("Say why the extension is refused."))
        row = self._check_decide()
        self._decide("refused", answer=reason)
        row._tell(
            row._get_receivers(),
            self.env._("The extension is refused: %(reason)s", reason=reason),
        )
        return True

    def _check_decide(self):
        """Return the assignment, locked, of an extension that waits for the user.

        While a result waits, the deadline it is measured by does not move.
        """
        self._check_visible()
        if len(self) != 1:
            raise UserError(self.env._("Decide on one extension at a time."))
        row = self.sudo().assignment_id.with_env(self.env)
        row._check_act("is_reviewer", ("open",))
        self.invalidate_recordset(["state"], flush=False)
        if self.state != "requested":
            raise UserError(self.env._("This extension is decided already."))
        return row

    def _decide(self, state, **vals):
        self._vanban_in_action().write(
            {
                "state": state,
                "decided_on": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
                **vals,
            }
        )
        # before the next request is inserted: one waits at most
        self.flush_recordset(["state"])
