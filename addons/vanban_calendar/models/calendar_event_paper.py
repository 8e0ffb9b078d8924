from odoo import api, fields, models
from odoo.tools import SQL


class CalendarEvent(models.Model):
    """Papers of a meeting: files as visible as the entry, documents as they are."""

    _inherit = "calendar.event"

    vanban_attachment_ids = fields.Many2many(
        "ir.attachment",
        "vanban_calendar_event_attachment_rel",
        "event_id",
        "attachment_id",
        string="Files",
        copy=False,
    )
    vanban_document_ids = fields.Many2many(
        "vanban.document",
        "vanban_calendar_event_document_rel",
        "event_id",
        "document_id",
        string="Papers, related documents",
        copy=False,
        help="Who takes part opens a document only where the document is open to "
        "that person.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        named = {"vanban_attachment_ids", "vanban_document_ids"}
        if any(vals.keys() & named for vals in vals_list):
            none = self.env["vanban.document"], self.env["ir.attachment"]
            events._vanban_take_papers(*none)
        return events

    def write(self, vals):
        if not vals.keys() & {"vanban_attachment_ids", "vanban_document_ids"}:
            return super().write(vals)
        documents = self._vanban_get_papers("vanban_document_ids")
        files = self._vanban_get_papers("vanban_attachment_ids")
        result = super().write(vals)
        self._vanban_take_papers(documents, files)
        return result

    def _vanban_get_papers(self, name):
        """Return what is linked, also what the user does not see."""
        # not by the field: its cache holds what the first who read it saw
        field = self._fields[name]
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE event_id = ANY(%s)",
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                self.ids,
            )
        )
        return self.env[field.comodel_name].browse({id_ for [id_] in rows})

    def _vanban_take_papers(self, documents, files):
        """Check what was linked, and keep files with the entry as long as they are.

        :param documents: what was linked before
        :param files: what was attached before
        :raise AccessError: a document that is not open to the user, somebody's file
        """
        (self._vanban_get_papers("vanban_document_ids") - documents)._check_visible()
        now = self._vanban_get_papers("vanban_attachment_ids")
        for event in self if now - files else ():
            own = event.sudo().vanban_attachment_ids & (now - files)
            # a file that belongs nowhere yet is its maker's: the rules refuse others'
            loose = own.with_env(self.env).filtered(lambda file: not file.res_id)
            loose.write({"res_model": event._name, "res_id": event.id})
        gone = (
            (files - now)
            .sudo()
            .filtered(
                lambda file: file.res_model == self._name and file.res_id in self.ids
            )
        )
        gone.unlink()
