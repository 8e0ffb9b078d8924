from odoo import api, fields, models

from ..const import REVIEW_KINDS, REVIEW_STATES


class VanbanReview(models.Model):
    """One step of a draft's way, with the file version it was about.

    The rows are the history: they are decided once and never edited (design §4.7).
    """

    _name = "vanban.review"
    _inherit = ["vanban.history.part"]
    _description = "Step of a draft"
    _order = "document_id, round, sequence, id"
    _rec_name = "to_label"

    document_id = fields.Many2one(
        "vanban.document", required=True, index=True, ondelete="restrict"
    )
    round = fields.Integer(string="Submission", required=True, aggregator=None)
    sequence = fields.Integer(string="Place", required=True, aggregator=None)
    kind = fields.Selection(REVIEW_KINDS, required=True)
    state = fields.Selection(REVIEW_STATES, required=True, default="planned")
    user_id = fields.Many2one("res.users", string="Asked", required=True)
    to_label = fields.Char(string="Name and title that day")
    submitted_by_id = fields.Many2one("res.users", string="Submitted by")
    acted_by_id = fields.Many2one(
        "res.users", string="Entered by", help="The account that decided."
    )
    opinion = fields.Text()
    file_id = fields.Many2one("vanban.document.file", string="Version")
    sent_date = fields.Datetime(string="Asked on")
    decided_date = fields.Datetime(string="Decided on")
    acted_for_text = fields.Char(compute="_compute_acted_for_text")

    _waiting_idx = models.Index("(user_id, document_id) WHERE state = 'waiting'")

    @api.depends("acted_by_id", "user_id")
    def _compute_acted_for_text(self):
        for review in self:
            review.acted_for_text = (
                self.env._(
                    "%(who)s for %(whom)s",
                    who=review.acted_by_id.sudo().name,
                    whom=review.user_id.sudo().name,
                )
                if review.acted_by_id and review.acted_by_id != review.user_id
                else False
            )

    def _get_part_domain(self):
        return self._way_domain()

    @api.model
    def _plan(self, vals_list):
        """Write steps to come, with names and titles of the day."""
        users = self.env["res.users"].browse(vals["user_id"] for vals in vals_list)
        people = users._vanban_people()
        for user, vals in zip(users, vals_list, strict=True):
            vals["to_label"] = self.env["vanban.routing"]._get_label(people[user])
        return self._vanban_in_action().create(vals_list)

    def _ask(self):
        self._vanban_in_action().write(
            {"state": "waiting", "sent_date": fields.Datetime.now()}
        )
        self.user_id._vanban_notify_desk()

    def _decide(self, state, opinion=None):
        self._vanban_in_action().write(
            {
                "state": state,
                "opinion": opinion or False,
                "decided_date": fields.Datetime.now(),
                "acted_by_id": self.env.uid,
            }
        )

    def _drop(self):
        self._vanban_in_action().write({"state": "dropped"})

    def _to_way(self):
        """Return one node of the tree on the form; see ``vanban.document.get_way``."""
        self.ensure_one()
        labels = self.fields_get(["kind", "state"], ["selection"])
        return {
            "key": f"v{self.id}",
            "parent": False,
            "round": self.round,
            "kind": dict(labels["kind"]["selection"])[self.kind],
            "state": self.state,
            "state_label": dict(labels["state"]["selection"])[self.state],
            "who": self.to_label,
            "from": self.submitted_by_id.name,
            "entered_by": self.acted_by_id.name if self.acted_for_text else False,
            "text": self.opinion or "",
            "version": self.file_id.version,
            "file": self.file_id.name,
            "deadline": False,
            "sent": fields.Datetime.to_string(self.sent_date) or False,
            "seen": False,
            "done": fields.Datetime.to_string(self.decided_date) or False,
            "overdue": False,
        }
