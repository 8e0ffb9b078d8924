from markupsafe import Markup

from odoo import api, models

from odoo.addons.vanban_core.report import paged


class ReportVanbanWeek(models.AbstractModel):
    """The week of an agency, a unit or a person on paper (HN-7.2b)."""

    _name = "report.vanban_calendar.report_week"
    _description = "Weekly schedule, printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        schedules = self.env["vanban.schedule"].browse(docids)
        return self._prepare_values([schedule._get_form() for schedule in schedules])

    @api.model
    def _prepare_values(self, forms):
        return {"title": forms[0]["title"] if forms else "", "forms": forms}

    @api.model
    def _make_pdf(self, form):
        """Return the PDF of a week.

        :param dict form: what ``vanban.schedule._get_form`` returns
        :raise UserError: the layout failed
        """
        values = {
            **self._prepare_values([form]),
            "vanban_css": Markup(paged.read_css()),
        }
        html = self.env["ir.qweb"]._render(
            "vanban_calendar.report_week", values, minimal_qcontext=True
        )
        return self.env["ir.actions.report"]._vanban_write_pdf(html.encode())
