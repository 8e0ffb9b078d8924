from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class VanbanSchedule(models.Model):
    """What a screen in the hall shows: the agency's schedule of today and tomorrow.

    Everybody who passes by reads it: what is published and not closed.
    """

    _inherit = "vanban.schedule"

    @api.model
    def _get_hall_data(self):
        """Return the published entries of two days of the agency.

        :return: dict of ``agency``, ``note``, ``now`` (UTC), ``days`` (``name``,
            ``date``, ``off`` and ``slots``: ``time``, ``entry`` as
            ``calendar.event._vanban_prepare_shown``, ``is_over``) and some words
        """
        company = self.env.company
        now = fields.Datetime.now()
        local = company._vanban_to_local(now)
        today = local.date()
        own = Domain("vanban_level", "=", "agency")
        own &= Domain("vanban_company_id", "=", company.id)
        seen = Domain("vanban_is_published", "=", True)
        seen &= Domain("vanban_is_closed", "=", False)
        entries = self.env["calendar.event"]._vanban_read_week(today, own, seen)
        names = (self.env._("Today"), self.env._("Tomorrow"))
        return {
            **self._get_hall_words(),
            "agency": company.name,
            "note": company.vanban_schedule_note or "",
            "now": now.isoformat(),
            "days": [
                self._get_hall_day(
                    name,
                    today + timedelta(days=days),
                    entries,
                    # nothing of tomorrow is over
                    "" if days else f"{local:%H:%M}",
                )
                for days, name in enumerate(names)
            ],
        }

    @api.model
    def _get_hall_words(self):
        return {
            "marks": {
                "added": self.env._("Added"),
                "changed": self.env._("Adjusted"),
                "cancelled": self.env._("Put off or cancelled"),
            },
            "empty": self.env._("Nothing stands in the schedule."),
            "away": self.env._(
                "The server does not answer; this is the schedule as of %(time)s.",
                time="{time}",
            ),
        }

    @api.model
    def _get_hall_day(self, name, day, entries, hour):
        told = self.env.company._vanban_describe_day(day)
        slots = [
            {
                "time": slot["time"],
                "entry": entry,
                "is_over": bool(slot["stop"]) and slot["stop"] <= hour,
            }
            for entry in entries
            for slot in entry["slots"]
            if slot["date"] == day.isoformat()
        ]
        date = format_date(self.env, day, date_format="EEEE, dd/MM/yyyy")
        return {
            "name": name,
            "date": date[:1].upper() + date[1:],
            "off": "" if told["is_working"] else told["name"] or self.env._("Off"),
            # what is over stands behind what is to come
            "slots": sorted(slots, key=lambda slot: slot["is_over"]),
        }
