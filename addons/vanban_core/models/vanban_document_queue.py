from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import RUNNING_STATES, TO_HANDLE_STATES, URGENCIES

_RANK = {key: rank for rank, (key, _label) in enumerate(URGENCIES)}


class VanbanDocument(models.Model):
    """The queues of people: what waits for whom (ux.md, Bàn làm việc)."""

    _inherit = "vanban.document"

    urgency_rank = fields.Integer(
        compute="_compute_urgency_rank", store=True, precompute=True, aggregator=None
    )
    queue = fields.Char(compute="_compute_queue", search="_search_queue")

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
        return {
            **self._get_agency_queues(),
            **self._get_routed_queues(acting),
            **self._get_draft_queues(acting),
        }

    def _get_agency_queues(self):
        """Return what waits in the agency, whoever looks."""
        incoming = Domain("direction", "=", "incoming")
        held = [("state", "=", "waiting"), ("role", "in", ("direct", "lead"))]
        return {
            "to_register": incoming & Domain("state", "=", "received"),
            "to_route": incoming
            & Domain("state", "=", "registered")
            & Domain("routing_ids", "not any!", Domain(held)),
            "to_issue": Domain("state", "=", "approved"),
            "agency_late": incoming
            & Domain("state", "in", RUNNING_STATES)
            & Domain("deadline", "<", "now"),
        }

    def _get_routed_queues(self, acting):
        """Return what was handed to these people and to the units they head."""
        units = self.env["hr.department"].sudo()
        me = Domain("to_user_id", "in", acting)
        my_unit = Domain(
            "to_unit_id", "in", units._search([("vanban_head_ids", "in", acting)])
        )
        to_handle = Domain("direction", "=", "incoming") & Domain(
            "state", "in", TO_HANDLE_STATES
        )
        late = self._get_agency_queues()["agency_late"]
        soon = Domain("deadline", ">=", "now") & Domain("deadline", "<", "now +2d")

        def routed(whom, *roles):
            rows = Domain("state", "=", "waiting") & Domain("role", "in", roles) & whom
            return Domain("routing_ids", "any!", rows)

        unseen = (me | my_unit) & Domain("seen_date", "=", False)
        return {
            "to_direct": to_handle & routed(me, "direct"),
            "lead": to_handle & routed(me, "lead"),
            "coordinate": to_handle & routed(me | my_unit, "coordinate"),
            "inform": routed(unseen, "inform"),
            "due_soon": to_handle & soon & routed(me | my_unit, "lead"),
            "unit_lead": to_handle & routed(my_unit, "lead"),
            "unit_late": late & routed(my_unit, "lead", "coordinate"),
        }

    def _get_draft_queues(self, acting):
        """Return the drafts of these people and those that wait for them."""
        mine = Domain("direction", "=", "outgoing") & Domain("drafter_id", "in", acting)
        draft = mine & Domain("state", "=", "draft")

        def asked(*kinds):
            rows = (
                Domain("state", "=", "waiting")
                & Domain("user_id", "in", acting)
                & Domain("kind", "in", kinds)
            )
            return Domain("state", "=", "review") & Domain("review_ids", "any!", rows)

        return {
            "sent_back": draft & Domain("review_round", ">", 0),
            "my_drafts": draft,
            "in_review": mine & Domain("state", "=", "review"),
            "to_approve": asked("approve", "opinion"),
            "to_sign": asked("sign"),
        }
