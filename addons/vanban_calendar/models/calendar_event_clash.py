from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# an entry of whole days is kept from 8:00 to 18:00 of no zone: the days are meant
_TAKEN = """tsrange(
    CASE WHEN allday THEN date_trunc('day', start) - INTERVAL '7 hours' ELSE start END,
    CASE WHEN allday
         THEN date_trunc('day', GREATEST(start, stop)) + INTERVAL '17 hours'
         ELSE GREATEST(start, stop) END)"""
# two entries of a week at one time with the same leader, whom nobody stands in for
_DOUBLE_BOOKINGS = f"""
    WITH entry AS (
        SELECT id, start, {_TAKEN} AS taken
          FROM calendar_event
         WHERE vanban_schedule_id = %(schedule)s
           AND active AND vanban_state = 'accepted'
    )
    SELECT partner.name, first.id, second.id
      FROM entry first
      JOIN entry second ON (first.start, first.id) < (second.start, second.id)
                       AND first.taken && second.taken
      JOIN calendar_attendee here ON here.event_id = first.id
      JOIN calendar_attendee there
        ON there.event_id = second.id AND there.partner_id = here.partner_id
      JOIN res_partner partner ON partner.id = here.partner_id
     WHERE here.partner_id = ANY(%(leaders)s)
       AND here.state IS DISTINCT FROM 'declined'
       AND there.state IS DISTINCT FROM 'declined'
       AND (%(only)s::int[] IS NULL OR first.id = ANY(%(only)s)
            OR second.id = ANY(%(only)s))
     ORDER BY first.start, first.id, second.id
"""
# what takes people, rooms or vehicles in a time
_TAKEN_BY = """
    SELECT event.id, event.name, event.start, event.stop, event.allday,
           ARRAY(SELECT attendee.partner_id
                   FROM calendar_attendee attendee
                  WHERE attendee.event_id = event.id
                    AND attendee.partner_id = ANY(%(partners)s)
                    AND attendee.state IS DISTINCT FROM 'declined') AS partners,
           ARRAY(SELECT partner.name
                   FROM calendar_attendee attendee
                   JOIN res_partner partner ON partner.id = attendee.partner_id
                  WHERE attendee.event_id = event.id
                    AND attendee.partner_id = ANY(%(partners)s)
                    AND attendee.state IS DISTINCT FROM 'declined') AS people,
           ARRAY(SELECT thing.name
                   FROM resource_resource thing
                   LEFT JOIN vanban_calendar_event_vehicle_rel rel
                     ON rel.resource_id = thing.id AND rel.event_id = event.id
                  WHERE thing.id = ANY(%(things)s)
                    AND (rel.event_id IS NOT NULL
                         OR thing.id = event.vanban_room_id)) AS things
      FROM calendar_event event
     WHERE event.active AND event.show_as = 'busy'
       AND COALESCE(event.vanban_state, 'accepted') IN ('accepted', 'proposed')
       AND event.id <> ALL(%(own)s)
       AND %(taken)s && tsrange(%(start)s, %(stop)s)
     ORDER BY event.start, event.id
"""
_MOST_CLASHES = 20
# working days ahead in which free time is looked for, in steps of minutes
_DAYS_AHEAD = 10
_STEP = timedelta(minutes=15)


class CalendarEvent(models.Model):
    """Who and what is taken at the time of an entry, and when it is free again.

    A clash warns and does not forbid; a leader in two places at once has to name who
    goes instead.
    """

    _inherit = "calendar.event"

    vanban_clashes = fields.Json(
        string="Clashes", compute="_compute_vanban_clashes", exportable=False
    )

    # past entries end before what is looked for: the index passes them by
    _vanban_taken_idx = models.Index(f"USING gist ({_TAKEN}) WHERE active")

    @api.depends(
        "start",
        "stop",
        "allday",
        "start_date",
        "stop_date",
        "partner_ids",
        "attendee_ids.state",
        "vanban_chair_id",
        "vanban_room_id",
        "vanban_vehicle_ids",
    )
    @api.depends_context("uid", "lang")
    def _compute_vanban_clashes(self):
        for event in self:
            event.vanban_clashes = event._vanban_get_clashes()

    def _vanban_get_clashes(self):
        """Return what clashes with the entry, and the next time free for all.

        :return: False where nothing clashes, or a dict:

            - ``clashes``: list of ``{who, what, when, id}``
            - ``leaders``: list of ``{name, attendee_id}`` of leaders who would be in
              two places; the invitation where the user may name who goes instead
            - ``free``: ``{start, stop, label}`` with moments in UTC, or False
        """
        self.ensure_one()
        needs = self._vanban_get_needs()
        if not self.start or not self.stop or self.stop < self.start or not needs:
            return False
        start, stop = self._vanban_utc_span()
        taken = self._vanban_find_taken(needs, start, stop)
        if not taken:
            return False
        events = self.browse({row["id"] for row in taken})
        seen = set(events._filtered_access("read").ids)
        return {
            "clashes": [
                self._vanban_prepare_clash(row, seen) for row in taken[:_MOST_CLASHES]
            ],
            "leaders": self._vanban_get_booked_leaders(taken),
            "free": self._vanban_find_free(needs, start, stop),
        }

    def _vanban_get_booked_leaders(self, taken):
        leaders = self.env.ref("vanban_core.group_leader").sudo().all_user_ids
        booked = {partner_id for row in taken for partner_id in row["partners"]}
        rows = self._origin.attendee_ids.filtered("vanban_can_answer")
        found = {row.partner_id.id: row.id for row in rows}
        return [
            {"name": partner.name, "attendee_id": found.get(partner.id, False)}
            for partner in leaders.partner_id.filtered(lambda p: p.id in booked)
        ]

    def _vanban_get_needs(self):
        """Return the ids of people (contacts), rooms and vehicles that it takes."""
        chair = self.vanban_chair_id._origin.sudo().partner_id
        partners = self.partner_ids._origin | chair
        rows = self._origin.sudo().attendee_ids
        partners -= rows.filtered(lambda row: row.state == "declined").partner_id
        things = self.vanban_room_id._origin | self.vanban_vehicle_ids._origin
        return (partners.ids, things.ids) if partners or things else False

    def _vanban_utc_span(self):
        if not self.allday:
            return self.start, self.stop
        zone = self.vanban_company_id._vanban_tz()
        return tuple(
            zone.localize(moment).astimezone(UTC).replace(tzinfo=None)
            for moment in self._vanban_span()
        )

    def _vanban_find_taken(self, needs, start, stop):
        """Return rows of entries that take one of the needs in a time, in one query."""
        partner_ids, thing_ids = needs
        for name in ("calendar.event", "calendar.attendee", "res.partner"):
            self.env[name].flush_model()
        query = SQL(
            _TAKEN_BY,
            partners=partner_ids,
            things=thing_ids,
            own=self._origin.ids,
            taken=SQL(_TAKEN),
            start=start,
            stop=stop,
        )
        self.env.cr.execute(query)
        return [
            row for row in self.env.cr.dictfetchall() if row["people"] or row["things"]
        ]

    def _vanban_prepare_clash(self, row, seen):
        """Return a clash in words; what is not open to the user is just taken time."""
        event = self.browse(row["id"])
        return {
            "who": ", ".join([*row["people"], *row["things"]]),
            "what": row["name"] if row["id"] in seen else self.env._("Busy"),
            "when": event.sudo()._vanban_when(),
            "id": row["id"] if row["id"] in seen else False,
        }

    # ---- when it is free again ----

    def _vanban_find_free(self, needs, start, stop):
        """Return the next time in working hours at which all needs are free, or False.

        What is longer than a session is looked for from morning on.
        """
        company = self.vanban_company_id
        local, zone = company._vanban_to_local, company._vanban_tz()
        length, begin = stop - start, local(max(start, fields.Datetime.now()))
        try:
            end_day = company._vanban_shift_days(begin.date(), _DAYS_AHEAD)
        except UserError:
            return False
        end = datetime.combine(end_day, datetime.max.time())
        busy = [
            (local(row["start"]), local(row["stop"]))
            if not row["allday"]
            else self.browse(row["id"]).sudo()._vanban_span()
            for row in self._vanban_find_taken(needs, start, start + (end - begin))
        ]
        found = self._vanban_search_free(begin, end, length, busy)
        if not found:
            return False
        free = [
            zone.localize(moment).astimezone(UTC).replace(tzinfo=None)
            for moment in (found, found + length)
        ]
        label = self.new(
            {"start": free[0], "stop": free[1], "vanban_company_id": company.id}
        )
        return {
            "start": fields.Datetime.to_string(free[0]),
            "stop": fields.Datetime.to_string(free[1]),
            "label": label._vanban_when(),
        }

    def _vanban_search_free(self, begin, end, length, busy):
        work = self.vanban_company_id._vanban_work_time()
        day = begin.date()
        while day <= end.date():
            hours = work.get_intervals(day)
            # several sessions in a row, where it is longer than one of them
            spans = [*hours, *([(hours[0][0], hours[-1][1])] if hours else [])]
            for first, last in spans:
                moment = max(first, _round_up(begin))
                while moment + length <= last:
                    inside = [
                        stop
                        for start, stop in busy
                        if start < moment + length and stop > moment
                    ]
                    if not inside:
                        return moment
                    moment = _round_up(max(inside))
            day += timedelta(days=1)
        return None

    # ---- leaders in two places ----

    def _vanban_check_leaders(self):
        """Refuse a leader in two entries at once for whom nobody goes instead.

        While a week is being arranged this is a warning; it is not submitted so.

        :raise UserError: who, and which entries
        """
        weeks = self.sudo().vanban_schedule_id
        for schedule in weeks.filtered(lambda week: week.state != "draft"):
            gaps = self._vanban_get_double_bookings(schedule, only=self.ids)
            if gaps:
                raise UserError("\n".join(gaps))

    def _vanban_get_double_bookings(self, schedule, only=None):
        """Return a sentence for each pair of entries of a week that takes one leader.

        :param list only: ids of entries of which one has to be in the pair
        """
        leaders = (
            self.env.ref("vanban_core.group_leader").sudo().all_user_ids.partner_id
        )
        for name in ("calendar.event", "calendar.attendee"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                _DOUBLE_BOOKINGS,
                schedule=schedule.id,
                leaders=leaders.ids,
                only=only,
            )
        )
        return [
            self.env._(
                "%(who)s is in two places: “%(first)s” (%(when)s) and “%(second)s”: "
                "name who goes instead.",
                who=who,
                first=self.sudo().browse(first_id).name,
                when=self.sudo().browse(first_id)._vanban_when(),
                second=self.sudo().browse(second_id).name,
            )
            for who, first_id, second_id in rows
        ]


def _round_up(moment):
    """Return the next quarter of an hour, or the moment itself where it is one."""
    over = timedelta(
        minutes=moment.minute % 15,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
    return moment + (_STEP - over if over else timedelta())
