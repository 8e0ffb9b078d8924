from odoo import api, models


class VanbanWorkPart(models.AbstractModel):
    """What the working time of an agency is made of; a change builds it anew."""

    _name = "vanban.work.part"
    _description = "Part of the working time"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
