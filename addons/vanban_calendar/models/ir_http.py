from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request
from odoo.tools.misc import get_lang


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_calendar(cls):
        """Say in one sentence that a link invites nobody, and not whom it invited."""
        try:
            return super()._auth_method_calendar()
        except BadRequest as error:
            here = request.env["ir.http"].with_context(lang=get_lang(request.env).code)
            raise BadRequest(
                here.env._("This is not the link of an invitation to you.")
            ) from error
