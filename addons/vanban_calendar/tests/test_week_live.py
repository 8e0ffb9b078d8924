import json
from unittest.mock import MagicMock, patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models.vanban_schedule_week import WEEK_CHANNEL
from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestWeekLive(CalendarCommon):
    """Who has a week open reads it anew when it changes."""

    def _listen(self):
        """Return the weeks of the agency that were told since the last time."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        channel = [self.env.cr.dbname, "res.company", self.agency.id, WEEK_CHANNEL]
        rows = self.env["bus.bus"].search([("id", ">", self.heard)], order="id")
        self.heard = max(rows.ids, default=self.heard)
        return [
            json.loads(row.message)["payload"]["date_from"]
            for row in rows
            if json.loads(row.channel) == channel
        ]

    def setUp(self):
        super().setUp()
        self.heard = 0
        self._listen()

    def _day(self, weeks):
        return self.Schedule._get_monday(self._moment(7 * weeks, 8).date()).isoformat()

    def test_each_change_is_told_once_to_the_weeks_that_it_is_in(self):
        entry = self._create_entry(self.unit_head)
        self.assertEqual(self._listen(), [self._day(0)])
        entry.with_user(self.office_head).action_vanban_accept()
        self.assertEqual(self._listen(), [self._day(0)])
        entry.with_user(self.office_head).write(
            {"start": self._moment(8, 8), "stop": self._moment(8, 9)}
        )
        self.assertEqual(sorted(self._listen()), [self._day(0), self._day(1)])
        entry.with_user(self.office_head).message_post(body="Đã nhận")
        self.assertFalse(self._listen())

    def test_every_step_of_the_schedule_is_told(self):
        self._create_entry(self.office_head)
        week = self._get_week()
        self._listen()
        for user, action, args in (
            (self.office_head, "action_submit", []),
            (self.leader, "action_send_back", ["Thiếu nội dung"]),
            (self.office_head, "action_submit", []),
            (self.leader, "action_approve", [week.revision]),
            (self.office_head, "action_publish", []),
        ):
            getattr(week.with_user(user), action)(*args)
            with self.subTest(action):
                self.assertEqual(self._listen(), [self._day(0)])

    def _subscribe(self, user):
        """Return what a user listens to who asks for the weeks."""
        request = MagicMock()
        request.session.uid = user.id
        with patch("odoo.addons.bus.models.ir_websocket.wsrequest", new=request):
            channels = self.env["ir.websocket"].with_user(user)
            return channels._build_bus_channel_list([WEEK_CHANNEL])

    def test_weeks_of_ones_own_agencies_alone_are_listened_to(self):
        def get_agencies(user):
            pairs = [one for one in self._subscribe(user) if isinstance(one, tuple)]
            return [company for company, name in pairs if name == WEEK_CHANNEL]

        self.assertEqual(get_agencies(self.officer), [self.agency])
        self.assertEqual(get_agencies(self.stranger), [self.other_agency])
        portal = new_test_user(self.env, "khach", groups="base.group_portal")
        self.assertFalse(get_agencies(portal))
        told = [one for one in self._subscribe(portal) if isinstance(one, str)]
        self.assertNotIn(WEEK_CHANNEL, told)

    def test_week_of_the_list_opens_as_a_table(self):
        self._create_entry(
            self.unit_head, vanban_level="unit", vanban_unit_id=self.unit.id
        )
        week = self._get_week(self.officer, self.unit)
        action = week.action_open()
        self.assertEqual(action["tag"], "vanban_week")
        self.assertEqual(
            action["params"],
            {"day": self.monday.isoformat(), "unit_id": self.unit.id},
        )
        with self.assertRaises(AccessError):
            week.with_user(self.stranger).action_open()
