from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

ACTION = "vanban_calendar.calendar_event_action"
# more entries than these in two days are in the schedule itself
_MOST = 60


class VanbanDesk(models.AbstractModel):
    """The schedules of the first screen: what waits, and today's and tomorrow's day."""

    _inherit = "vanban.desk"

    # ---- queues ----

    @api.model
    def _get_queues(self):
        return super()._get_queues() + self._get_schedule_queues()

    @api.model
    def _get_schedule_queues(self):
        """Return the queues of those who arrange, approve, answer and prepare."""
        if not self.env.user.has_group("vanban_core.group_officer"):
            return []
        labels = self._get_schedule_labels()
        shared = {"section": self.env._("Schedules"), "asks": True}
        queues = self._get_entry_queues() + self._get_week_queues()
        return [
            {**shared, **queue, "label": labels[queue["key"]]}
            for queue in [*queues, self._get_check_queue()]
        ]

    @api.model
    def _get_entry_queues(self):
        Event = self.env["calendar.event"]
        domains = Event._vanban_get_queue_domains()
        keys = ["to_answer"]
        # what heads leave undone, a leader finds in the list of entries
        acting = self.env.user._vanban_acting_users().sudo()
        heads = acting.filtered(lambda u: u.has_group("vanban_core.group_unit_head"))
        if any(not u.has_group("vanban_core.group_leader") for u in heads):
            keys = ["proposal", *keys]
        return [
            {
                "key": key,
                "model": Event._name,
                "action": ACTION,
                "domain": [("vanban_queue", "=", key)],
                "counted": domains[key],
                "oldest_by": ["create_date"],
            }
            for key in keys
        ]

    @api.model
    def _get_week_queues(self):
        """Return weeks that wait for a leader, or that the user was asked for."""
        acting = self.env.user._vanban_acting_users().ids
        waiting = [("state", "=", "draft"), ("activity_ids.user_id", "in", acting)]
        domains = {"week_to_plan": waiting}
        approves = self.env.user._vanban_acting_as(
            "vanban_core.group_leader", self.env.company
        )
        if approves:
            agency = [("company_id", "=", self.env.company.id), ("unit_id", "=", False)]
            domains = {"week_to_approve": [("state", "=", "submitted"), *agency]}
        return [
            {
                "key": key,
                "model": "vanban.schedule",
                "action": "vanban_calendar.vanban_schedule_action",
                "domain": domain,
                "oldest_by": ["submitted_date", "create_date"],
            }
            for key, domain in domains.items()
        ]

    @api.model
    def _get_check_queue(self):
        acting = self.env.user._vanban_acting_users().ids
        return {
            "key": "to_prepare",
            "model": "vanban.event.check",
            "action": "vanban_calendar.vanban_event_check_action",
            "domain": [
                ("user_id", "in", acting),
                ("is_done", "=", False),
                ("event_id.stop", ">=", "now"),
            ],
            "late_when": Domain("date_deadline", "<", "today"),
            "oldest_by": ["create_date"],
        }

    @api.model
    def _get_schedule_labels(self):
        return {
            "proposal": self.env._("Proposals to arrange"),
            "week_to_approve": self.env._("Weeks to approve"),
            "week_to_plan": self.env._("Weeks to plan"),
            "to_answer": self.env._("Invitations not answered"),
            "to_prepare": self.env._("Meetings to prepare"),
        }

    # ---- what to do first ----

    @api.model
    def _get_urgent_items(self, queues):
        items = super()._get_urgent_items(queues)
        for queue in queues:
            if queue["key"] in ("proposal", "to_answer"):
                events = self.env["calendar.event"].search(
                    queue["counted"], order="start, id", limit=7
                )
                items += [self._prepare_entry_item(event, queue) for event in events]
            elif queue["key"] == "week_to_approve":
                weeks = self.env["vanban.schedule"].search(queue["domain"], limit=7)
                items += [self._prepare_week_item(week, queue) for week in weeks]
        return items

    @api.model
    def _prepare_entry_item(self, event, queue):
        now = fields.Datetime.now()
        start = event._vanban_utc_span()[0]
        hours = self.env.company._vanban_worked_hours(now, start)
        return {
            "id": event.id,
            "action": ACTION,
            "url": f"/odoo/ban-lam-viec/lich-cong-tac/{event.id}",
            "asked": queue["label"],
            "subject": event.name,
            "who": event.vanban_when_label,
            "deadline": start,
            "work_left": round(hours * 60),
        }

    @api.model
    def _prepare_week_item(self, week, queue):
        start = self._get_end_of_day(week.date_from - timedelta(days=1))
        hours = self.env.company._vanban_worked_hours(fields.Datetime.now(), start)
        return {
            "id": week.id,
            "action": queue["action"],
            "url": f"/odoo/ban-lam-viec/lich-tuan/{week.id}",
            "asked": queue["label"],
            "subject": week.display_name,
            "who": week.submitted_by_id.sudo().name,
            "deadline": start,
            "work_left": round(hours * 60),
            "is_overdue": start < fields.Datetime.now(),
        }

    # ---- today and tomorrow ----

    @api.model
    def _get_agenda(self):
        """Return what the user, and whom the user acts for, takes part in."""
        if not self.env.user.has_group("vanban_core.group_officer"):
            return super()._get_agenda()
        today = self.env.company._vanban_today()
        days = {
            today: self.env._("Today"),
            today + timedelta(days=1): self.env._("Tomorrow"),
        }
        span = self.env.company._vanban_span
        entries = [
            (entry, *span(entry["start"], entry["stop"], entry["allday"]))
            for entry in self._get_agenda_entries(today)
        ]
        return {
            "action": ACTION,
            "days": [
                {
                    "title": f"{word}, {self._get_weekday(day)}",
                    "entries": [
                        self._prepare_agenda_entry(entry, first, last, day)
                        for entry, first, last in entries
                        if first.date() <= day and last > self._get_midnight(day)
                    ],
                }
                for day, word in days.items()
            ],
        }

    @api.model
    def _get_agenda_entries(self, today):
        """Return the entries of two days from a day on, in one query."""
        acting = self.env.user._vanban_acting_users().sudo()
        # who takes part in what was told sees it: the rules need not be asked
        query = (
            self.env["calendar.event"]
            .sudo()
            ._search(
                self._get_agenda_domain(today, acting.partner_id),
                order="start, id",
                limit=_MOST,
            )
        )
        room = query.left_join(
            query.table, "vanban_room_id", "resource_resource", "id", "room"
        )
        names = ("id", "name", "start", "stop", "allday", "location", "vanban_state")
        columns = [SQL.identifier(query.table, name) for name in names]
        whose = SQL(
            "ARRAY(SELECT partner.name FROM calendar_attendee attendee"
            " JOIN res_partner partner ON partner.id = attendee.partner_id"
            " WHERE attendee.event_id = %s AND attendee.partner_id = ANY(%s))",
            SQL.identifier(query.table, "id"),
            (acting - self.env.user).partner_id.ids,
        )
        rows = self.env.execute_query(
            query.select(*columns, SQL.identifier(room, "name"), whose)
        )
        names += ("room", "whose")
        return [dict(zip(names, row, strict=True)) for row in rows]

    @api.model
    def _get_agenda_domain(self, today, partners):
        """Return what concerns these people in two days, unless they declined."""
        zone = self.env.company._vanban_tz()
        midnight = zone.localize(datetime.combine(today, time.min))
        start = midnight.astimezone(UTC).replace(tzinfo=None)
        stop = start + timedelta(days=2)
        # whole days are kept from 8:00 to 18:00 of no zone
        last = today + timedelta(days=1)
        told = Domain("vanban_level", "=", "person")
        told |= Domain("vanban_is_published", "=", True)
        whom = Domain("partner_id", "in", partners.ids)
        units = self.env["calendar.event"]._vanban_headed()
        whom |= Domain("vanban_unit_id", "any!", units)
        coming = whom & Domain("state", "!=", "declined")
        return (
            told
            & Domain("attendee_ids", "any!", coming)
            & (
                (
                    Domain("allday", "=", True)
                    & Domain("start", "<", datetime.combine(last, time.max))
                    & Domain("stop", ">", datetime.combine(today, time.min))
                )
                | (
                    Domain("allday", "=", False)
                    & Domain("start", "<", stop)
                    & Domain("stop", ">", start)
                )
            )
        )

    @api.model
    def _get_weekday(self, day):
        return format_date(self.env, day, date_format="EEEE, dd/MM")

    @api.model
    def _get_midnight(self, day):
        return datetime.combine(day, time.min)

    @api.model
    def _prepare_agenda_entry(self, entry, first, last, day):
        """Return what the screen shows of an entry on one of its days."""
        midnight = self._get_midnight(day)
        words = {"first": f"{first:%H:%M}", "last": f"{last:%H:%M}"}
        if first <= midnight and last >= midnight + timedelta(days=1):
            moment = self.env._("All day")
        elif first < midnight:
            moment = self.env._("until %(last)s", **words)
        elif last > midnight + timedelta(days=1):
            moment = self.env._("from %(first)s", **words)
        else:
            moment = f"{first:%H:%M}–{last:%H:%M}"
        return {
            "id": entry["id"],
            "url": f"/odoo/ban-lam-viec/lich-cong-tac/{entry['id']}",
            "time": moment,
            "content": entry["name"],
            "place": ", ".join(filter(None, (entry["room"], entry["location"]))),
            "whose": ", ".join(entry["whose"]),
            "is_cancelled": entry["vanban_state"] == "cancelled",
        }
