from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        # Odoo's paid services, which no text message uses
        paid = self.env["ir.model.data"]._xmlid_to_res_id("iap.iap_root_menu")
        return [*super()._load_menus_blacklist(), paid]
