from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _is_vanban_file(self):
        """Keep the files of tasks as those of documents are kept (design §4.9)."""
        if super()._is_vanban_file():
            return True
        # whose file it is has to be known, also to those who may not see it
        File = self.env["vanban.task.file"].sudo()
        return bool(
            self.ids and File.search_count([("attachment_id", "in", self.ids)], limit=1)
        )
