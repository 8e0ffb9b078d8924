from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestCall(CalendarCommon):
    """HN-7.2e: at a fixed time of each week the schedule of the next is arranged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([]).write({"vanban_schedule_weekday": False})
        cls.agency.write({"vanban_schedule_weekday": "4", "vanban_schedule_hour": 9.0})
        # a Friday without a holiday near it
        cls.friday = datetime(2026, 3, 6)

    def _run(self, day, hour):
        """Let the job run at an hour of the agency's day."""
        moment = self.friday + timedelta(days=day, hours=hour - 7)
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(
                "vanban_calendar.vanban_schedule_call_cron"
            ).method_direct_trigger()

    def _get_todos(self):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "vanban.schedule"),
                ("user_id", "=", self.office_head.id),
            ]
        )

    def test_who_arranges_is_asked_once_at_the_set_hour(self):
        """HN-7.2e"""
        self._run(0, 8.5)
        self.assertFalse(self._get_todos())
        self._run(0, 9.5)
        [todo] = self._get_todos()
        week = self.Schedule.browse(todo.res_id)
        self.assertEqual(week.date_from, (self.friday + timedelta(days=3)).date())
        self._run(0, 10)
        self._run(1, 10)
        self.assertEqual(len(self._get_todos()), 1)
        self._run(7, 10)
        self.assertEqual(len(self._get_todos()), 2)

    def test_units_are_asked_for_proposals_a_working_day_before(self):
        """HN-7.2a"""
        domain = [("res_partner_id", "=", self.unit_head.partner_id.id)]
        Notification = self.env["mail.notification"]
        before = Notification.search_count(domain)
        self._run(-1, 7.5)
        self.assertEqual(Notification.search_count(domain), before)
        self._run(-1, 9)
        self._run(-1, 15)
        self.assertEqual(Notification.search_count(domain), before + 1)
        self._run(0, 9.5)
        self.assertTrue(self._get_todos())

    def test_agency_without_a_day_is_not_asked(self):
        self.agency.vanban_schedule_weekday = False
        self._run(0, 9.5)
        self.assertFalse(self._get_todos())
