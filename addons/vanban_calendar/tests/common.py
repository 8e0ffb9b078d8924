from datetime import datetime, timedelta

import pytz

from odoo.addons.vanban_core.tests.common import VanbanCommon


class CalendarCommon(VanbanCommon):
    """The agency of VanbanCommon, with a room, a car and entries of next week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room, cls.hall, cls.car = cls.env["resource.resource"].create(
            [
                {
                    "name": name,
                    "resource_type": "material",
                    "vanban_kind": kind,
                    "company_id": cls.agency.id,
                }
                for name, kind in (
                    ("Phòng họp số 1", "room"),
                    ("Hội trường", "room"),
                    ("Xe 7 chỗ", "vehicle"),
                )
            ]
        )
        today = cls.agency._vanban_today()
        cls.monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        cls.Event = cls.env["calendar.event"]
        cls.Schedule = cls.env["vanban.schedule"]

    @classmethod
    def _moment(cls, day, hour, minute=0):
        """Return a moment of next week in UTC; Monday is day 0."""
        local = datetime.combine(cls.monday, datetime.min.time())
        local += timedelta(days=day, hours=hour, minutes=minute)
        zone = pytz.timezone("Asia/Ho_Chi_Minh")
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    @classmethod
    def _create_entry(cls, user, name="Họp giao ban", day=0, hour=8, hours=1, **values):
        """Return an entry of the agency's week, entered by a person."""
        return (
            cls.Event.with_user(user)
            .with_company(user.company_id)
            .create(
                {
                    "name": name,
                    "vanban_level": "agency",
                    "start": cls._moment(day, hour),
                    "stop": cls._moment(day, hour) + timedelta(hours=hours),
                    "partner_ids": [(6, 0, user.partner_id.ids)],
                    **values,
                }
            )
        )

    @classmethod
    def _get_week(cls, user=None, unit=None):
        week = cls.Schedule._get_for(
            cls.agency, unit or cls.env["hr.department"], cls.monday
        )
        return week.with_user(user or cls.office_head)

    @classmethod
    def _publish(cls, user=None):
        """Bring the week of the agency to its publication."""
        week = cls._get_week(user)
        week.action_submit()
        week.with_user(cls.leader).action_approve(week.revision)
        week.action_publish()
        return week

    def _tell(self):
        """Let the job of the messages run."""
        with self.enter_registry_test_mode():
            cron = self.env.ref("vanban_calendar.calendar_event_tell_cron")
            cron.method_direct_trigger()
