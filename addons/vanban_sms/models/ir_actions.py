from odoo import api, models


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    def _get_bindings(self, model_name):
        """Offer on no record the dialog by which Odoo's users send messages."""
        return {
            kind: [one for one in actions if one.get("res_model") != "sms.composer"]
            for kind, actions in super()._get_bindings(model_name).items()
        }
