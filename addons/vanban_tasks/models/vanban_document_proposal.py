from odoo import api, fields, models


class VanbanDocumentType(models.Model):
    _inherit = "vanban.document.type"

    vanban_gives_tasks = fields.Boolean(
        string="Conclusions, gives tasks",
        help="The points of such a document are proposed as tasks when it is issued.",
    )


class VanbanDocument(models.Model):
    """Its points become proposed tasks, in the background (128/QĐ-UBND Điều 3.1b)."""

    _inherit = "vanban.document"

    is_to_propose = fields.Boolean(string="Points are to be read", readonly=True)
    proposal_ids = fields.One2many("vanban.task.proposal", "document_id")
    proposal_count = fields.Integer(
        string="Proposed tasks", compute="_compute_proposal_count"
    )

    _to_propose_idx = models.Index("(id) WHERE is_to_propose")

    @api.depends("proposal_ids.state")
    @api.depends_context("uid")
    def _compute_proposal_count(self):
        """Count the open ones that the user may take."""
        counts = dict(
            self.env["vanban.task.proposal"]._read_group(
                [("document_id", "in", self.ids), ("state", "=", "proposed")],
                ["document_id"],
                ["__count"],
            )
        )
        for document in self:
            document.proposal_count = counts.get(document._origin, 0)

    def _vanban_is_guarded(self, name):
        return name == "is_to_propose" or super()._vanban_is_guarded(name)

    def _issue(self):
        result = super()._issue()
        told = self.document_type_id.vanban_gives_tasks and not self.is_secret
        if told and self.direction == "outgoing":
            self._vanban_in_action().write({"is_to_propose": True})
            cron = self.env.ref("vanban_tasks.vanban_task_proposal_cron", False)
            if cron:
                cron.sudo()._trigger()
        return result

    def action_open_proposals(self):
        """Open the list of tasks that the points of this document propose."""
        self._check_visible()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_proposal_action"
        )
        return action | {"domain": [("document_id", "in", self.ids)]}

    def _tell_proposed(self, proposals):
        """Tell the drafter that points wait to become tasks."""
        people = self.drafter_id.filtered("active")
        if not proposals or not people:
            return
        mine = self.with_context(lang=people.lang)
        mine.message_notify(
            body=mine.env._(
                "%(count)s tasks are proposed from this document: see Tasks, Proposals "
                "from conclusions.",
                count=len(proposals),
            ),
            subject=self.display_name,
            partner_ids=people.partner_id.ids,
        )
        people._vanban_notify_desk()
