from odoo import fields, models


class VanbanTaskPaper(models.AbstractModel):
    """The document that a dialog sends: an issued one, or its data typed by hand."""

    _name = "vanban.task.paper"
    _description = "Document and files to send"

    document_id = fields.Many2one(
        "vanban.document",
        string="Issued document",
        domain=[
            ("direction", "=", "outgoing"),
            ("state", "=", "issued"),
            ("secrecy", "=", "normal"),
        ],
        help="Its data and its signed file are taken over: nothing is typed twice.",
    )
    symbol = fields.Char(string="Number and symbol")
    date = fields.Date(string="Date of document")
    signed_file = fields.Binary(string="Signed original", attachment=False)
    signed_name = fields.Char(string="File name")
    other_ids = fields.Many2many("ir.attachment", string="Other papers")

    def _get_paper_values(self):
        """Return the values and files as the actions take them."""
        return {
            "document_id": self.document_id.id,
            "symbol": self.symbol,
            "date": self.date,
            "files": self._get_files(),
        }

    def _get_files(self):
        files = [
            {"name": paper.name, "content": paper.datas, "role": "other"}
            for paper in self.other_ids
        ]
        if self.signed_file:
            signed = self.with_context(bin_size=False).signed_file
            name = self.signed_name
            files.insert(0, {"name": name, "content": signed, "role": "signed"})
        return files

    def _drop_uploads(self):
        """Forget what was uploaded for this dialog: the files are kept elsewhere."""
        self.other_ids.filtered(
            lambda paper: (
                paper.res_model == self._name
                and not paper.res_id
                and paper.create_uid == self.env.user
            )
        ).unlink()
