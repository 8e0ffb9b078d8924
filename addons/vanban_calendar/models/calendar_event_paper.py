from odoo import api, fields, models
from odoo.tools import SQL


class CalendarEvent(models.Model):
    """Papers of a meeting: files as visible as the entry, documents as they are.

    Nobody links what is not open to oneself: the ORM sees to that.
    """

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
        if any(vals.get("vanban_attachment_ids") for vals in vals_list):
            events._vanban_keep_files(self.env["ir.attachment"])
        return events

    def write(self, vals):
        if "vanban_attachment_ids" not in vals:
            return super().write(vals)
        before = self._vanban_get_files()
        result = super().write(vals)
        self._vanban_keep_files(before)
        return result

    def _vanban_get_files(self):
        """Return what is attached, also what the user does not see."""
        # not by the field: its cache holds what the first who read it saw
        rows = self.env.execute_query(
            SQL(
                "SELECT attachment_id FROM vanban_calendar_event_attachment_rel"
                " WHERE event_id = ANY(%s)",
                self.ids,
            )
        )
        return self.env["ir.attachment"].browse({id_ for [id_] in rows})

    def _vanban_keep_files(self, before):
        """Keep files with their entry as long as they are attached to it.

        :param before: what was attached before
        """
        now = self._vanban_get_files()
        for event in self if now - before else ():
            own = event.sudo().vanban_attachment_ids & (now - before)
            # just uploaded: it belongs nowhere yet
            loose = own.with_env(self.env).filtered(lambda file: not file.res_id)
            loose.write({"res_model": event._name, "res_id": event.id})
        gone = (before - now).sudo()
        gone.filtered(
            lambda file: file.res_model == self._name and file.res_id in self.ids
        ).unlink()
