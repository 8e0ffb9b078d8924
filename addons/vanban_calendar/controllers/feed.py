import hashlib

from odoo import http
from odoo.http import Response, request

_HEADERS = {
    # whoever passes it on may not keep it: it can be taken back at any time
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class VanbanFeedController(http.Controller):
    @http.route(
        "/vanban/lich/<token>.ics",
        type="http",
        auth="none",
        methods=["GET"],
        csrf=False,
        readonly=True,
        save_session=False,
    )
    def read_feed(self, token, **_more):
        """Return the calendar of a secret address; one answer for all others."""
        feed = request.env["vanban.calendar.feed"]._find(token, "ics")
        if not feed:
            return Response(
                "Not Found\n", 404, _HEADERS, content_type="text/plain; charset=utf-8"
            )
        feed._note_use()
        content = feed._get_ics()
        response = Response(
            content, 200, _HEADERS, content_type="text/calendar; charset=utf-8"
        )
        response.headers["Content-Disposition"] = 'inline; filename="lich.ics"'
        response.set_etag(hashlib.sha256(content).hexdigest()[:32])
        return response.make_conditional(request.httprequest.environ)
