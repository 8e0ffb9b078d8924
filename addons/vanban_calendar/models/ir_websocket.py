from odoo import models

from .vanban_schedule_week import WEEK_CHANNEL


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let who has a week open hear that it changed: people of the agency alone."""
        channels = list(channels)
        if WEEK_CHANNEL in channels:
            channels.remove(WEEK_CHANNEL)
            user = self.env.user
            if user.has_group("vanban_core.group_officer"):
                channels += [(company, WEEK_CHANNEL) for company in user.company_ids]
        return super()._build_bus_channel_list(channels)
