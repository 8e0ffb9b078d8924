from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..const import PROTECTED_FIELDS

# What approvers agreed to; what was left empty can still be filled in.
APPROVED_FIELDS = frozenset(
    {
        "document_type_id",
        "subject",
        "secrecy",
        "urgency",
        "unit_id",
        "signer_id",
        "signer_name",
        "signer_title",
    }
)
# What left the agency (NĐ 30/2020 Điều 18.3).
ISSUED_FIELDS = APPROVED_FIELDS | {
    "symbol",
    "date",
    "issuer_id",
    "register_id",
    "signing_form",
    "answers_ids",
}


class VanbanDocument(models.Model):
    """What a plain write may change, link or attach, by state (design §4.2, §4.4)."""

    _inherit = "vanban.document"
    _guarded_fields = PROTECTED_FIELDS | {
        "answered_by_ids",
        "routing_ids",
        "review_ids",
        "message_main_attachment_id",
    }

    # ---- computes ----

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Name a document only to those who see it.

        Clients read the name of a relation as superuser, so a line of a register, a
        dialog or a duplicate would tell the subject of what is closed to the user.
        """
        result = super()._compute_display_name()
        stored = self.filtered("id")
        closed = stored - stored.sudo(False)._filtered_access("read").sudo(self.env.su)
        closed.display_name = self.env._("(not open to you)")
        return result

    # ---- create, write ----

    @api.model_create_multi
    def create(self, vals_list):
        """Say nothing in the chatter: it is for talk and corrections (design §4.7).

        Who drafts follows the talk; a clerk enters 300 documents a day and does not.
        """
        quiet = {"mail_create_nolog": True}
        default = self.env.context.get("default_direction")
        if all(vals.get("direction", default) == "incoming" for vals in vals_list):
            quiet["tracking_disable"] = True
        documents = super(VanbanDocument, self.with_context(**quiet)).create(vals_list)
        documents = documents.with_env(self.env)
        if not self._vanban_is_in_action():
            if any(d.direction == "outgoing" and d.symbol for d in documents):
                raise UserError(self._get_symbol_sentence())
            # what was linked is still at hand: nothing is asked for the many without
            linked = documents.sudo().filtered(lambda d: d.answers_ids or d.case_ids)
            linked.with_env(self.env)._check_links(
                self.env["vanban.document"], self.env["vanban.case"]
            )
        return documents

    def write(self, vals):
        """Keep what was approved, registered or issued; see the sets above."""
        if self._vanban_is_in_action():
            return super().write(vals)
        self._check_frozen(vals)
        if not {"answers_ids", "case_ids"} & vals.keys():
            return super().write(vals)
        answers = self._get_all("vanban.document", "answered_by_ids")
        cases = self._get_all("vanban.case", "document_ids")
        result = super().write(vals)
        self._check_links(answers, cases)
        return result

    def _get_symbol_sentence(self):
        return self.env._("The number of an outgoing document comes from its book.")

    def _check_frozen(self, vals):
        """Refuse to change what others decided on.

        :raise UserError: names the document
        """
        for document in self.sudo():
            if document.direction == "incoming":
                if "register_id" in vals and document.register_entry_id:
                    raise UserError(
                        self.env._("A registered document stays in its book.")
                    )
            elif document.register_entry_id:
                if ISSUED_FIELDS & vals.keys():
                    raise UserError(
                        self.env._(
                            "“%(document)s” is issued: correct it by a new document "
                            "(NĐ 30/2020 Điều 18.3).",
                            document=document.symbol,
                        )
                    )
            elif vals.get("symbol"):
                raise UserError(self._get_symbol_sentence())
            else:
                document._check_frozen_draft(vals)

    def _check_frozen_draft(self, vals):
        if "drafter_id" in vals and vals["drafter_id"] != self.drafter_id.id:
            raise UserError(self.env._("A draft stays with its drafter."))
        if self.state == "approved":
            changed = [name for name in APPROVED_FIELDS & vals.keys() if self[name]]
            if changed:
                raise UserError(
                    self.env._(
                        "The document is approved: “%(fields)s” stays as it was "
                        "agreed to.",
                        fields=", ".join(sorted(self._vanban_labels(changed))),
                    )
                )

    def _check_links(self, answers, cases):
        """Check what was linked beside these answers and case files.

        Issuing ends the handling of what is answered; so it is a registered document
        of the same agency that the user sees.

        :raise UserError: not such a document, or a closed case file
        :raise AccessError: not open to the user
        """
        answers = self._get_all("vanban.document", "answered_by_ids") - answers
        cases = self._get_all("vanban.case", "document_ids") - cases
        agencies = self.sudo().company_id
        if any(
            answer.direction != "incoming"
            or not answer.register_entry_id
            or answer.company_id != agencies
            for answer in answers
        ):
            raise UserError(
                self.env._("What is answered is a registered incoming document.")
            )
        if any(case.state != "open" or case.company_id != agencies for case in cases):
            raise UserError(
                self.env._("Documents are put into an open case file only.")
            )
        answers.with_env(self.env)._check_visible()
        mine = cases.with_env(self.env)
        if mine._filtered_access("read") != mine:
            raise AccessError(self.env._("This case file is not open to you."))

    def _get_all(self, model, path="document_id"):
        """Return the records of a relation, also those that the user does not see.

        ``self.sudo().file_ids`` would not do: user and superuser share the cache of a
        relation, so it holds what the first of them read.
        """
        return self.env[model].sudo().search([(path, "in", self.ids)])

    # ---- chatter ----

    def _process_attachments_for_post(
        self, attachments, attachment_ids, message_values
    ):
        """Refuse a file beside the file list on a secret document (design §4.4)."""
        if (attachments or attachment_ids) and any(d.is_secret for d in self.sudo()):
            raise UserError(self.env._("A secret document has no file here."))
        return super()._process_attachments_for_post(
            attachments, attachment_ids, message_values
        )

    def _message_set_main_attachment_id(
        self, attachments, force=False, filter_xml=True
    ):
        """Leave the main file to the file list: what is in the chatter is talk."""

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let only those follow a document who see it."""
        if partner_ids:
            partners = self.env["res.partner"].sudo().browse(partner_ids)
            partner_ids = [
                partner.id
                for partner in partners
                if all(
                    self.with_user(user).sudo(False)._filtered_access("read") == self
                    for user in partner.user_ids
                )
                and partner.user_ids
            ]
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)
