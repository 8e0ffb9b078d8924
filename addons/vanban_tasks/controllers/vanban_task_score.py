from odoo import http
from odoo.http import content_disposition, request

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class VanbanTaskScoreController(http.Controller):
    @http.route(
        "/vanban_tasks/score/<int:period_id>", type="http", auth="user", readonly=True
    )
    def export_score(self, period_id):
        """Download the ranking of a period; the period checks the right to it."""
        period = request.env["vanban.task.score.period"].browse(period_id)
        content = period._make_xlsx()
        return request.make_response(
            content,
            [
                ("Content-Type", _XLSX),
                ("Content-Disposition", content_disposition(period._get_file_name())),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
