from odoo import http
from odoo.http import content_disposition, request

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class VanbanWeekFormController(http.Controller):
    @http.route(
        "/vanban/lich/tuan.<any(pdf,docx):kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def print_week(
        self, kind, schedule_id=None, topic_id=None, user_id=None, day=None, **_more
    ):
        """Return the week of an agency, a unit or a person as a file.

        :param schedule_id: of a ``vanban.schedule``; without it the week of a person
        :param topic_id: of a ``vanban.topic``: only entries of this field
        :param user_id: whose week; one's own where none is named
        :param day: of the week of a person; today by default
        """
        schedules = request.env["vanban.schedule"]
        form = schedules._find_form(schedule_id, topic_id, user_id, day)
        if not form:
            raise request.not_found()
        if kind == "pdf":
            report = request.env["report.vanban_calendar.report_week"]
            content, how = report._make_pdf(form), "inline"
        else:
            content, how = schedules._make_docx(form), "attachment"
        return request.make_response(
            content,
            [
                ("Content-Type", _TYPES[kind]),
                (
                    "Content-Disposition",
                    content_disposition(f"{form['file_name']}.{kind}", how),
                ),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
