from odoo import models


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def get_view_info(self):
        """Name the kinds of views by words that users know."""
        info = super().get_view_info()
        info["kanban"]["display_name"] = self.env._("Cards")
        info["pivot"]["display_name"] = self.env._("Table of sums")
        return info
