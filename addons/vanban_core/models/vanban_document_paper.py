from odoo import models

from ..tools import paper_text

# what is read for its words: role, name's end, reader; the better one first
_READ = {
    "incoming": [
        ("scan", ".pdf", paper_text.read_pdf),
        ("scan", ".docx", paper_text.read_docx),
    ],
    "outgoing": [
        ("signed", ".pdf", paper_text.read_pdf),
        ("draft", ".docx", paper_text.read_docx),
    ],
}


class VanbanDocument(models.Model):
    """The words of its paper, for what is read out of them."""

    _inherit = "vanban.document"

    def _get_paper_text(self):
        """Return the words of the newest file that has any, "" where none has.

        Incoming: the PDF received, or a DOCX. Outgoing: the signed PDF, or the draft
        where that is a scan. Files that are not open to the user are left out.
        """
        self.ensure_one()
        # a search: the relation's cache may hold what another user sees
        files = self.env["vanban.document.file"].search(
            [("document_id", "=", self.id)], order="version desc, id desc"
        )
        for role, suffix, read in _READ[self.direction]:
            for file in files.filtered(lambda f, r=role: f.role == r):
                if not file.name.lower().endswith(suffix):
                    continue
                # the file is open to the user; its attachment is read for it
                text = read(file.sudo().attachment_id.raw)
                if text:
                    return text
        return ""
