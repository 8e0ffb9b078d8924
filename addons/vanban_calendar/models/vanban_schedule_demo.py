import json
from datetime import UTC, datetime, time, timedelta

from odoo import api, models
from odoo.tools import file_open

STORY = "vanban_calendar/demo/schedule.json"


class VanbanScheduleDemo(models.AbstractModel):
    """The weeks of the demo agency; called by its demo data and by nothing else.

    This week is published, with a late change and a cancelled entry; the next one is
    being arranged, with proposals to decide on.
    """

    _name = "vanban.schedule.demo"
    _description = "Demo schedules"

    @api.model
    def _load(self):
        """Tell the story of ``demo/schedule.json``, once."""
        if self.env["vanban.schedule"].search_count([], limit=1):
            return
        with file_open(STORY, "r") as source:
            story = json.load(source)
        _Teller(self.env(context={"lang": "vi_VN"}), story).tell()


class _Teller:
    """Takes the entries through their actions, each as the right user."""

    def __init__(self, env, story):
        self.env = env
        self.story = story
        self.company = env.ref("base.main_company")
        today = self.company._vanban_today()
        # at a weekend the week to come is the one that people look at
        monday = today - timedelta(days=today.weekday())
        self.monday = monday + timedelta(days=7 * (today.weekday() > 4))
        self.rooms = {}

    def tell(self):
        self._create_rooms()
        for entry in self.story["agency"]:
            self._enter(entry, entry.get("by", "chanhvanphong"), "agency")
        week = self._get_week().with_user(self._get_user("chanhvanphong"))
        week.action_submit()
        leader = self._get_user("chutich")
        week.with_user(leader).action_approve(week.revision)
        week.action_publish()
        for change in self.story["late"]:
            self._change(change)
        for unit in self.story["units"]:
            department = self._ref(unit["unit"])
            for entry in unit["entries"]:
                self._enter(entry, unit["by"], "unit", vanban_unit_id=department.id)
            week = self._get_week(department)
            week.with_user(self._get_user(unit["by"])).action_publish()
        for entry in self.story["people"]:
            self._enter(
                entry,
                entry["by"],
                "person",
                privacy="private" if entry.get("private") else False,
            )
        # nobody is to be written to about a demonstration
        told = self.env["calendar.event"].search([("vanban_to_tell", "!=", False)])
        told._vanban_in_action().write({"vanban_to_tell": False})

    def _ref(self, name):
        return self.env.ref(f"vanban_core.{name}")

    def _get_user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def _get_week(self, unit=None):
        unit = unit or self.env["hr.department"]
        return self.env["vanban.schedule"]._get_for(self.company, unit, self.monday)

    def _create_rooms(self):
        for room in self.story["rooms"]:
            self.rooms[room["key"]] = self.env["resource.resource"].create(
                {
                    "name": room["name"],
                    "resource_type": "material",
                    "vanban_kind": room["kind"],
                    "vanban_capacity": room["seats"],
                    "vanban_note": room["note"],
                    "company_id": self.company.id,
                }
            )

    def _get_moment(self, entry, clock):
        day = self.monday + timedelta(days=7 * entry["week"] + entry["day"])
        local = datetime.combine(day, time.fromisoformat(clock))
        zone = self.company._vanban_tz()
        return zone.localize(local).astimezone(UTC).replace(tzinfo=None)

    def _enter(self, entry, login, level, **values):
        user = self._get_user(login)
        people = [self._get_user(one) for one in entry.get("people", [login])]
        partners = [person.partner_id.id for person in people]
        agencies = entry.get("agencies", [])
        partners += [self._ref(agency).partner_id.id for agency in agencies]
        rooms = self.rooms
        self.env["calendar.event"].with_user(user).with_company(self.company).create(
            {
                "name": entry["name"],
                "vanban_level": level,
                "start": self._get_moment(entry, entry["from"]),
                "stop": self._get_moment(entry, entry["to"]),
                "partner_ids": [(6, 0, partners)],
                "vanban_chair_id": self._get_user(entry.get("chair", "")).id,
                "vanban_unit_ids": [
                    (4, self._ref(unit).id) for unit in entry.get("units", [])
                ],
                "vanban_room_id": "room" in entry and rooms[entry["room"]].id,
                "location": entry.get("place"),
                "vanban_vehicle_ids": [
                    (4, rooms[car].id) for car in entry.get("cars", [])
                ],
                "vanban_guests": entry.get("guests"),
                "vanban_preparing_unit_id": "prepared" in entry
                and self._ref(entry["prepared"]).id,
                "vanban_dress": entry.get("dress"),
                "vanban_note": entry.get("note"),
                "vanban_is_closed": entry.get("closed", False),
                **values,
            }
        )

    def _change(self, change):
        event = self.env["calendar.event"].search(
            [("name", "=", change["name"]), ("vanban_is_published", "=", True)]
        )
        event = event.with_user(self._get_user("chanhvanphong"))
        if "cancel" in change:
            event.action_vanban_cancel(change["cancel"])
            return
        entry = next(e for e in self.story["agency"] if e["name"] == change["name"])
        event.write(
            {
                "start": self._get_moment(entry, change["from"]),
                "stop": self._get_moment(entry, change["to"]),
            }
        )
