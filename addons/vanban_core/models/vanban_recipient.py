from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import DELIVERY_STATES, RECIPIENT_KINDS


class VanbanRecipient(models.Model):
    """One addressee of an outgoing document and its delivery (nơi nhận, Điều 18)."""

    _name = "vanban.recipient"
    _inherit = ["vanban.document.part"]
    _description = "Recipient"
    _order = "document_id, sequence, id"
    _guarded_fields = frozenset({"state", "sent_date"})

    document_id = fields.Many2one(
        "vanban.document", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", string="Agency or person", index="btree_not_null"
    )
    name = fields.Char(
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        string="As printed",
        help="As it stands under Nơi nhận.",
    )
    kind = fields.Selection(
        RECIPIENT_KINDS, string="Addressed as", required=True, default="cc"
    )
    state = fields.Selection(DELIVERY_STATES, default="pending", readonly=True)
    sent_date = fields.Datetime(string="Sent on", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        recipients = super().create(vals_list)
        recipients._check_open(("draft", "approved"))
        return recipients

    def write(self, vals):
        if not self._vanban_is_in_action():
            self._check_open(("draft",))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_agreed(self):
        if not self._vanban_is_uninstalling():
            self._check_open(("draft",))

    def _check_open(self, states):
        """Keep the addressees that were agreed to; until issue others can join them.

        :raise UserError: the document is in another state
        """
        if any(
            d.direction == "outgoing" and d.state not in states
            for d in self.sudo().document_id
        ):
            raise UserError(
                self.env._("The addressees stay as they were agreed to and sent.")
            )

    @api.depends("partner_id")
    def _compute_name(self):
        for recipient in self:
            if recipient.partner_id:
                recipient.name = recipient.partner_id.name

    def _deliver(self):
        """Record that the document went out; exchange between systems builds on it."""
        self._vanban_in_action().write(
            {"state": "sent", "sent_date": fields.Datetime.now()}
        )
