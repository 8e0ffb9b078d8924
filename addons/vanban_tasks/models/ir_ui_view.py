from odoo import fields, models


class IrUiView(models.Model):
    """Tasks on a line of time: a kind of view of its own."""

    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("vanban_timeline", "Timeline")])

    def _get_view_info(self):
        return super()._get_view_info() | {
            "vanban_timeline": {"icon": "fa fa-tasks"},
        }


class IrActionsActWindowView(models.Model):
    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(
        selection_add=[("vanban_timeline", "Timeline")],
        ondelete={"vanban_timeline": "cascade"},
    )
