from odoo import api, fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """The notice of what a meeting concluded (thông báo kết luận)."""

    _inherit = "calendar.event"

    vanban_conclusion_id = fields.Many2one(
        "vanban.document",
        string="Notice of conclusions",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    vanban_has_conclusion = fields.Boolean(
        compute="_compute_vanban_has_conclusion", compute_sudo=True
    )

    @api.depends("vanban_conclusion_id")
    def _compute_vanban_has_conclusion(self):
        for event in self:
            event.vanban_has_conclusion = bool(event.vanban_conclusion_id)

    def action_vanban_conclude(self):
        """Draft the notice of a meeting, for the agencies that took part; once.

        :return: the action that opens the draft; its ``res_id`` is the draft
        :raise AccessError: somebody else keeps the entry, or no right to draft
        :raise UserError: it has not begun, or there is a notice already
        """
        self.ensure_one()
        self._vanban_check_kept()
        self.env["vanban.document"].check_access("create")
        self.sudo().lock_for_update()
        self.invalidate_recordset(["vanban_conclusion_id"])
        self._vanban_check_conclude()
        kind = self.env.ref("vanban_core.vanban_document_type_notice")
        draft = (
            self.env["vanban.document"]
            .with_context(default_direction="outgoing")
            .create(
                {
                    "company_id": self.vanban_company_id.id,
                    "document_type_id": kind.id,
                    "subject": self._vanban_get_conclusion_subject(),
                    "topic_id": self.vanban_topic_id.id,
                    "drafter_id": self.env.uid,
                    "recipient_ids": [
                        (0, 0, {"partner_id": agency.id, "kind": "to"})
                        for agency in self._vanban_get_agencies()
                    ],
                }
            )
        )
        self._vanban_in_action().write({"vanban_conclusion_id": draft.id})
        return draft._open_form()

    def _vanban_check_conclude(self):
        if not self.vanban_has_begun:
            raise UserError(self.env._("“%(name)s” has not begun.", name=self.name))
        conclusion = self.sudo().vanban_conclusion_id
        if conclusion:
            raise UserError(
                self.env._(
                    "%(who)s has drafted the notice of this meeting already.",
                    who=conclusion.drafter_id.name,
                )
            )

    def _vanban_get_conclusion_subject(self):
        """Return the subject, in the language of documents."""
        here = self.with_context(lang="vi_VN")
        if not self.vanban_chair_name:
            return here.env._("Conclusions of the meeting “%(name)s”", name=self.name)
        return here.env._(
            "Conclusions of %(chair)s at the meeting “%(name)s”",
            chair=self.vanban_chair_name,
            name=self.name,
        )

    def _vanban_get_agencies(self):
        """Return the other agencies that take part."""
        own = self.vanban_company_id.sudo().partner_id
        return self.partner_ids.filtered(lambda p: p.is_company and p != own)
