from odoo import api, models
from odoo.fields import Domain


class VanbanDesk(models.AbstractModel):
    """Issued invitations that nobody entered in the schedule, for their drafters."""

    _inherit = "vanban.desk"

    @api.model
    def _get_queues(self):
        queues = super()._get_queues()
        if not self.env.user.has_group("vanban_core.group_officer"):
            return queues
        key = "invitation_unplanned"
        here = Domain("company_id", "=", self.env.company.id)
        domain = self.env["vanban.document"]._get_queue_domains()[key]
        return [
            *queues,
            {
                "key": key,
                "label": self.env._("Invitations not in the schedule"),
                "section": self.env._("Schedules"),
                "asks": True,
                "model": "vanban.document",
                "action": self._get_document_action(outgoing=True),
                "domain": [("queue", "=", key), *here],
                "counted": domain & here,
                "oldest_by": ["date", "create_date"],
            },
        ]
