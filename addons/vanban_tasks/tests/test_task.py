from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCommon, make_file


@tagged("post_install", "-at_install")
class TestTask(TaskCommon):
    """Entering and giving a task."""

    def test_task_is_given_and_seen_by_the_agency(self):
        """DT-4.2a: who has the task sees it and is told."""
        row = self._give()
        self.assertEqual(row.state, "doing")
        mine = row.with_user(self.stranger)
        self.assertEqual(mine.content, row.task_id.content)
        self.assertFalse(row.with_user(self.third_clerk)._filtered_access("read"))
        told = self.env["mail.message"].search(
            [("model", "=", row._name), ("res_id", "=", row.id)]
        )
        self.assertIn(self.stranger.partner_id, told.notified_partner_ids)

    def test_draft_is_not_seen_by_the_agency(self):
        task = self._create_task()
        row = task._get_assignments()
        self.assertEqual(row.state, "draft")
        self.assertFalse(row.with_user(self.stranger)._filtered_access("read"))
        self.assertFalse(task.with_user(self.stranger)._filtered_access("read"))

    def test_task_without_deadline_is_refused(self):
        """DT-3.3: no deadline, no task."""
        values = self._prepare_task()
        values["assignment_ids"][0][2].pop("deadline_day")
        with self.assertRaisesRegex(UserError, "deadline"):
            self.env["vanban.task"].with_user(self.officer).create(values)
        del values["assignment_ids"]
        with self.assertRaisesRegex(UserError, "deadline"):
            self.env["vanban.task"].with_user(self.officer).create(values)

    def test_deadline_is_one_working_day_ahead(self):
        """DT-4.2b: earlier than one working day ahead is refused."""
        with self.assertRaisesRegex(UserError, "working day"):
            self._create_task(days=0)
        self.assertTrue(self._give(days=1))
        task = self._create_task(days=1)
        later = freeze_time(fields.Datetime.now() + timedelta(days=7))
        with later, self.assertRaisesRegex(UserError, "working day"):
            task.action_assign()

    def test_source_is_taken_from_the_document(self):
        """DT-3.1a, DT-11.2a1: nothing is typed twice."""
        document = self._create_issued(subject="Kết luận cuộc họp giao ban")
        task = (
            self.env["vanban.task"]
            .with_user(self.officer)
            .create(
                self._prepare_task(
                    source_document_id=document.id,
                    source_symbol=False,
                    source_date=False,
                    source_subject=False,
                    signer_name="Người khác",
                )
            )
        )
        self.assertEqual(task.source_symbol, document.symbol)
        self.assertEqual(task.source_subject, document.subject)
        self.assertEqual(task.signer_name, self.leader.name)
        task.action_assign()
        self.assertEqual(
            task.file_ids.sha256,
            document.sudo().file_ids.filtered(lambda f: f.role == "signed").sha256,
        )

    def test_signed_file_is_needed(self):
        """DT-11.2a2: the signed file of the assigning document is attached."""
        task = self._create_task(files=0)
        with self.assertRaisesRegex(UserError, "signed"):
            task.action_assign()
        task.env["vanban.task.file"].create({"task_id": task.id, **make_file()})
        self.assertTrue(task.action_assign())

    def test_number_is_needed_except_for_opinions(self):
        """DT-11.2a3: a request for opinions may have no number."""
        task = self._create_task(source_symbol=False)
        with self.assertRaisesRegex(UserError, "number"):
            task.action_assign()
        task.source = "opinion"
        self.assertTrue(task.action_assign())

    def test_every_reason_is_named_at_once(self):
        task = self._create_task(files=0, source_symbol=False, signer_name=False)
        with self.assertRaises(UserError) as caught:
            task.action_assign()
        self.assertEqual(len(str(caught.exception).splitlines()), 3)

    def test_late_entry_is_marked(self):
        """DT-11.2b: entered on the day of issue, after 15:00 the next working day."""
        yesterday = self._get_day(-1)
        self.assertTrue(self._give(source_date=yesterday).task_id.is_late_entry)
        late_issue = self._give(source_date=yesterday, source_after_cutoff=True)
        self.assertFalse(late_issue.task_id.is_late_entry)
        self.assertFalse(self._give().task_id.is_late_entry)

    def test_nobody_gives_a_task_to_oneself(self):
        with self.assertRaisesRegex(UserError, "itself"):
            self._create_task((self.agency, "lead"))
        with self.assertRaisesRegex(UserError, "follows"):
            self._create_task((self.unit, "lead"))

    def test_leader_gives_a_task_to_a_unit(self):
        """BS-7.3b: a leader gives a task directly to a unit."""
        row = self._give(
            (self.unit2, "lead"), user=self.leader, files=0, source="direct"
        )
        self.assertEqual(row.state, "doing")
        self.assertTrue(row.with_user(self.officer2)._filtered_access("read"))
        with self.assertRaisesRegex(UserError, "document"):
            self._give(files=0, source="direct")

    def test_only_an_agency_that_may_gives_tasks_to_others(self):
        values = self._prepare_task((self.helper_agency, "lead"), unit_id=False)
        with self.assertRaisesRegex(UserError, "own units"):
            self.env["vanban.task"].with_user(self.stranger).create(values)

    def test_given_task_is_not_changed(self):
        row = self._give()
        task = row.task_id.with_user(self.officer)
        with self.assertRaises(UserError):
            task.content = "Việc khác"
        with self.assertRaises(UserError):
            row.with_user(self.officer).deadline_day = self._get_day(9)
        with self.assertRaises(UserError):
            task.unlink()
        task.note = "Theo dõi sát"

    def test_task_is_withdrawn_with_a_reason(self):
        row = self._give()
        with self.assertRaises(AccessError):
            row.task_id.with_user(self.stranger).action_withdraw("Nhầm")
        with self.assertRaisesRegex(UserError, "why"):
            row.task_id.with_user(self.officer).action_withdraw()
        row.task_id.with_user(self.officer).action_withdraw("Giao nhầm cơ quan")
        self.assertEqual(row.state, "withdrawn")
        with self.assertRaises(UserError):
            self._report(row)

    def test_task_from_a_direction_in_one_click(self):
        """BS-7.3a: the leader's direction becomes a task that keeps the link."""
        document = self._create_registered()
        document.with_user(self.office_head).action_route(
            [
                {
                    "user_id": self.officer.id,
                    "role": "lead",
                    "direction_text": "Giao Sở Mẫu báo cáo",
                }
            ]
        )
        context = document.with_user(self.clerk).action_give_task()["context"]
        self.assertEqual(context["default_source_document_id"], document.id)
        self.assertEqual(context["default_content"], "Giao Sở Mẫu báo cáo")

    def test_several_tasks_come_from_one_document(self):
        """DT-3.1a: each with its own content and deadline; the document counts them."""
        document = self._create_issued()
        for days in (3, 7):
            task = self._create_task(
                files=0, source_document_id=document.id, days=days, source="directive"
            )
            task.action_assign()
        tasks = document.task_ids
        self.assertEqual(len(tasks), 2)
        self.assertEqual(set(tasks.mapped("source_symbol")), {document.symbol})
        self.assertEqual(len(set(tasks.mapped("content"))), 2)
        self.assertEqual(len(set(tasks.assignment_ids.mapped("deadline_day"))), 2)
        self.assertEqual(document.task_count, 2)

    def test_file_of_a_draft_is_taken_off_with_its_content(self):
        task = self._create_task()
        file = task.file_ids
        attachment = file.sudo().attachment_id
        file.unlink()
        self.assertFalse(attachment.exists())
        task.env["vanban.task.file"].create({"task_id": task.id, **make_file()})
        attachment = task.sudo().file_ids.attachment_id
        task.unlink()
        self.assertFalse(attachment.exists())
