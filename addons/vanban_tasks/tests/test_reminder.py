from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TaskCommon


@tagged("post_install", "-at_install")
class TestReminder(TaskCommon):
    """Reminders of deadlines, and the weekly list of what is overdue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # each is told in the own language
        cls.env["res.users"].search([]).partner_id.lang = "en_US"
        cls.row = cls._give()[0]  # until Wednesday, 17 June

    def _run(self, day, month=6, name="reminder"):
        """Run a job on the morning of a day; return the messages or to-dos it made."""
        cron = self.env.ref(f"vanban_tasks.vanban_task_{name}_cron")
        moment = datetime(2026, month, day, 7, 30) - timedelta(hours=7)
        before = self._get_told(name)
        with freeze_time(moment), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self._get_told(name) - before

    def _get_told(self, name="reminder"):
        if name == "weekly":
            return self.env["mail.message"].search([("subject", "like", "overdue")])
        kind = self.env.ref("vanban_tasks.mail_activity_type_reminder")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])

    def _get_days(self, days, month=6):
        """Return those of the days on which somebody is reminded."""
        return [day for day in days if self._run(day, month)]

    # ---- when ----

    def test_reminders_come_three_days_and_one_before_on_the_day_and_weekly(self):
        """3 and 1 working days before, on the day, the first day late, then weekly."""
        self.assertEqual(self._get_days(range(11, 31)), [12, 16, 17, 18, 25])
        self.assertEqual(self._get_days(range(1, 17), month=7), [2, 9, 16])

    def test_nobody_is_reminded_twice_a_day(self):
        self.assertEqual(len(self._run(12)), 1)
        self.assertFalse(self._run(12))

    def test_a_missed_day_is_made_up_once(self):
        """The server stood still from Friday to Monday: one reminder, as it is now."""
        reminder = self._run(15)
        self.assertEqual(reminder.summary, "2 working days left, until 17/06/2026")
        self.assertEqual(self._get_days(range(15, 18)), [16, 17])

    def test_days_off_are_spared(self):
        """Late since Thursday; of a Saturday's reminder one hears on Monday."""
        self._run(18)
        self.row._vanban_in_action().next_reminder = "2026-06-20"
        self.assertEqual(self._get_days(range(19, 24)), [22])

    def test_a_day_long_past_makes_one_reminder(self):
        self.assertEqual(len(self._run(31, month=7)), 1)
        self.assertEqual(self._get_days(range(1, 8), month=8), [6])

    def test_extension_moves_the_reminders(self):
        self._run(16)
        with freeze_time("2026-06-16 03:00:00"):
            extension = self._ask_extension(self.row)
            extension.with_user(self.officer).action_accept(self._prepare_extension())
        self.assertFalse(self._get_told())
        self.assertEqual(self.row.deadline_day.isoformat(), "2026-06-30")
        self.assertEqual(self._get_days(range(17, 31)), [25, 29, 30])

    # ---- what, and to whom ----

    def test_reminder_says_how_much_time_is_left(self):
        words = {
            12: "3 working days left, until 17/06/2026",
            16: "1 working days left, until 17/06/2026",
            17: "Due today, 17/06/2026",
            18: "Overdue since 17/06/2026",
        }
        for day, text in words.items():
            reminder = self._run(day)
            self.assertEqual(reminder.summary, text)
            self.assertEqual(reminder.date_deadline.isoformat(), "2026-06-17")
            self.assertEqual(self._get_told(), reminder)

    def test_reminder_goes_to_those_who_carry_it_out(self):
        """The clerk of the agency; once it is handed on, the handlers alone."""
        self.assertEqual(self._run(12).user_id, self.stranger)
        self.row.with_user(self.exec_head).action_route(
            [{"unit_id": self.exec_unit.id, "role": "lead"}]
        )
        self.assertEqual(self._run(16).user_id, self.exec_unit_head)

    def test_person_marks_the_reminder_as_done(self):
        reminder = self._run(12)
        with self.assertRaises(AccessError):
            reminder.with_user(self.third_clerk).action_feedback()
        reminder.with_user(self.stranger).action_feedback()
        self.assertFalse(self._get_told())
        self.assertEqual(self._get_days(range(12, 18)), [16, 17])

    def test_nobody_follows_a_task_for_being_reminded(self):
        followers = self.row.message_partner_ids
        self._run(12)
        self.assertEqual(self.row.message_partner_ids, followers)

    def test_reminder_goes_when_the_result_is_sent(self):
        self._run(16)
        with freeze_time("2026-06-16 03:00:00"):
            report = self._report(self.row)
            self.assertFalse(self._get_told())
        self.assertFalse(self._get_days(range(16, 20)))
        with freeze_time("2026-06-19 03:00:00"):
            report.with_user(self.officer).action_refuse("Thiếu số liệu")
        self.assertEqual(self._get_days(range(22, 30)), [25])

    def test_withdrawn_task_reminds_nobody(self):
        self._run(12)
        self.row.with_user(self.officer).action_withdraw("Thôi")
        self.assertFalse(self._get_told())
        self.assertFalse(self._get_days(range(16, 19)))

    def test_agency_switches_reminders_off(self):
        self.other_agency.vanban_task_reminders = False
        self.assertFalse(self._run(12))
        self.other_agency.vanban_task_reminders = True
        self.assertTrue(self._run(15))

    def test_queries_do_not_grow_with_the_tasks(self):
        """No query for each task or person; a few are for what is replaced."""
        self._give((self.third_agency, "lead"))
        for user in self.exec_head, self.exec_officer, self.exec_officer2:
            for _number in range(2):
                self._give()[0].with_user(self.exec_head).action_route(
                    [{"user_id": user.id, "role": "lead"}]
                )
        self.env.flush_all()
        rows = self.env["vanban.task.assignment"].search(
            [("agency_id", "in", (self.other_agency | self.third_agency).ids)]
        )
        self.assertEqual(len(rows), 8)
        with freeze_time("2026-06-12 00:30:00"):
            rows._remind()  # all have one that is replaced
            counts = []
            for batch in (rows[:4], rows):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.env.cr.sql_log_count
                batch._remind()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2)

    # ---- the weekly list ----

    def _get_lists(self, day, month=6):
        """Return who gets which list on a day: ``{subject: people}``."""
        told = self._run(day, month, "weekly")
        return {message.subject: message.notified_partner_ids for message in told}

    def test_weekly_list_goes_to_both_sides(self):
        """Leaders and office heads of who gave it, the leaders of who has it."""
        lists = self._get_lists(22)
        self.assertEqual(
            lists,
            {
                "1 tasks that were given are overdue": (
                    self.leader | self.office_head
                ).partner_id,
                "1 tasks to carry out are overdue": self.exec_head.partner_id,
            },
        )

    def test_weekly_list_comes_once_a_week(self):
        self.assertTrue(self._get_lists(22))
        self.assertFalse(self._get_lists(22))
        self.assertFalse(self._get_lists(26))
        self.assertTrue(self._get_lists(30))
        self.assertTrue(self._get_lists(6, month=7))

    def test_weekly_list_names_the_tasks(self):
        self._give((self.helper_agency, "lead"))
        told = self._run(22, name="weekly")
        given = told.filtered(lambda message: "given" in message.subject)
        for text in (
            "17/06/2026",
            "Sở Mẫu",
            "Sở Phối hợp Mẫu",
            "/odoo/nhiem-vu-qua-han",
        ):
            self.assertIn(text, given.body)
        had = told - given
        self.assertIn(self.row.source_symbol, had.body)
        self.assertNotIn("Sở Phối hợp Mẫu", had.body)

    def test_nothing_overdue_makes_no_list(self):
        self.assertFalse(self._get_lists(15))

    def test_agency_switches_the_list_off(self):
        self.agency.vanban_task_weekly = False
        self.assertEqual(
            list(self._get_lists(22)), ["1 tasks to carry out are overdue"]
        )
