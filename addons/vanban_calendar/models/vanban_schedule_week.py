from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.vanban_core.tools.args import to_id

from ..const import AFTERNOON

COLUMNS = ("none", "leaders", "units")
# hours proposed for a new entry on a day that is not worked
_HOURS = {"morning": (8, 11), "afternoon": (14, 17), "evening": (19, 21)}
_MOST_CHANGES = 50
# what a client listens to; the server puts the agencies of the user behind it
WEEK_CHANNEL = "vanban_calendar.week"


class VanbanSchedule(models.Model):
    """The week as everyone knows it: days with their sessions (HN-7.2b).

    One reading serves the screen and what else shows a week. It asks the database five
    times, whatever the number of entries, and tells:

    - ``level`` (``agency``, ``unit``, ``person``), ``name`` (whose it is),
      ``agency_id``, ``unit_id``, ``user_id``, ``columns``, ``topic_id`` and
      ``note`` of the agency
    - ``date_from``, ``date_to``, ``year``, ``week``, ``today``
    - ``days``: ``date``, ``weekday``, ``is_working``, ``kind``, ``name`` (see
      ``_vanban_describe_day``) and ``hours``: per session the moments in UTC
      from which and until which a new entry is proposed
    - ``heads``: who or what has a column: ``id``, ``name``, ``title``,
      ``leaves`` (``date``, ``session``, ``time`` of each day)
    - ``entries`` by time: ``slots`` (``date``, ``session``, ``time`` as
      ``08:00–09:30``, ``stop`` as ``09:30``, or nothing where it goes on over
      midnight), ``columns`` (ids of heads), what
      ``calendar.event._vanban_prepare_shown`` has; if ``is_hidden`` nothing but
      a ``name`` that tells nothing
    - ``schedule``: ``id``, ``state``, ``revision``, ``can_…`` and who brought
      it how far; False for a person
    - ``changes`` after publication, the newest first: ``kind``, ``name``,
      ``words``, ``who``, ``date``
    """

    _inherit = "vanban.schedule"

    @api.model
    @api.readonly
    def get_week(
        self, day=None, unit_id=None, user_id=None, columns="leaders", topic_id=None
    ):
        """Return a week of one's agency, of one of its units or of a person.

        Entries are those open to the user; of closed meetings and private appointments
        the time alone is told. Office leaders follow the leaders by field (HT-6.2).

        :param str day: a day of the week; today by default
        :param int unit_id: a unit of the agency
        :param int user_id: a person of the agency: all that concerns this one
        :param str columns: ``none`` (one wide table), ``leaders`` or ``units``
        :param int topic_id: only entries of this field
        :return: dict, see the class
        :raise AccessError: who works with no schedule
        :raise UserError: not a day, or a unit or person of another agency
        """
        self.browse().check_access("read")
        if columns not in COLUMNS:
            raise UserError(self.env._("A week has no such columns."))
        return self._get_week_data(
            self._read_day(day),
            unit_id=self._read_week_id(unit_id),
            user_id=self._read_week_id(user_id),
            columns=columns,
            topic_id=self._read_week_id(topic_id),
        )

    @api.model
    @api.readonly
    def get_week_choices(self):
        """Return what a week can be asked for: units and fields of one's agency.

        :return: ``{"units": [{id, name, is_mine}], "topics": [{id, name}]}``
        """
        self.browse().check_access("read")
        here = [("company_id", "=", self.env.company.id)]
        mine = self.env.user._vanban_units()
        # which units there are is no secret
        units = self.env["hr.department"].sudo().search_fetch(here, ["name"])
        topics = self.env["vanban.topic"].search_fetch(here, ["name"])
        return {
            "units": [
                {"id": unit.id, "name": unit.name, "is_mine": unit in mine}
                for unit in units
            ],
            "topics": [{"id": topic.id, "name": topic.name} for topic in topics],
        }

    def action_open(self):
        """Open the week as a table.

        :return: the action of the client
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_calendar.vanban_week_action"
        )
        place = {"day": self.date_from.isoformat(), "unit_id": self.unit_id.id}
        return {**action, "params": place}

    @api.model
    def _tell_weeks(self, weeks):
        """Let who has one of these weeks open read it anew.

        :param weeks: pairs of an agency and a Monday; each is told once
        """
        told = self.env.cr.precommit.data.setdefault("vanban_calendar.told", set())
        for company, monday in set(weeks) - told:
            told.add((company, monday))
            self.env["bus.bus"]._sendone(
                (company, WEEK_CHANNEL),
                WEEK_CHANNEL,
                {"date_from": monday.isoformat()},
            )

    @api.model
    def _read_week_id(self, value):
        """Return an id as a client may send it, or False where nothing is sent."""
        # what cannot be an id is one that nothing has
        return (to_id(value) or -1) if value else False

    @api.model
    def _get_week_data(
        self, day, unit_id=False, user_id=False, columns="leaders", topic_id=False
    ):
        """Return a week as plain data, as far as the user sees it.

        :param date day: a day of the week
        :return: dict, see the class
        :raise UserError: a unit or person of another agency
        """
        monday = self._get_monday(day)
        if user_id:
            columns = "none"
        head = self._read_week_head(monday, unit_id, user_id, columns)
        heads = head["units"] or []
        if columns != "units":
            heads = self._read_week_people(monday, unit_id, user_id)
        entries = self._read_week_entries(
            monday, unit_id, user_id, columns, topic_id, heads
        )
        year, week, _day = monday.isocalendar()
        return {
            "level": "person" if user_id else "unit" if unit_id else "agency",
            "name": head["person"] or head["unit"] or head["agency"],
            "note": head["note"] or "",
            "agency_id": self.env.company.id,
            "unit_id": unit_id,
            "user_id": user_id,
            "columns": columns,
            "topic_id": topic_id,
            "date_from": monday.isoformat(),
            "date_to": (monday + timedelta(days=6)).isoformat(),
            "year": year,
            "week": week,
            "today": self.env.company._vanban_today().isoformat(),
            "days": self._get_week_days(monday),
            "heads": heads,
            "entries": entries,
            "schedule": not user_id and self._prepare_week_schedule(head),
            "changes": self._get_week_changes(head),
        }

    @api.model
    def _read_week_entries(self, monday, unit_id, user_id, columns, topic_id, heads):
        """Return the entries of a week, each with the columns that it stands in."""
        people = {}
        if user_id or columns == "leaders":
            # what they take part in is there as well
            people = {head["partner_id"]: head["id"] for head in heads}
        entries = self.env["calendar.event"]._vanban_read_week(
            monday,
            self._get_week_domain(unit_id, user_id, columns),
            Domain("vanban_is_visible", "=", True),
            people,
            topic_id,
        )
        key = "units" if columns == "units" else "people"
        return [{**entry, "columns": entry[key]} for entry in entries]

    # ---- its days ----

    @api.model
    def _get_week_days(self, monday):
        company = self.env.company
        weekday = company._fields["vanban_schedule_weekday"]
        names = dict(weekday._description_selection(self.env))
        return [
            {
                "date": day.isoformat(),
                "weekday": names[str(day.weekday())],
                **company._vanban_describe_day(day),
                "hours": self._get_week_hours(day),
            }
            for day in (monday + timedelta(days=number) for number in range(7))
        ]

    @api.model
    def _get_week_hours(self, day):
        """Return from when to when each session of a day lasts, in UTC."""
        company = self.env.company
        hours = {
            session: [self._get_week_moment(day, hour) for hour in span]
            for session, span in _HOURS.items()
        }
        for span in company._vanban_work_time().get_intervals(day):
            session = "morning" if span[0].hour < AFTERNOON else "afternoon"
            zone = company._vanban_tz()
            hours[session] = [
                zone.localize(moment).astimezone(pytz.utc) for moment in span
            ]
        return {
            session: [fields.Datetime.to_string(moment) for moment in span]
            for session, span in hours.items()
        }

    # ---- how far it is ----

    @api.model
    def _prepare_week_schedule(self, head):
        """Return how far a week is, and what the user may do with it."""
        company = self.env.company
        arranges = head["is_head"]
        if not head["unit_id"]:
            arranges = bool(self._get_arranger(company, self.env["hr.department"]))
        leader = self.env.user._vanban_acting_as("vanban_core.group_leader", company)
        state = head["state"] or "draft"
        rights = self._get_rights(state, head["unit_id"], arranges, bool(leader))
        decides = arranges or bool(leader)
        return {
            "id": head["id"] or False,
            "state": state,
            "revision": head["revision"] or 0,
            "approved_label": head["approved_label"] or "",
            "approved_date": fields.Datetime.to_string(head["approved_date"]) or False,
            "published_date": (
                fields.Datetime.to_string(head["published_date"]) or False
            ),
            "return_reason": (decides and head["return_reason"]) or "",
            "proposal_count": head["proposal_count"] if decides else 0,
            **rights,
        }

    @api.model
    def _get_week_changes(self, head):
        """Return what changed after the publication, as far as the user sees it."""
        if head["state"] != "published":
            return []
        changes = self.env["vanban.schedule.change"].search_fetch(
            [("schedule_id", "=", head["id"]), ("is_late", "=", True)],
            ["kind", "name", "words", "label", "create_date"],
            limit=_MOST_CHANGES,
        )
        kinds = dict(changes._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": change.id,
                "kind": kinds[change.kind],
                "name": change.name,
                "words": change.words or "",
                "who": change.label or "",
                "date": fields.Datetime.to_string(change.create_date),
            }
            for change in changes
        ]
