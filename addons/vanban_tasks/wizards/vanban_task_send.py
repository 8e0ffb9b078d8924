from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.vanban_core.tools.args import to_id

from ..const import REPORT_KINDS


class VanbanTaskSend(models.TransientModel):
    """The dialog that reports on a task (báo cáo kết quả, phản hồi)."""

    _name = "vanban.task.send"
    _inherit = ["vanban.task.paper"]
    _description = "Report on a task"

    assignment_id = fields.Many2one(
        "vanban.task.assignment",
        string="Task",
        required=True,
        domain=[
            ("side", "=", "had"),
            ("is_executor", "=", True),
            ("phase", "=", "open"),
        ],
    )
    role = fields.Selection(related="assignment_id.role")
    kind = fields.Selection(REPORT_KINDS, string="Report", default="result")
    content = fields.Text(string="What was done")
    type_id = fields.Many2one("vanban.document.type", string="Kind of document")
    subject = fields.Text()
    signer_name = fields.Char(string="Signed by")
    after_cutoff = fields.Boolean(string="Issued after the cut-off hour")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        model, active_id = (
            self.env.context.get(f"active_{x}") for x in ("model", "id")
        )
        if model == "vanban.task.assignment":
            values.setdefault("assignment_id", to_id(active_id))
        elif model == "vanban.document":
            document = self.env["vanban.document"].browse(to_id(active_id))
            values.setdefault("document_id", document.id)
            values.setdefault("assignment_id", self._propose_assignment(document).id)
        return values

    @api.model
    def _propose_assignment(self, document):
        """Return the open task that an issued document is likely to answer."""
        document._check_visible()
        field = self._fields["assignment_id"]
        rows = self.env["vanban.task.assignment"].search(
            Domain(field.domain) & Domain("agency_id", "=", document.company_id.id)
        )
        asked = {*document.answers_ids.mapped("symbol")} - {False}
        answered = rows.filtered(lambda row: row.source_symbol in asked)
        rows = answered or rows
        return rows if len(rows) == 1 else answered[:1]

    def action_confirm(self):
        """Send the report."""
        self.ensure_one()
        self.assignment_id.action_report(
            {
                **self._get_paper_values(),
                "kind": self.kind,
                "content": self.content,
                "type_id": self.type_id.id,
                "subject": self.subject,
                "signer_name": self.signer_name,
                "after_cutoff": self.after_cutoff,
            }
        )
        self._drop_uploads()
        close = {"type": "ir.actions.act_window_close"}
        if self.env.context.get("active_model") != "vanban.document":
            return close
        # nothing on the document shows that it was sent
        message = self.env._("Reported: %(task)s", task=self.assignment_id.display_name)
        params = {"type": "success", "message": message, "next": close}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": params,
        }
