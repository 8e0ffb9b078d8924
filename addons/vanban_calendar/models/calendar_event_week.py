from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.day_parts import cut_days
from .calendar_event_clash import _TAKEN
from .calendar_event_entry import WATCHED

_DAY = timedelta(days=1)
_LONG = "stop > start + INTERVAL '1 day'"
_COLUMNS = (
    *("id", "name", "start", "stop", "allday", "location", "privacy", "show_as"),
    *("create_uid", "vanban_level", "vanban_company_id"),
    *("vanban_unit_id", "vanban_state", "vanban_refusal", "vanban_is_published"),
    *("vanban_room_id", "vanban_chair_id", "vanban_chair_name", "vanban_guests"),
    *("vanban_preparing_unit_id", "vanban_topic_id", "vanban_dress", "vanban_note"),
    *("vanban_is_closed", "vanban_mark", "vanban_mark_words"),
)
# what a week shows of an entry beside what is written down as a change
_TOLD = {*WATCHED, "vanban_state", "vanban_topic_id", "privacy", "show_as"}
# Whether an entry is seen is worked out once, not for each of its columns. What is not
# seen is there as taken time, once it is published or stands in one's own calendar.
_ENTRIES = """
    WITH entry AS MATERIALIZED (%(candidates)s)
    SELECT entry.*, room.name AS room, agency.name AS agency, proposer.name AS proposer,
           chair.partner_id AS chair_partner_id,
           %(unit_name)s AS unit, %(preparing_name)s AS preparing_unit,
           ARRAY(SELECT partner_id
                   FROM calendar_attendee
                  WHERE event_id = entry.id AND partner_id = ANY(%(partners)s)
                    AND state IS DISTINCT FROM 'declined') AS attending,
           (SELECT JSON_AGG(
                       JSON_BUILD_ARRAY(guest.id, guest.name, vanban_substitute_name,
                                        substitute.partner_id)
                       ORDER BY attendee.id)
              FROM calendar_attendee attendee
              JOIN res_partner guest ON guest.id = attendee.partner_id
              LEFT JOIN res_users substitute
                ON substitute.id = attendee.vanban_substitute_id
             WHERE attendee.event_id = entry.id AND entry.seen
               -- a unit is named itself, not by who answers for it
               AND (attendee.vanban_unit_id IS NULL
                    OR EXISTS (SELECT
                                 FROM calendar_event_res_partner_rel named
                                WHERE named.calendar_event_id = entry.id
                                  AND named.res_partner_id = guest.id))) AS people,
           (SELECT JSON_AGG(JSON_BUILD_ARRAY(guest.id, %(guest_name)s)
                            ORDER BY guest.id)
              FROM vanban_calendar_event_unit_rel rel
              JOIN hr_department guest ON guest.id = rel.department_id
             WHERE rel.event_id = entry.id AND entry.seen) AS guest_units,
           ARRAY(SELECT thing.name
                   FROM vanban_calendar_event_vehicle_rel rel
                   JOIN resource_resource thing ON thing.id = rel.resource_id
                  WHERE rel.event_id = entry.id AND entry.seen
                  ORDER BY thing.name) AS vehicles,
           (SELECT COUNT(*)
              FROM ir_attachment
             WHERE res_model = 'calendar.event' AND res_id = entry.id
               AND res_field IS NULL AND entry.seen) AS papers
      FROM entry
      JOIN res_company agency ON agency.id = entry.vanban_company_id
      LEFT JOIN resource_resource room ON room.id = entry.vanban_room_id
      LEFT JOIN res_users chair ON chair.id = entry.vanban_chair_id
      LEFT JOIN res_users author ON author.id = entry.create_uid
      LEFT JOIN res_partner proposer ON proposer.id = author.partner_id
      LEFT JOIN hr_department unit ON unit.id = entry.vanban_unit_id
      LEFT JOIN hr_department preparing ON preparing.id = entry.vanban_preparing_unit_id
     WHERE entry.seen
        OR (%(taken)s AND entry.show_as = 'busy'
            AND entry.vanban_state IS DISTINCT FROM 'cancelled'
            AND (entry.vanban_is_published OR entry.vanban_level = 'person'))
     ORDER BY entry.start, entry.stop, entry.id
"""
_RAW = (
    *("calendar.event", "calendar.attendee", "res.partner", "res.users"),
    *("hr.department", "resource.resource", "res.company", "ir.attachment"),
)


class CalendarEvent(models.Model):
    """What a week shows of its entries: read in one query, whatever their number.

    Who may see an entry sees all of it; of others the time is told where it is taken.
    """

    _inherit = "calendar.event"

    # few entries last over a day; the others of a week begin in it, or the day before
    _vanban_long_idx = models.Index(
        f"(vanban_company_id, stop) WHERE active AND {_LONG}"
    )

    # ---- telling who has the week open ----

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._vanban_tell_weeks()
        return events

    def write(self, vals):
        if not vals.keys() & _TOLD:
            return super().write(vals)
        self._vanban_tell_weeks()
        result = super().write(vals)
        self.exists()._vanban_tell_weeks()  # a repetition may have lost some
        return result

    def unlink(self):
        self._vanban_tell_weeks()
        return super().unlink()

    def _vanban_tell_weeks(self):
        """Let who has a week of these entries open read it anew."""
        Schedule = self.env["vanban.schedule"]
        weeks = set()
        for event in self.sudo():
            company = event.vanban_company_id
            for moment in filter(None, (event.start, event.stop)):
                day = company._vanban_to_local(moment).date()
                weeks.add((company, Schedule._get_monday(day)))
        Schedule._tell_weeks(weeks)

    # ---- reading a week ----

    @api.model
    def _vanban_read_week(self, monday, own, seen, people=None, topic_id=False):
        """Return the entries of a week, by time, and the time taken by hidden ones.

        :param date monday: the first day
        :param Domain own: entries of one agency that stand in it
        :param Domain seen: those that are told whole
        :param dict people: ``{contact id: key}``; what these take part in is there too
        :param int topic_id: only entries of a field; which one a hidden entry has is
            not told, so no taken time is
        :return: list of dicts, as in ``vanban.schedule._get_week_data``; ``people`` are
            the keys of who takes part, ``units`` the ids of those concerned
        """
        people = people or {}
        partners = list(people)
        for name in _RAW:
            self.env[name].flush_model()
        only = Domain("vanban_topic_id", "=", topic_id) if topic_id else Domain.TRUE
        attended = Domain("partner_ids", "in", partners)
        unit_name = self.env["hr.department"]._field_to_sql
        query = SQL(
            _ENTRIES,
            candidates=self._vanban_select_week(monday, own, seen, attended, only),
            partners=partners,
            taken=not topic_id,
            unit_name=unit_name("unit", "name"),
            preparing_name=unit_name("preparing", "name"),
            guest_name=unit_name("guest", "name"),
        )
        self.env.cr.execute(query)
        entries = []
        for row in self.env.cr.dictfetchall():
            keys = [people[id_] for id_ in row["attending"]]
            slots = self._vanban_get_slots(row, monday)
            if slots and (row["own"] or keys):
                prepare = self._vanban_prepare_shown
                if not row["seen"]:
                    prepare = self._vanban_prepare_taken
                entries.append({**prepare(row), "slots": slots, "people": keys})
        return entries

    def _vanban_select_week(self, monday, own, seen, attended, only):
        """Return the query of what may stand in a week: a little more than does."""
        moment = self.env["vanban.schedule"]._get_week_moment
        begin, end = moment(monday), moment(monday + 7 * _DAY)
        # whole days are kept from 8:00 to 18:00 of no zone: days are cut later
        before = Domain("start", "<", end) & Domain("stop", ">=", begin - _DAY)
        cancelled = Domain("vanban_state", "=", "cancelled")
        live = Domain("vanban_state", "in", ("accepted", "proposed", False)) | (
            # what was cancelled before the publication was never told
            cancelled & Domain("vanban_mark", "=", "cancelled")
        )
        # each way has an index of its own, on rows that are active; together they would
        # use none
        ways = [
            own & before & Domain("start", ">=", begin - 2 * _DAY),
            own & before & _holds(SQL("active AND %s", SQL(_LONG))),
            attended
            & _holds(SQL("active AND %s && tsrange(%s, %s)", SQL(_TAKEN), begin, end)),
        ]
        ids = SQL(" UNION ").join(
            self._search(live & only & way, bypass_access=True).subselect()
            for way in ways
            if not way.optimize(self).is_false()
        )
        query = self._search(
            _holds(SQL("calendar_event.id IN (%s)", ids)), bypass_access=True
        )
        flags = [
            SQL(
                "(%s) AS %s",
                domain.optimize_full(self)._to_sql(self, query.table, query),
                SQL.identifier(name),
            )
            for name, domain in (("own", own), ("seen", seen))
        ]
        columns = [SQL.identifier(query.table, name) for name in _COLUMNS]
        return query.select(*columns, *flags)

    # ---- what is told of an entry ----

    def _vanban_get_slots(self, row, monday):
        """Return where a time lies in a week, see ``_get_week_data``."""
        start, stop = row["start"], row["stop"]
        if row["allday"]:
            start = datetime.combine(start.date(), time.min)
            stop = datetime.combine(stop.date() + _DAY, time.min)
        else:
            local = self.env.company._vanban_to_local
            start, stop = local(start), local(max(start, stop))
        return [
            {
                "date": part.date.isoformat(),
                "session": part.session,
                "time": self._vanban_get_hours(part),
                "stop": f"{part.stop:%H:%M}" if part.stop else "",
            }
            for part in cut_days(start, stop, monday)
        ]

    def _vanban_get_hours(self, part):
        """Return the hours of a part of a day as a schedule shows them."""
        if part.start and part.stop:
            hours = [f"{part.start:%H:%M}", f"{part.stop:%H:%M}"]
            return "–".join(dict.fromkeys(hours))
        if part.start:
            return self.env._("from %(time)s", time=f"{part.start:%H:%M}")
        if part.stop:
            return self.env._("until %(time)s", time=f"{part.stop:%H:%M}")
        return self.env._("all day")

    def _vanban_prepare_taken(self, row):
        """Return that a time is taken, and nothing of what takes it."""
        label = self.env._("Busy")
        if row["vanban_is_closed"]:
            label = self.env._("Closed meeting")
        units = [row["vanban_unit_id"]] if row["vanban_unit_id"] else []
        return {"id": False, "is_hidden": True, "name": label, "units": units}

    def _vanban_prepare_shown(self, row):
        guests = row["guest_units"] or []
        units = {id_ for id_, _name in guests}
        units |= {row["vanban_unit_id"], row["vanban_preparing_unit_id"]} - {None}
        place = filter(None, (row["room"], row["location"]))
        return {
            "id": row["id"],
            "is_hidden": False,
            "name": row["name"] or "",
            "level": row["vanban_level"],
            "agency": row["agency"],
            "agency_id": row["vanban_company_id"],
            "unit": row["unit"] or "",
            "unit_id": row["vanban_unit_id"] or False,
            "units": sorted(units),
            "state": row["vanban_state"] or False,
            "reason": row["vanban_refusal"] or "",
            "proposer": row["proposer"] or "",
            "is_published": row["vanban_is_published"],
            "is_closed": row["vanban_is_closed"] or False,
            "is_private": row["privacy"] == "private",
            "mark": row["vanban_mark"] or False,
            "mark_words": row["vanban_mark_words"] or "",
            "chair": row["vanban_chair_name"] or "",
            "chair_id": row["vanban_chair_id"] or False,
            "participants": self._vanban_get_participants(row, guests),
            "place": ", ".join(place),
            "preparing_unit": row["preparing_unit"] or "",
            "vehicles": ", ".join(row["vehicles"]),
            "topic_id": row["vanban_topic_id"] or False,
            "dress": row["vanban_dress"] or "",
            "note": row["vanban_note"] or "",
            "papers": row["papers"],
        }

    def _vanban_get_participants(self, row, units):
        """Return who takes part, as one text; who chairs stands in another column."""
        people = row["people"] or []
        # who goes instead stands with whom it is for
        told = {row["chair_partner_id"], *(person[3] for person in people)}
        names = [name for _id, name in units]
        for partner_id, name, substitute, _substitute_id in people:
            if substitute:
                names.append(
                    self.env._(
                        "%(name)s (%(substitute)s instead)",
                        name=name,
                        substitute=substitute,
                    )
                )
            elif partner_id not in told:
                names.append(name)
        guests = (row["vanban_guests"] or "").strip()
        return "; ".join(filter(None, [", ".join(names), guests]))


def _holds(condition):
    """Return a condition in SQL as a domain."""
    return Domain.custom(to_sql=lambda _model, _alias, _query: condition)
