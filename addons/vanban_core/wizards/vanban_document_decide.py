from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import OUTCOMES

DECISIONS = [
    ("return", "Return to sender"),
    ("wait", "Wait"),
    ("finish", "End handling"),
    ("cancel", "Give up the draft"),
    ("approve", "Agree"),
    ("send_back", "Send back"),
    ("forward", "Let somebody else decide"),
    ("recall", "Recall"),
]


class VanbanDocumentDecide(models.TransientModel):
    """One small dialog for each action that needs a reason or an opinion."""

    _name = "vanban.document.decide"
    _description = "Decide"

    document_ids = fields.Many2many("vanban.document", required=True)
    decision = fields.Selection(DECISIONS, required=True)
    text = fields.Text(string="Opinion or reason")
    outcome = fields.Selection(OUTCOMES, default="no_handling")
    answer_id = fields.Many2one(
        "vanban.document",
        domain=[("direction", "=", "outgoing"), ("state", "=", "issued")],
    )
    until = fields.Date()
    user_id = fields.Many2one("res.users", string="Person")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "vanban.document":
            values.setdefault(
                "document_ids", [(6, 0, self.env.context.get("active_ids", []))]
            )
        return values

    def action_confirm(self):
        """Call the action of the documents that was chosen."""
        self.ensure_one()
        documents, text = self.document_ids, self.text
        calls = {
            "return": lambda: documents.action_return(text),
            "wait": lambda: documents.action_wait(text, self.until),
            "finish": lambda: documents.action_finish(
                self.outcome, text, self.answer_id.id
            ),
            "cancel": lambda: documents.action_cancel(text),
            "approve": lambda: documents.action_approve(text),
            "send_back": lambda: documents.action_send_back(text),
            "forward": lambda: documents.action_forward(self.user_id.id, text),
            "recall": lambda: documents.action_recall(text),
        }
        if self.decision not in calls:
            raise UserError(self.env._("Choose what to do."))
        calls[self.decision]()
        return {"type": "ir.actions.act_window_close"}
