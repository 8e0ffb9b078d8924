from odoo import api, fields, models
from odoo.exceptions import UserError


class VanbanDocument(models.Model):
    """From a document to the tasks that it gives, in one click (BS-7.3a)."""

    _inherit = "vanban.document"

    task_ids = fields.One2many("vanban.task", "source_document_id", string="Tasks")
    task_count = fields.Integer(compute="_compute_task_count")
    can_give_tasks = fields.Boolean(compute="_compute_can_give_tasks")

    def _compute_task_count(self):
        counts = dict(
            self.env["vanban.task"]._read_group(
                [("source_document_id", "in", self.ids)],
                ["source_document_id"],
                ["__count"],
            )
        )
        for document in self:
            document.task_count = counts.get(document._origin, 0)

    @api.depends("register_entry_id", "state", "is_secret")
    def _compute_can_give_tasks(self):
        for document in self:
            document.can_give_tasks = bool(
                document.register_entry_id
                and not document.is_secret
                and document.state != "recalled"
            )

    def action_give_task(self):
        """Open a new task that this document gives, its data filled in.

        :raise UserError: not registered or issued, or secret
        """
        self._check_visible()
        if len(self) != 1 or not self.can_give_tasks:
            raise UserError(
                self.env._(
                    "A task comes from a registered or issued document of the agency "
                    "that is not secret."
                )
            )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_action"
        )
        return action | {
            "context": {
                "default_source_document_id": self.id,
                "default_source": self._get_task_source(),
                "default_content": self._get_task_content(),
                "default_assignment_ids": self._get_task_lines(),
            },
            "views": [(False, "form")],
        }

    def _get_task_source(self):
        """Return which of the sources of Điều 3.1 the document is."""
        abbreviation = (self.document_type_id.abbreviation or "").upper()
        if self.document_type_id == self.env.ref(
            "vanban_core.vanban_document_type_letter"
        ):
            return "letter"
        return "conclusion" if abbreviation == "TB" else "directive"

    def _get_task_content(self):
        """Return the leader's direction, or else the subject."""
        directed = self.sudo().routing_ids.filtered("direction_text")
        return directed[:1].direction_text or self.subject

    def _get_task_lines(self):
        """Propose the agencies of this system among the recipients, in the lead."""
        partners = self.sudo().recipient_ids.partner_id
        known = partners._vanban_get_agencies()
        return [
            (0, 0, {"partner_id": partner.id, "role": "lead"})
            for partner in partners
            if partner.id in known and known[partner.id] != self.company_id
        ]

    def action_open_tasks(self):
        """Open the list of tasks that this document gives."""
        self._check_visible()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_action"
        )
        return action | {"domain": [("source_document_id", "in", self.ids)]}
