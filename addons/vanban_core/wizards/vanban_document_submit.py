from odoo import Command, api, fields, models

from ..const import REVIEW_KINDS
from ..tools.args import to_id


class VanbanDocumentSubmit(models.TransientModel):
    """One dialog to send a draft on its way (trình)."""

    _name = "vanban.document.submit"
    _description = "Submit a draft"

    document_id = fields.Many2one("vanban.document", required=True)
    company_id = fields.Many2one(related="document_id.company_id")
    step_ids = fields.One2many("vanban.document.submit.step", "submit_id")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "vanban.document":
            values.setdefault("document_id", self.env.context.get("active_id"))
        document = self.env["vanban.document"].browse(to_id(values.get("document_id")))
        if document and "step_ids" in fields_list:
            document._check_visible()
            values["step_ids"] = [
                Command.create(vals) for vals in self._propose_steps(document)
            ]
        return values

    def _propose_steps(self, document):
        """Return the last way, or else unit head, office head and leader."""
        last = document.sudo().review_ids.filtered(
            lambda r: r.round == document.review_round
        )
        if last:
            return [
                {"user_id": review.user_id.id, "kind": review.kind}
                for review in last
                if review.state != "forwarded"
            ]
        people = document.unit_id.sudo().vanban_head_ids[:1]
        people |= document.company_id.vanban_first_receiver_id
        people -= self.env.user
        steps = [{"user_id": person.id, "kind": "approve"} for person in people]
        leader = document.signer_id or self._get_leader(document)
        if leader:
            steps.append({"user_id": leader.id, "kind": "sign"})
        return steps

    def _get_leader(self, document):
        group = self.env.ref("vanban_core.group_leader").sudo()
        return group.all_user_ids.filtered(
            lambda u: document.company_id in u.company_ids
        )[:1]

    def action_confirm(self):
        """Submit the draft by these steps."""
        self.ensure_one()
        self.document_id.action_submit(
            [{"user_id": s.user_id.id, "kind": s.kind} for s in self.step_ids]
        )
        return {"type": "ir.actions.act_window_close"}


class VanbanDocumentSubmitStep(models.TransientModel):
    _name = "vanban.document.submit.step"
    _description = "Step of a submission"
    _order = "sequence, id"

    submit_id = fields.Many2one(
        "vanban.document.submit", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one("res.users", string="Person", required=True)
    kind = fields.Selection(REVIEW_KINDS, required=True, default="approve")
