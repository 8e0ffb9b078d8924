from odoo import api, models
from odoo.exceptions import UserError


class VanbanIncomingForm(models.AbstractModel):
    """What the forms about one incoming document share."""

    _name = "vanban.incoming.form"
    _description = "Form about an incoming document"

    @api.model
    def _get_documents(self, docids):
        """Return those of the documents that have the form.

        :raise AccessError: one of them is not open to the user
        :raise UserError: none of them is an incoming one with its number
        """
        documents = self.env["vanban.document"].browse(docids)
        documents.check_access("read")
        found = documents.filtered(
            lambda d: d.direction == "incoming" and d.register_entry_id
        )
        if not found:
            raise UserError(
                self.env._("Only an incoming document with its number has this form.")
            )
        return found
