from odoo import fields, models


class CalendarRecurrence(models.Model):
    _inherit = "calendar.recurrence"

    # who lets something be repeated does not mean once
    count = fields.Integer(default=4)
