from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class VanbanDocumentPart(models.AbstractModel):
    """A row that is as visible as its document, in search, reports and RPC alike."""

    _name = "vanban.document.part"
    _inherit = ["vanban.mixin"]
    _description = "Part of a document"

    def _get_part_domain(self):
        """Return what narrows the rows beyond the right to see the document."""
        return Domain.TRUE

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = (
                Domain(domain)
                & Domain("document_id", "any", Domain.TRUE)
                & self._get_part_domain()
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def write(self, vals):
        """Leave a row with its document."""
        if "document_id" in vals and not self._vanban_is_in_action():
            raise UserError(self.env._("A part of a document stays with it."))
        return super().write(vals)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        allowed = self.browse(self._search([("id", "in", self.ids)]))
        if operation != "read":
            documents = allowed.sudo().document_id.sudo(False)
            writable = documents._filtered_access("write")
            allowed = allowed.filtered(lambda r: r.sudo().document_id in writable)
        forbidden = self - allowed
        if not forbidden:
            return result
        if result:
            forbidden |= result[0]
        return forbidden, forbidden._make_part_error

    def _make_part_error(self):
        return AccessError(self.env._("This document is not open to you."))

    def _way_domain(self):
        """Return the domain of rows on whose document's way the user stood."""
        if self.env.user.has_group("vanban_core.group_leader"):
            return Domain.TRUE
        acting = self.env.user._vanban_acting_users().ids
        return Domain("document_id.drafter_id", "in", acting) | Domain(
            "document_id",
            "any!",
            Domain("review_ids", "any!", Domain("user_id", "in", acting)),
        )


class VanbanHistoryPart(models.AbstractModel):
    """A row of the history: written by the actions, never edited or deleted."""

    _name = "vanban.history.part"
    _inherit = ["vanban.document.part"]
    _description = "Row of the history"
    _guarded_fields = None

    @api.ondelete(at_uninstall=True)
    def _unlink_except_always(self):
        if self._vanban_is_uninstalling():
            return
        raise UserError(self.env._("The history of a document is never deleted."))
