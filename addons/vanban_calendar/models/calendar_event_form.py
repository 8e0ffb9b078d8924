from datetime import UTC, date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import SESSIONS, SHOWN_TO

# as Odoo keeps whole days: hours of no zone
_WHOLE_DAY = (time(8), time(18))
# no holidays last longer
_DAYS_AHEAD = 14
# what a client may send as a day still has a moment before it
_FIRST_DAY = date(1900, 1, 1)
_LAST_MINUTE = 24 * 60 - 1


class CalendarEvent(models.Model):
    """What the form of an entry asks for: day, part of it and hours, and for whom.

    The fields of day and hours are the form's own; they set ``start`` and ``stop``,
    which are what is kept.
    """

    _inherit = "calendar.event"

    vanban_day = fields.Date(
        string="On day",
        compute="_compute_vanban_day",
        readonly=False,
        exportable=False,
    )
    vanban_last_day = fields.Date(
        string="To day", compute="_compute_vanban_day", readonly=False, exportable=False
    )
    vanban_from = fields.Float(
        string="From hour",
        compute="_compute_vanban_day",
        readonly=False,
        exportable=False,
    )
    vanban_to = fields.Float(
        string="To hour",
        compute="_compute_vanban_day",
        readonly=False,
        exportable=False,
    )
    vanban_session_pick = fields.Selection(
        SESSIONS,
        string="Part of day",
        compute="_compute_vanban_session_pick",
        readonly=False,
        exportable=False,
    )
    vanban_when_label = fields.Char(string="When", compute="_compute_vanban_labels")
    vanban_where_label = fields.Char(string="Where", compute="_compute_vanban_labels")
    vanban_shown_to = fields.Selection(
        SHOWN_TO,
        string="Shown to",
        compute="_compute_vanban_shown_to",
        inverse="_inverse_vanban_shown_to",
        exportable=False,
    )

    # ---- computes ----

    @api.depends("start", "stop", "allday", "vanban_company_id")
    def _compute_vanban_day(self):
        for event in self:
            if not event.start or not event.stop:
                event.update(
                    dict.fromkeys(("vanban_day", "vanban_last_day"), False)
                    | {"vanban_from": 0, "vanban_to": 0}
                )
                continue
            start, stop = event._vanban_span()
            last = stop.date() - timedelta(days=int(event.allday))
            event.vanban_day = start.date()
            event.vanban_last_day = last != start.date() and last
            event.vanban_from = start.hour + start.minute / 60
            event.vanban_to = stop.hour + stop.minute / 60

    @api.depends("vanban_session")
    def _compute_vanban_session_pick(self):
        for event in self:
            event.vanban_session_pick = event.vanban_session

    @api.depends("start", "stop", "allday", "location", "vanban_room_id.name")
    @api.depends_context("lang")
    def _compute_vanban_labels(self):
        for event in self:
            dated = event.start and event.stop
            event.vanban_when_label = dated and event._vanban_when()
            event.vanban_where_label = event._vanban_where()

    @api.depends("privacy", "user_id", "vanban_level")
    def _compute_vanban_shown_to(self):
        for event in self:
            own = event.vanban_level == "person"
            private = event.effective_privacy == "private"
            event.vanban_shown_to = own and ("me" if private else "all")

    def _inverse_vanban_shown_to(self):
        for event in self.filtered(lambda e: e.vanban_level == "person"):
            event.privacy = "private" if event.vanban_shown_to == "me" else "public"

    # ---- while typing ----

    @api.onchange("vanban_day", "vanban_last_day", "vanban_from", "vanban_to")
    def _onchange_vanban_day(self):
        """Set start and stop; what begins later ends later."""
        if not self.vanban_day or not self.start or not self.stop:
            return
        first = max(self.vanban_day, _FIRST_DAY)
        last = max(self.vanban_last_day or first, first)
        if self.allday:
            self.start, self.stop = map(datetime.combine, (first, last), _WHOLE_DAY)
            return
        before, after = self._vanban_span()
        start = self._vanban_join(first, self.vanban_from)
        stop = self._vanban_join(last, self.vanban_to)
        if start != before and stop <= start:
            stop = start + (after - before)
        self.start, self.stop = self._vanban_to_utc(start, stop)

    @api.model
    def _vanban_join(self, day, hour):
        minutes = min(round(min(24, max(0, hour)) * 60), _LAST_MINUTE)
        return datetime.combine(day, time.min) + timedelta(minutes=minutes)

    def _vanban_to_utc(self, *moments):
        """Return moments where the agency is in UTC, without zone."""
        zone = self.vanban_company_id._vanban_tz()
        return [
            zone.localize(moment).astimezone(UTC).replace(tzinfo=None)
            for moment in moments
        ]

    @api.onchange("vanban_session_pick")
    def _onchange_vanban_session_pick(self):
        """Take the agency's working hours of the part of the day that was picked."""
        pick = self.vanban_session_pick
        if not pick or not self.start or pick == self._get_session():
            return
        day = self._vanban_span()[0].date()
        self.allday = pick == "day"
        if self.allday:
            self.start, self.stop = map(datetime.combine, (day, day), _WHOLE_DAY)
        else:
            hours = self.vanban_company_id._vanban_session_hours(day, pick)
            self.start, self.stop = self._vanban_to_utc(*hours)

    @api.onchange("vanban_level")
    def _onchange_vanban_level(self):
        """Name one's own unit, and nobody yet who takes part in a schedule's entry."""
        me = self.env.user.partner_id
        is_own = self.vanban_level == "person"
        if self.vanban_level != "unit":
            self.vanban_unit_id = False
        elif not self.vanban_unit_id:
            self.vanban_unit_id = self.env.user._vanban_unit().sudo(False)
        if self._origin:
            return
        if is_own and not self.partner_ids:
            self.partner_ids = me
        elif not is_own and self.partner_ids._origin == me:
            self.partner_ids = False

    # ---- checks ----

    @api.constrains("start", "stop", "start_date", "stop_date")
    def _check_closing_date(self):
        """Say it in the words and the time of the agency."""
        for event in self:
            if event.start and event.stop and event.stop < event.start:
                raise ValidationError(
                    self.env._("“%(name)s” ends before it begins.", name=event.name)
                )

    @api.constrains("vanban_level", "privacy")
    def _check_vanban_privacy(self):
        if any(e.vanban_level != "person" and e.privacy for e in self):
            raise ValidationError(
                self.env._("Who sees an entry of a schedule follows from the schedule.")
            )

    # ---- create, write ----

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "start" in fields_list and "default_start" not in self.env.context:
            values.update(self._vanban_get_next_session(fields_list))
        if values.get("vanban_level") in ("unit", "agency"):
            if "default_partner_ids" not in self.env.context:
                values.pop("partner_ids", None)
            if values["vanban_level"] == "unit" and "vanban_unit_id" in fields_list:
                values.setdefault("vanban_unit_id", self.env.user._vanban_unit().id)
        return values

    @api.model
    def _vanban_get_next_session(self, fields_list):
        """Return start and stop of the next part of a day that is worked, soon."""
        agency = self.env.company
        now = agency._vanban_to_local(fields.Datetime.now())
        work = agency._vanban_work_time()
        for ahead in range(_DAYS_AHEAD):
            for span in work.get_intervals(now.date() + timedelta(days=ahead)):
                if span[0] > now:
                    event = self.new({"vanban_company_id": agency.id})
                    moments = event._vanban_to_utc(*span)
                    found = dict(zip(("start", "stop"), moments, strict=True))
                    return {name: found[name] for name in found if name in fields_list}
        return {}

    def write(self, vals):
        """Change the entries of a schedule one by one: each week is one's own.

        :raise UserError: several of a schedule at once
        """
        several = vals.get("recurrence_update") in ("all_events", "future_events")
        if several and any(event.vanban_level != "person" for event in self):
            raise UserError(self.env._("Entries of a schedule are changed one by one."))
        return super().write(vals)
