from odoo import http
from odoo.http import request

_HEADERS = [
    # it can be taken back at any time, and what it shows changes
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex"),
]


class VanbanHallController(http.Controller):
    @http.route(
        "/vanban/lich/man-hinh/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def show_hall(self, token, **_more):
        """Return the screen of the hall of a secret address, or nothing at all."""
        feed = request.env["vanban.calendar.feed"]._find(token, "hall")
        if not feed:
            return request.make_response("", _HEADERS, status=404)
        feed._note_use()
        env = feed.with_company(feed.company_id).with_context(lang="vi_VN").env
        page = env["ir.qweb"]._render(
            "vanban_calendar.hall_page", env["vanban.schedule"]._get_hall_data()
        )
        return request.make_response(
            page, [*_HEADERS, ("Content-Type", "text/html; charset=utf-8")]
        )
