from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import URGENCIES

_RANK = {key: rank for rank, (key, _label) in enumerate(URGENCIES)}


class VanbanDocument(models.Model):
    """The queues of people: what waits for whom (ux.md, Bàn làm việc)."""

    _inherit = "vanban.document"

    urgency_rank = fields.Integer(
        compute="_compute_urgency_rank", store=True, precompute=True, aggregator=None
    )
    queue = fields.Char(
        string="Queue", compute="_compute_queue", search="_search_queue"
    )

    @api.depends("urgency")
    def _compute_urgency_rank(self):
        for document in self:
            document.urgency_rank = _RANK.get(document.urgency, 0)

    def _compute_queue(self):
        self.queue = False

    def _search_queue(self, operator, value):
        if operator not in ("=", "in"):
            return NotImplemented
        keys = value if operator == "in" else [value]
        queues = self._get_queue_domains()
        if set(keys) - queues.keys():
            raise UserError(self.env._("There is no such queue."))
        return Domain.OR(queues[key] for key in keys)

    @api.model
    def _get_queue_domains(self):
        """Return the domain of each queue for the current user, by its key."""
        acting = self.env.user._vanban_acting_users().ids
        me = Domain("to_user_id", "in", acting)
        my_units = self.env["hr.department"].sudo()._search(
            [("vanban_head_ids", "in", acting)]
        )
        my_unit = Domain("to_unit_id", "in", my_units)
        to_handle = Domain("direction", "=", "incoming") & Domain(
            "state", "in", ("registered", "processing", "waiting")
        )

        def routed(whom, *roles, **extra):
            rows = Domain("state", "=", "waiting") & Domain("role", "in", roles) & whom
            for name, value in extra.items():
                rows &= Domain(name, "=", value)
            return Domain("routing_ids", "any!", rows)

        def asked(*kinds):
            return Domain("state", "=", "review") & Domain(
                "review_ids",
                "any!",
                Domain("state", "=", "waiting")
                & Domain("user_id", "in", acting)
                & Domain("kind", "in", kinds),
            )

        mine = Domain("direction", "=", "outgoing") & Domain("drafter_id", "in", acting)
        open_work = Domain("direction", "=", "incoming") & Domain(
            "state", "in", ("registered", "processing")
        )
        late = open_work & Domain("deadline", "<", "now")
        incoming = Domain("direction", "=", "incoming")
        held = Domain("state", "=", "waiting") & Domain("role", "in", ["direct", "lead"])
        return {
            "to_register": incoming & Domain("state", "=", "received"),
            "to_route": incoming
            & Domain("state", "=", "registered")
            & Domain("routing_ids", "not any!", held),
            "to_issue": Domain("state", "=", "approved"),
            "to_direct": to_handle & routed(me, "direct"),
            "lead": to_handle & routed(me, "lead"),
            "coordinate": to_handle & routed(me | my_unit, "coordinate"),
            "inform": routed(me | my_unit, "inform", seen_date=False),
            "due_soon": to_handle
            & routed(me | my_unit, "lead")
            & Domain("deadline", ">=", "now")
            & Domain("deadline", "<", "now +2d"),
            "unit_lead": to_handle & routed(my_unit, "lead"),
            "sent_back": mine
            & Domain("state", "=", "draft")
            & Domain("review_round", ">", 0),
            "my_drafts": mine & Domain("state", "=", "draft"),
            "in_review": mine & Domain("state", "=", "review"),
            "to_approve": asked("approve", "opinion"),
            "to_sign": asked("sign"),
            "unit_late": late & routed(my_unit, "lead", "coordinate"),
            "agency_late": late,
        }
