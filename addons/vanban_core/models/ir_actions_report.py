import io

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..report import paged


class IrActionsReport(models.Model):
    """Forms on paged media: repeated heads, page numbers, PDF/A.

    Only reports marked for it; all others keep Odoo's own engine.
    """

    _inherit = "ir.actions.report"

    vanban_paged = fields.Boolean(
        string="Paged form",
        help="Laid out by WeasyPrint and stored as PDF/A; needs no wkhtmltopdf.",
    )

    def _get_rendering_context(self, report, docids, data):
        if report.vanban_paged and self._get_rendering_context_model(report) is None:
            # a form may read as superuser what goes with a document that is open
            self.env[report.model].browse(docids).check_access("read")
        values = super()._get_rendering_context(report, docids, data)
        if report.vanban_paged:
            values["vanban_css"] = Markup(paged.read_css())
        return values

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.vanban_paged:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        content = self._render_vanban_paged(report, res_ids, data)
        return {False: {"stream": io.BytesIO(content), "attachment": None}}

    def _render_vanban_paged(self, report, res_ids, data=None):
        """Return the PDF of a paged form.

        The model of a report may make its own PDF in ``_render_paged(ids)``.

        :raise UserError: no record to print
        """
        if not res_ids:
            raise UserError(self.env._("Choose what to print."))
        model = self._get_rendering_context_model(report)
        if hasattr(model, "_render_paged"):
            return model._render_paged(res_ids)
        html = self._render_qweb_html(report.report_name, res_ids, data=data)[0]
        return self._vanban_write_pdf(html)

    @api.model
    def _vanban_write_pdf(self, html):
        """Return the PDF of a page of HTML in UTF-8.

        :raise UserError: the layout failed
        """
        try:
            return paged.write_pdf(html)
        except paged.PrintError as error:
            raise UserError(
                self.env._("This could not be printed. The log of the server says why.")
            ) from error

    @api.model
    def _vanban_print(self, xml_id, records):
        """Return the PDF of a paged form of ours, also inside tests."""
        return self._render_vanban_paged(self._get_report(xml_id), records.ids)
