from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCommon


@tagged("post_install", "-at_install")
class TestReport(TaskCommon):
    """Carrying out, reporting and judging (128/QĐ-UBND Điều 4, 5, 14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls._give()

    def test_agency_accepts(self):
        """DT-4.3: the agency that has the task accepts it, once; nobody else does."""
        with self.assertRaises(AccessError):
            self.row.with_user(self.third_clerk).action_accept()
        with self.assertRaises(AccessError):
            self.row.with_user(self.officer).action_accept()
        self.row.with_user(self.stranger).action_accept()
        self.assertEqual(self.row.accepted_by_id, self.stranger)
        with self.assertRaises(UserError):
            self.row.with_user(self.stranger).action_accept()

    def test_report_waits_for_confirmation(self):
        """DT-4.4, DT-5.2a: a result that is not judged yet waits for confirmation."""
        report = self._report(self.row)
        self.assertEqual(self.row.state, "waiting")
        self.assertEqual(report.sent_by_id, self.stranger)
        with self.assertRaises(AccessError):
            report.with_user(self.stranger).action_approve()
        report.with_user(self.officer).action_approve()
        self.assertEqual(self.row.state, "done")
        self.assertEqual(report.decision_by_id, self.officer)

    def test_report_holds_all_data_of_the_answer(self):
        """DT-14.4b, BS-7.3d: the answer has number, date, signer and signed file."""
        with self.assertRaises(UserError) as caught:
            self._report(
                self.row, symbol="", date=False, subject="", signer_name="", files=[]
            )
        self.assertEqual(len(str(caught.exception).splitlines()), 5)
        self.assertEqual(self.row.state, "doing")
        report = self._report(self.row)
        self.assertEqual(report.file_ids.role, "signed")

    def test_report_from_an_issued_document(self):
        """DT-14.4b: nothing is typed that the issued answer says."""
        foreign = self._create_issued()
        with self.assertRaises(UserError):
            self._report(self.row, document_id=foreign.id)

    def test_answer_is_entered_on_its_day_of_issue(self):
        """DT-14.4a: after the cut-off hour by the next working day; later: marked."""
        tuesday, wednesday = self._get_day(-1), self._get_day(0)
        for date, after_cutoff, late in (
            (wednesday, False, False),
            (tuesday, False, True),
            (tuesday, True, False),
            (self._get_day(-2), True, True),
        ):
            with self.subTest(date=date, after_cutoff=after_cutoff):
                row = self._give()
                report = self._report(row, date=str(date), after_cutoff=after_cutoff)
                self.assertEqual(report.is_late_entry, late)
                due = self.agency._vanban_to_local(report.entry_due).date()
                day = self.agency._vanban_shift_days(date, int(after_cutoff))
                self.assertEqual(due, day)

    def test_issued_answer_tells_itself_when_it_is_to_be_entered(self):
        """DT-14.4a: the hour of its number counts, nobody says it."""
        for hour, entered, late in (
            ("08:00", "2026-06-10 16:59", False),
            ("08:00", "2026-06-11 01:00", True),
            ("08:30", "2026-06-11 16:59", False),
            ("08:30", "2026-06-12 01:00", True),
        ):
            # 15:00 and 15:30 in Việt Nam
            with self.subTest(hour=hour, entered=entered):
                row = self._give((self.unit2, "lead"), source="direct", files=0)
                with freeze_time(f"2026-06-10 {hour}:00"):
                    issued = self._create_issued(user=self.officer2)
                    issued.register_entry_id.flush_recordset()
                    self.env.cr.execute(
                        "UPDATE vanban_register_entry SET create_date = %s"
                        " WHERE id = %s",
                        [f"2026-06-10 {hour}:00", issued.register_entry_id.id],
                    )
                    issued.register_entry_id.invalidate_recordset()
                with freeze_time(f"{entered}:00"):
                    report_id = row.with_user(self.officer2).action_report(
                        {"document_id": issued.id}
                    )
                report = self.env["vanban.task.report"].browse(report_id)
                self.assertEqual(report.is_late_entry, late)

    def test_the_moment_of_the_report_decides(self):
        """DT-5.1a: judged after the deadline, sent before it: in time."""
        report = self._report(self.row)
        with freeze_time(self.row.deadline + timedelta(days=3)):
            report.with_user(self.officer).action_approve()
            self.assertEqual(self.row.state, "done")

    def test_late_report_is_done_late(self):
        """DT-5.2c1: sent after the deadline and satisfactory: done late."""
        with freeze_time(self.row.deadline + timedelta(seconds=1)):
            report = self._report(self.row)
            report.with_user(self.officer).action_approve()
            self.assertEqual(self.row.state, "done_late")

    def test_report_at_the_last_second_is_in_time(self):
        """DT-5.2b1: on the deadline is in time."""
        with freeze_time(self.row.deadline):
            report = self._report(self.row)
        report.with_user(self.officer).action_approve()
        self.assertEqual(self.row.state, "done")

    def test_refused_result_is_to_be_completed(self):
        """DT-14.5a, DT-5.2b2: refused with a reason before the deadline: in time."""
        report = self._report(self.row)
        with self.assertRaisesRegex(UserError, "completed"):
            report.with_user(self.officer).action_refuse()
        report.with_user(self.officer).action_refuse("Thiếu số liệu cấp xã")
        self.assertEqual(self.row.state, "doing")
        self.assertEqual(report.reason, "Thiếu số liệu cấp xã")
        with freeze_time(self.row.deadline + timedelta(days=1)):
            self.row.invalidate_recordset()
            self.assertEqual(self.row.state, "doing_late")

    def test_review_is_due_the_same_working_day(self):
        """DT-4.5c: after 15:00 the next one; who judges late is kept with it."""
        for sent, due in (
            ("2026-06-10 07:59:00", "2026-06-10"),  # Wednesday, 14:59
            ("2026-06-10 08:01:00", "2026-06-11"),
            ("2026-06-12 08:01:00", "2026-06-15"),  # Friday
        ):
            with self.subTest(sent=sent), freeze_time(sent):
                row = self._give()
                report = self._report(row)
                told = self.agency._vanban_to_local(report.review_due)
                self.assertEqual(str(told.date()), due)
                with freeze_time(report.review_due):
                    self.assertFalse(report.is_review_late)
                with freeze_time(report.review_due + timedelta(seconds=1)):
                    report.invalidate_recordset(["is_review_late"])
                    report.with_user(self.officer).action_approve()
                    report.invalidate_recordset(["is_review_late"])
                    self.assertTrue(report.is_review_late)
                self.assertEqual(report.decision_by_id, self.officer)
                self.assertEqual(row.state, "done")

    def test_two_reports_at_once_are_refused(self):
        self._report(self.row)
        with self.assertRaises(UserError):
            self._report(self.row)

    def test_an_old_report_is_not_judged_again(self):
        report = self._report(self.row)
        report.with_user(self.officer).action_refuse("Chưa đủ")
        self._report(self.row)
        with self.assertRaises(UserError):
            report.with_user(self.officer).action_approve()
        self.assertEqual(self.row.state, "waiting")

    def test_extension_moves_the_deadline(self):
        """DT-5.2d1, DT-5.2d2: by two documents; counted, former deadlines visible."""
        first = self.row.deadline
        extension = self._ask_extension(self.row)
        self.assertEqual(self.row.deadline, first)
        with self.assertRaises(UserError):
            extension.with_user(self.officer).action_accept({})
        extension.with_user(self.officer).action_accept(self._prepare_extension())
        self.assertGreater(self.row.deadline, first)
        self.assertEqual(self.row.extension_count, 1)
        self.assertEqual(self.row.first_deadline, first)

    def test_every_former_deadline_stays_visible(self):
        """DT-5.2d2: to both sides, and in the history."""
        days = [self.row.deadline_day]
        for ahead in (8, 12):
            extension = self._ask_extension(self.row, days=ahead)
            paper = self._prepare_extension(days=ahead)
            extension.with_user(self.officer).action_accept(paper)
            days.append(self.row.deadline_day)
        self.assertEqual(len(set(days)), 3)
        for user in (self.officer, self.stranger):
            row = self.row.with_user(user)
            former = row.extension_ids.sorted("id").mapped("old_deadline")
            told = [self.agency._vanban_to_local(moment).date() for moment in former]
            self.assertEqual(told, days[:2])
            self.assertEqual(row.extension_count, 2)
            notes = [event["note"] for event in row.get_history()]
            for day in days:
                self.assertTrue(any(f"{day:%d/%m/%Y}" in note for note in notes))

    def test_extension_into_the_past_is_refused(self):
        later = freeze_time(self.row.deadline + timedelta(days=20))
        with later, self.assertRaisesRegex(UserError, "past"):
            self._ask_extension(self.row, deadline_day=self._get_day(-2))

    def test_extension_is_not_granted_into_the_past(self):
        """DT-5.2d1: also where the day asked for has passed meanwhile."""
        extension = self._ask_extension(self.row)
        granted = extension.with_user(self.officer)
        past = {**self._prepare_extension(), "deadline_day": self._get_day(-1)}
        with self.assertRaisesRegex(UserError, "past"):
            granted.action_accept(past)
        with freeze_time(self.row.deadline + timedelta(days=30)):
            paper = self._prepare_extension()
            paper.pop("deadline_day")
            with self.assertRaisesRegex(UserError, "past"):
                granted.action_accept(paper)
        self.assertEqual(extension.state, "requested")
        self.assertEqual(self.row.extension_count, 0)

    def test_lead_is_not_closed_while_others_coordinate(self):
        """DT-14.6: coordinating agencies answer the lead; both moments are kept."""
        lead, helper = self._give(
            (self.other_agency, "lead"), (self.helper_agency, "coordinate")
        )
        lead.with_user(self.stranger).action_request_answer(
            helper.ids, "Gửi số liệu quý III"
        )
        report = self._report(lead)
        with self.assertRaisesRegex(UserError, "coordinate"):
            report.with_user(self.officer).action_approve()
        answer = self._report(helper, user=self.helper_clerk, symbol="", files=[])
        self.assertEqual(helper.request_ids.answered_on, answer.sent_date)
        with self.assertRaises(AccessError):
            answer.with_user(self.officer).action_approve()
        answer.with_user(self.exec_head).action_approve()
        report.with_user(self.officer).action_approve()
        self.assertEqual(lead.state, "done")
