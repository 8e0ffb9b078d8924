from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import SIGNING_FORMS, TO_HANDLE_STATES


class VanbanDocument(models.Model):
    """What only outgoing documents have (NĐ 30/2020 Điều 10-19)."""

    _inherit = "vanban.document"

    drafter_id = fields.Many2one(
        "res.users",
        default=lambda self: self._default_drafter_id(),
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Drafting unit",
        compute="_compute_unit_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    signer_id = fields.Many2one(
        "res.users", ondelete="restrict", copy=False, tracking=True
    )
    signing_form = fields.Selection(SIGNING_FORMS, default="head")
    answers_ids = fields.Many2many(
        "vanban.document",
        "vanban_document_answer_rel",
        "answer_id",
        "incoming_id",
        string="Answers to",
        domain=[("direction", "=", "incoming"), ("register_entry_id", "!=", False)],
        copy=False,
    )
    recipient_ids = fields.One2many(
        "vanban.recipient", "document_id", string="Recipients"
    )
    recipient_text = fields.Char(
        string="Sent to", compute="_compute_recipient_text", compute_sudo=True
    )
    approved_date = fields.Datetime(string="Approved on", readonly=True, copy=False)
    issued_by_id = fields.Many2one(
        "res.users", string="Issued by", readonly=True, copy=False
    )
    recall_reason = fields.Text(string="Why recalled", readonly=True, copy=False)

    @api.model
    def _default_drafter_id(self):
        if self.env.context.get("default_direction") == "outgoing":
            return self.env.user
        return False

    # ---- computes ----

    @api.depends("drafter_id")
    def _compute_unit_id(self):
        for document in self:
            if document.drafter_id and not document.unit_id:
                drafter = document.drafter_id.with_company(document.company_id)
                document.unit_id = drafter._vanban_unit()

    @api.depends("recipient_ids.name")
    def _compute_recipient_text(self):
        for document in self:
            document.recipient_text = "; ".join(document.recipient_ids.mapped("name"))

    # ---- actions ----

    def action_draft_reply(self):
        """Make the draft that answers these documents, with their case files.

        :return: the action that opens the draft; its ``res_id`` is the draft
        """
        self._check_can("draft_reply")
        first = self[:1]
        if self.company_id != first.company_id:
            raise UserError(self.env._("One draft answers documents of one agency."))
        open_cases = self.case_ids.filtered(lambda case: case.state == "open")
        letter = self.env.ref("vanban_core.vanban_document_type_letter")
        recipients = [
            {"partner_id": issuer.id, "kind": "to"} for issuer in self.issuer_id
        ]
        draft = (
            self.env["vanban.document"]
            .with_context(default_direction="outgoing")
            .create(
                {
                    "company_id": first.company_id.id,
                    "document_type_id": letter.id,
                    "urgency": first.urgency,
                    "topic_id": first.topic_id.id,
                    "drafter_id": self.env.uid,
                    "case_ids": [(6, 0, open_cases.ids)],
                    "answers_ids": [(6, 0, self.ids)],
                    "recipient_ids": [(0, 0, vals) for vals in recipients],
                }
            )
        )
        return draft._open_form()

    def _open_form(self):
        self.ensure_one()
        suffix = "in" if self.direction == "incoming" else "out"
        view = self.env.ref(f"vanban_core.vanban_document_view_form_{suffix}")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[view.id, "form"]],
            "target": "current",
        }

    def action_cancel(self, reason=None):
        """Give up a draft; what was said of it stays.

        :raise UserError: without a reason
        """
        self._check_can("cancel")
        self._check_given(reason, self.env._("Say why the draft is given up."))
        self._drop_open_reviews()
        self._set_state("cancelled", outcome_note=reason)
        return True

    def action_issue(self):
        """Give number and date, issue, record delivery, close what is answered.

        NĐ 30/2020 Điều 15-18. The number is taken last, so that others wait for it as
        shortly as can be.

        :raise UserError: names everything that is missing
        """
        self._check_can("issue")
        for document in self:
            document._issue()
        return True

    def _get_issue_gaps(self):
        """Return what the law or the file lacks (NĐ 30/2020 Điều 15-18)."""
        gaps = self._get_missing(["document_type_id", "subject", "recipient_ids"])
        if not (self.signer_id or self.signer_name):
            gaps += self._get_missing(["signer_id"])
        files = self.file_ids
        if not files.filtered(lambda f: f.role == "signed" and f.is_pdf):
            gaps.append(
                self.env._("Attach the signed original as PDF: only that leaves.")
            )
        if not self.company_id.vanban_code:
            gaps.append(
                self.env._("The agency has no abbreviation yet; see its settings.")
            )
        return gaps

    def _issue(self):
        self.ensure_one()
        register = self.env["vanban.register"]._get_for(self)
        today = self.company_id._vanban_today()
        answered = self._get_all("vanban.document", "answered_by_ids").filtered(
            lambda d: d.state in TO_HANDLE_STATES and d.company_id == self.company_id
        )
        if answered:
            answered._finish("answered")
        self._get_all("vanban.recipient")._deliver()
        self._grant(units=self.unit_id)
        signer = self.signer_id._vanban_person() if self.signer_id else {}
        entry, number = register._take_number(self, today)
        self._set_state(
            "issued",
            register_id=register.id,
            register_entry_id=entry.id,
            register_number=number,
            register_date=today,
            registered_by_id=self.env.uid,
            issued_by_id=self.env.uid,
            date=today,
            symbol=register._compose_symbol(self, number, today),
            issuer_id=self.company_id.partner_id.id,
            signer_name=self.signer_name or signer.get("name"),
            signer_title=self.signer_title or signer.get("title"),
        )

    def action_recall(self, reason=None):
        """Recall an issued document (NĐ 30/2020 Điều 18.4).

        Its number stays used; it can be seen, marked as recalled.

        :raise UserError: without a reason
        """
        self._check_can("recall")
        self._check_given(reason, self.env._("Say why the document is recalled."))
        self._set_state("recalled", recall_reason=reason)
        return True
