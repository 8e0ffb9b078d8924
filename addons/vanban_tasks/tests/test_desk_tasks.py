from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCommon


@tagged("post_install", "-at_install")
class TestDeskTasks(TaskCommon):
    """The first screen of those who give tasks and of those who have them (DT-4.6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = ((cls.other_agency, "lead"), (cls.helper_agency, "coordinate"))
        cls.new, cls.new_help = cls._give(*both)
        cls.doing, cls.help = cls._give(*both)
        cls.doing.with_user(cls.stranger).action_accept()
        cls.doing.with_user(cls.stranger).action_request_answer(
            cls.help.ids, "Gửi số liệu", cls._get_day(3)
        )
        cls.reported = cls._give()
        cls.report = cls._report(cls.reported)
        cls.refused = cls._give()
        cls._report(cls.refused).with_user(cls.office_head).action_refuse("Thiếu số")
        cls.asked = cls._give()
        cls._ask_extension(cls.asked)
        cls.answered_lead, cls.answered = cls._give(*both)
        cls._report(cls.answered, user=cls.helper_clerk)
        cls.inner = cls._give((cls.unit, "lead"), unit_id=False)
        # past their deadline, whatever the clock of the database says
        cls.late = cls._give()
        cls._set_deadline(cls.late, days=-3)

    @classmethod
    def _set_deadline(cls, row, days):
        row._vanban_in_action().write({"deadline_day": cls._get_day(days)})

    def _get_queues(self, user):
        desk = self.env["vanban.desk"].with_user(user).get_desk()
        return {q["key"]: q for q in desk["queues"] if q["key"].startswith("task_")}

    def _get_list(self, user, key):
        Assignment = self.env["vanban.task.assignment"].with_user(user)
        return Assignment.search([("queue", "=", key)])

    def _get_items(self, user):
        desk = self.env["vanban.desk"].with_user(user).get_desk()
        return [i for i in desk["urgent"] if i["action"].startswith("vanban_tasks.")]

    def test_counts_are_those_of_the_lists_behind(self):
        """HT-3.2b: for every side and queue"""
        for user in self._get_people():
            for key, queue in self._get_queues(user).items():
                with self.subTest(user=user.login, queue=key):
                    self.assertEqual(queue["count"], len(self._get_list(user, key)))

    def _get_people(self):
        return (
            self.clerk
            | self.officer
            | self.officer2
            | self.unit_head
            | self.office_head
            | self.leader
            | self.stranger
            | self.exec_head
            | self.exec_officer
            | self.helper_clerk
            | self.third_clerk
        )

    def test_each_side_finds_what_waits_for_it(self):
        """DT-4.6 DT-14.6"""
        for user, key, rows in (
            (self.office_head, "task_review", self.reported),
            (self.officer, "task_review", self.reported),
            (self.office_head, "task_extension", self.asked),
            (self.office_head, "task_late", self.late),
            (self.office_head, "task_soon", self.env["vanban.task.assignment"]),
            (self.office_head, "task_unaccepted", self._get_unaccepted()),
            (self.leader, "task_late", self.late),
            (self.stranger, "task_to_accept", self._get_unaccepted() - self.inner),
            (self.exec_head, "task_to_accept", self._get_unaccepted() - self.inner),
            (self.stranger, "task_refused", self.refused),
            (self.exec_head, "task_answer", self.answered),
            (self.stranger, "task_had_late", self.late),
            (self.stranger, "task_doing", self.doing | self.refused),
            (self.exec_head, "task_had_late", self.late),
            (self.helper_clerk, "task_request", self.help),
            (self.helper_clerk, "task_to_accept", self.new_help | self.help),
            (self.unit_head, "task_to_accept", self.inner),
        ):
            with self.subTest(user=user.login, queue=key):
                self.assertEqual(self._get_list(user, key), rows.sorted())
                self.assertIn(key, self._get_queues(user))

    def _get_unaccepted(self):
        return self.new | self.asked | self.answered_lead | self.late | self.inner

    def test_soon_is_within_three_working_days(self):
        """ux.md"""
        self._set_deadline(self.new, days=3)
        self._set_deadline(self.doing, days=4)
        self.assertEqual(self._get_list(self.office_head, "task_soon"), self.new)
        self.assertEqual(self._get_list(self.stranger, "task_had_soon"), self.new)

    def test_who_has_nothing_to_do_with_tasks_sees_none(self):
        for user in (self.third_clerk, self.officer2, self.exec_officer):
            with self.subTest(user.login):
                self.assertFalse(self._get_queues(user))
        sides = {queue["section"] for queue in self._get_queues(self.stranger).values()}
        self.assertEqual(len(sides), 1)
        sides = {q["section"] for q in self._get_queues(self.unit_head).values()}
        self.assertEqual(len(sides), 2, "one who follows tasks and has some")

    def test_task_handed_to_a_unit_is_on_the_desks_of_its_people(self):
        """DT-4.3"""
        self.new._grant(units=self.exec_unit)
        for user in (self.exec_unit_head, self.exec_officer):
            with self.subTest(user.login):
                self.assertEqual(self._get_list(user, "task_to_accept"), self.new)
                self.assertIn("task_to_accept", self._get_queues(user))

    def test_results_judged_late_are_told(self):
        """DT-4.5c"""
        self.assertEqual(self._get_queues(self.office_head)["task_review"]["late"], 0)
        with freeze_time(self.report.review_due + timedelta(minutes=1)):
            queue = self._get_queues(self.office_head)["task_review"]
        self.assertEqual((queue["count"], queue["late"]), (1, 1))
        self.assertEqual(
            queue["since"], fields.Datetime.to_string(self.reported.report_date)
        )

    def test_feedback_waits_for_confirmation_too(self):
        """DT-4.5"""
        self._report(self.doing, kind="feedback")
        found = self._get_list(self.office_head, "task_review")
        self.assertEqual(found, (self.reported | self.doing).sorted())

    def test_requests_count_from_the_day_they_were_made(self):
        """DT-14.6"""
        request = self.help.request_ids
        queue = self._get_queues(self.helper_clerk)["task_request"]
        self.assertEqual(
            queue["since"], fields.Datetime.to_string(request.requested_on)
        )
        self.assertEqual(queue["late"], 0)
        with freeze_time(request.due + timedelta(minutes=1)):
            queue = self._get_queues(self.helper_clerk)["task_request"]
        self.assertEqual(queue["late"], 1)

    def test_what_presses_is_said_with_what_is_asked(self):
        """HT-3.2b: overdue first, a result by the moment of its confirmation"""
        items = self._get_items(self.stranger)
        self.assertEqual(items[0]["id"], self.late.id)
        self.assertTrue(items[0]["is_overdue"])
        self.assertLess(items[0]["work_left"], 0)
        self.assertEqual(items[0]["who"], self.agency.name)
        item = self._get_items(self.office_head)[0]
        self.assertEqual(item["id"], self.reported.id)
        self.assertEqual(item["deadline"], self.report.review_due)
        self.assertEqual(item["who"], self.other_agency.name)
        self.assertFalse(self._get_items(self.leader), "a leader is asked by others")

    def test_tasks_and_documents_come_in_one_order(self):
        """HT-3.2b"""
        document = self._create_incoming()
        document._vanban_in_action().urgency = "express"
        desk = self.env["vanban.desk"].with_user(self.stranger)
        self.assertEqual(desk.get_desk()["urgent"][0]["id"], self.late.id)
        express = self._create_incoming(user=self.stranger)
        express._vanban_in_action().urgency = "express"
        self.assertEqual(desk.get_desk()["urgent"][0]["id"], express.id)

    def test_late_agencies_are_told_with_the_tasks_behind(self):
        """DT-4.6"""
        desk = self.env["vanban.desk"].with_user(self.leader)
        self.assertIn(
            "get_late_by_assignee",
            [plot["method"] for plot in desk.get_desk()["plots"]],
        )
        bars = desk.get_late_by_assignee()
        self.assertEqual(
            [(b["name"], b["count"]) for b in bars], [(self.other_agency.name, 1)]
        )
        Assignment = self.env["vanban.task.assignment"].with_user(self.leader)
        self.assertEqual(Assignment.search(bars[0]["domain"]), self.late)
        for user in (self.stranger, self.exec_head):
            plots = self.env["vanban.desk"].with_user(user).get_desk()["plots"]
            methods = [plot["method"] for plot in plots]
            self.assertNotIn("get_late_by_assignee", methods)
            desk = self.env["vanban.desk"].with_user(user)
            self.assertFalse(desk.get_late_by_assignee())

    def test_report_refreshes_the_desk_of_those_who_confirm(self):
        for user in (self.officer, self.stranger):
            self.env["mail.presence"].create({"user_id": user.id, "status": "online"})
        self.env.cr.precommit.run()
        before = self.env["bus.bus"].sudo().search([])
        self._report(self.doing, kind="feedback")
        self.env.cr.precommit.run()
        lines = self.env["bus.bus"].sudo().search([]) - before
        told = lines.filtered(lambda line: "vanban_core/desk" in line.message)
        channels = " ".join(told.mapped("channel"))
        self.assertIn(f'"res.partner",{self.officer.partner_id.id}]', channels)
        self.assertNotIn(f'"res.partner",{self.stranger.partner_id.id}]', channels)

    def test_desk_asks_the_database_a_few_times_only(self):
        """HT-3.2b: whatever waits, with the queues of the schedule where it is there"""
        for user, most in ((self.office_head, 40), (self.stranger, 50)):
            desk = self.env["vanban.desk"].with_user(user)
            desk.get_desk()
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(user.login), self.assertQueryCount(most):
                desk.get_desk()

    def test_queue_that_is_none_is_refused_in_one_sentence(self):
        """design §4.11"""
        Assignment = self.env["vanban.task.assignment"].with_user(self.officer)
        for value in ("x", "", False, 5, ["task_late", "x"]):
            operator = "in" if isinstance(value, list) else "="
            with self.subTest(value), self.assertRaises(UserError):
                Assignment.search([("queue", operator, value)])


@tagged("post_install", "-at_install")
class TestHistory(TaskCommon):
    """What happened to an assignment, in order (Diễn biến)."""

    def _get_labels(self, row, user):
        row = row.with_user(user).with_context(lang="en_US")
        return [event["label"] for event in row.get_history()]

    def test_history_tells_who_did_what_and_when(self):
        """DT-4.6"""
        row = self._give()
        row.with_user(self.stranger).action_accept()
        with freeze_time("2026-06-11 03:00:00"):
            extension = self._ask_extension(row)
        with freeze_time("2026-06-11 04:00:00"):
            extension.with_user(self.office_head).action_accept(
                self._prepare_extension()
            )
        with freeze_time("2026-06-12 03:00:00"):
            report = self._report(row)
        with freeze_time("2026-06-12 04:00:00"):
            report.with_user(self.office_head).action_refuse("Thiếu phụ lục")
        self.assertEqual(
            self._get_labels(row, self.stranger),
            [
                "Task given",
                "Task accepted",
                "Extension asked for",
                "Extension granted",
                "Result reported",
                "Not satisfactory",
            ],
        )
        events = row.with_user(self.officer).get_history()
        self.assertEqual(events[-1]["text"], "Thiếu phụ lục")
        self.assertEqual(events[-1]["when"], "2026-06-12 04:00:00")
        self.assertIn(self.office_head.name, events[-1]["who"])
        self.assertEqual([event["key"] for event in events], list(range(6)))

    def test_lead_reads_what_it_asked_of_those_who_coordinate(self):
        """DT-14.6"""
        lead, helper = self._give(
            (self.other_agency, "lead"), (self.helper_agency, "coordinate")
        )
        lead.with_user(self.stranger).action_request_answer(helper.ids, "Gửi số", None)
        with freeze_time("2026-06-11 03:00:00"):
            self._report(helper, user=self.helper_clerk)
        for row, user in ((lead, self.stranger), (helper, self.helper_clerk)):
            labels = self._get_labels(row, user)
            self.assertIn(f"{self.helper_agency.name} asked to coordinate", labels)
            self.assertIn(f"{self.helper_agency.name} answered", labels)

    def test_withdrawal_ends_the_history(self):
        row = self._give()
        with freeze_time("2026-06-11 03:00:00"):
            row.with_user(self.office_head).action_withdraw("Giao nhầm")
        self.assertEqual(
            self._get_labels(row, self.officer), ["Task given", "Task withdrawn"]
        )

    def test_history_of_others_is_refused(self):
        """HT-4.2a"""
        lead, helper = self._give(
            (self.other_agency, "lead"), (self.helper_agency, "coordinate")
        )
        for row, user in (
            (lead, self.third_clerk),
            (lead, self.helper_clerk),
            (helper, self.third_clerk),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.with_user(user).get_history()
        with self.assertRaises(UserError):
            (lead | helper).with_user(self.officer).get_history()

    def test_history_needs_the_same_queries_whatever_happened(self):
        row = self._give().with_user(self.officer)
        row.get_history()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            row.get_history()
        for _report in range(3):
            report = self._report(row, kind="feedback")
            report.with_user(self.office_head).action_refuse("Chưa rõ")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            row.get_history()

    def test_days_off_are_those_of_the_agency(self):
        """BLLĐ 2019 Điều 111, 112"""
        Assignment = self.env["vanban.task.assignment"].with_user(self.officer)
        self.assertEqual(
            Assignment.get_days_off("2026-06-11", "2026-06-15"),
            ["2026-06-13", "2026-06-14"],
        )
        self.assertEqual(Assignment.get_days_off("2026-06-15", "2026-06-11"), [])
        self.assertEqual(Assignment.get_days_off("1900-01-01", "2999-01-01"), [])
        for first, last in ((None, None), ("x", "2026-06-11"), (5, []), (True, {})):
            with self.subTest((first, last)), self.assertRaises(UserError):
                Assignment.get_days_off(first, last)


@tagged("post_install", "-at_install")
class TestTimeline(TaskCommon):
    """The line of time: a view like the others, for the server."""

    def test_line_of_time_is_a_view_of_tasks(self):
        """DT-4.6"""
        Assignment = self.env["vanban.task.assignment"].with_user(self.officer)
        view = Assignment.get_view(view_type="vanban_timeline")
        self.assertIn("<vanban_timeline", view["arch"])
        self.assertIn("vanban_timeline", self.env["ir.ui.view"].get_view_info())

    def test_rows_come_with_their_reports_in_a_few_queries(self):
        rows = self._give() | self._give() | self._give()
        for row in rows:
            self._report(row, kind="feedback")
        names = ["assignee_name", "content", "state", "deadline", "first_deadline"]
        spec = {name: {} for name in names} | {
            "report_ids": {"fields": {"sent_date": {}, "decision": {}}}
        }
        Assignment = self.env["vanban.task.assignment"].with_user(self.officer)
        order = "assignee_name, deadline, id"
        Assignment.web_search_read([], spec, limit=80, order=order)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            found = Assignment.web_search_read([], spec, limit=80, order=order)
        self.assertEqual(found["length"], 3)
