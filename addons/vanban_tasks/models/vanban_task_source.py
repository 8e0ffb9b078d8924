from odoo import api, fields, models

from ..const import SOURCES


class VanbanTask(models.Model):
    """The document that gives a task: one of this agency, or its data (Điều 11.2)."""

    _inherit = "vanban.task"

    source = fields.Selection(SOURCES, required=True, default="letter")
    source_document_id = fields.Many2one(
        "vanban.document",
        string="Assigning document",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('state', 'in', ('registered', 'processing', 'waiting', 'done',"
        " 'issued')), ('secrecy', '=', 'normal')]",
    )
    source_type_id = fields.Many2one(
        "vanban.document.type",
        string="Kind of document",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    source_symbol = fields.Char(
        string="Number and symbol",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
    )
    source_date = fields.Date(
        string="Date of document",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
    )
    source_after_cutoff = fields.Boolean(
        string="Issued after the cut-off hour",
        help="Then it is to be entered the next working day (128/QĐ-UBND Điều 11.2b).",
    )
    source_subject = fields.Text(
        string="Subject",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
    )
    signer_name = fields.Char(
        string="Signed by",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
    )
    director_name = fields.Char(
        string="Directed by",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
    )
    drafter_name = fields.Char(
        string="Drafted by",
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("source_document_id")
    def _compute_source(self):
        """Take over what the document says: nothing is typed twice."""
        for task in self:
            told = task._get_told(task.source_document_id)
            for name in self._get_source_fields():
                # a computed field has to be given a value; what was typed stays
                task[name] = told.get(name) or task[name]
            task.director_name = task.director_name or task.signer_name

    @api.model
    def _get_source_fields(self):
        return {
            name
            for name, field in self._fields.items()
            if field.compute == "_compute_source"
        }

    @api.model
    def _get_told(self, document):
        """Return what a document says of itself, which nobody types again."""
        document = document.sudo()
        told = {
            "source_type_id": document.document_type_id.id,
            "source_symbol": document.symbol,
            "source_date": document.date,
            "source_subject": document.subject,
            "signer_name": document.signer_name,
            "drafter_name": document.drafter_id.name,
        }
        return {name: value for name, value in told.items() if value}
