from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import ACTIONS, STATES, TRANSITIONS


class VanbanDocument(models.Model):
    """States, and the one check behind each button and each RPC call (design §4.2)."""

    _inherit = "vanban.document"

    can_edit = fields.Boolean(compute="_compute_can_edit")
    can_register = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_route = fields.Boolean(compute="_compute_can")
    can_wait = fields.Boolean(compute="_compute_can")
    can_resume = fields.Boolean(compute="_compute_can")
    can_finish = fields.Boolean(compute="_compute_can")
    can_draft_reply = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_forward = fields.Boolean(compute="_compute_can")
    can_issue = fields.Boolean(compute="_compute_can")
    can_recall = fields.Boolean(compute="_compute_can")

    @api.depends("state", "routing_ids.state", "review_ids.state")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        """May the user write plainly in the form? The server asks again on saving."""
        writable = self._origin._filtered_access("write")
        for document in self:
            document.can_edit = not document._origin or document._origin in writable

    @api.depends("state", "routing_ids.state", "review_ids.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for document in self:
            for action, rule in ACTIONS.items():
                document[f"can_{action}"] = (
                    # a form not saved yet can be registered at once, and nothing else
                    bool(document._origin or action == "register")
                    and document.state in rule.states
                    and getattr(document._origin or document, rule.who)()
                )

    def _check_can(self, action):
        """Refuse an action with every reason at once.

        Calls ``_get_<action>_gaps()`` for what the document lacks, where there is one.

        :param str action: a key of ``const.ACTIONS``
        :raise AccessError: the user may not do it to this document
        :raise UserError: the state does not allow it, or something is missing
        """
        if not self:
            raise UserError(self.env._("Choose a document first."))
        self._check_visible()
        rule = ACTIONS[action]
        for document in self:
            if document.state not in rule.states:
                raise UserError(
                    self.env._(
                        "“%(document)s” is %(state)s: this is not possible any more.",
                        document=document.symbol or document.subject or "",
                        state=document._get_state_label().lower(),
                    )
                )
            if not getattr(document, rule.who)():
                raise AccessError(document._get_who_reason(rule.who))
            gaps = getattr(document, f"_get_{action}_gaps", list)()
            if gaps:
                raise UserError("\n".join(gaps))

    def _get_state_label(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels.get(self.state, dict(STATES).get(self.state, ""))

    def _get_who_reason(self, who):
        """Return the sentence that says whose action it is."""
        reasons = {
            "_is_clerk": self.env._("Only a clerk of the agency can do this."),
            "_is_holder": self.env._("Only who holds the document can pass it on."),
            "_is_lead_handler": self.env._(
                "Only who is in the lead of handling can do this."
            ),
            "_is_drafter": self.env._("Only the drafter can do this."),
            "_is_reviewer": self.env._("The draft is not waiting for you."),
        }
        return reasons[who]

    def _set_state(self, target, **stamps):
        """Move documents to a state and stamp what goes with it, in one write.

        :raise UserError: the table of transitions has no such way
        """
        for document in self:
            if target not in TRANSITIONS[document.state]:
                raise UserError(
                    self.env._(
                        "A document that is %(state)s cannot become %(target)s.",
                        state=document._get_state_label().lower(),
                        target=target,
                    )
                )
        self._vanban_in_action().write({"state": target, **stamps})
