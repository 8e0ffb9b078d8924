from odoo import fields, models

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class ResCompany(models.Model):
    """When the schedule of the next week is arranged (20/2007/QĐ-UBND Điều 7.2e)."""

    _inherit = "res.company"

    vanban_schedule_weekday = fields.Selection(
        WEEKDAYS,
        string="Schedule arranged on",
        default="4",
        help="On this day of each week the schedule of the next one is arranged. "
        "Without a day nobody is reminded.",
    )
    vanban_schedule_hour = fields.Float(
        string="Schedule arranged at",
        default=9.0,
        help="Until then units propose what is to stand in it.",
    )
    vanban_schedule_note = fields.Char(
        string="Note on the schedule",
        help="Printed under the title of each week.",
        translate=False,
    )
    vanban_schedule_called_on = fields.Date(
        string="Last reminder of the schedule", readonly=True, copy=False
    )

    _vanban_schedule_hour = models.Constraint(
        "CHECK (vanban_schedule_hour >= 0 AND vanban_schedule_hour < 24)",
        "The hour of arranging is between 0:00 and 24:00.",
    )
