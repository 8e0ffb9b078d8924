from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.vanban_calendar.tests.common import CalendarCommon
from odoo.addons.vanban_core.tools import demo_pdf


@tagged("post_install", "-at_install")
class TestConclusionTasks(CalendarCommon):
    """What a meeting concluded is given as tasks, from the entry of the meeting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.vanban_gives_tasks = True
        cls.notice = cls.env.ref("vanban_core.vanban_document_type_notice")
        cls.entry = cls._create_entry(cls.officer)

    def _conclude(self, issue=True):
        """Return the notice of the meeting, issued or as a draft."""
        draft = self._create_draft(
            files=0,
            document_type_id=self.notice.id,
            subject="Kết luận tại cuộc họp về cầu Bến Trúc",
        )
        self.entry._vanban_in_action().vanban_conclusion_id = draft
        if not issue:
            return draft
        self._add_file(draft, role="draft", name="du-thao.pdf")
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        draft.with_user(self.leader).action_approve()
        notice = draft.with_user(self.clerk)
        paper = demo_pdf.render(
            {
                "agency": "Ủy ban nhân dân tỉnh Mẫu",
                "title": "Thông báo",
                "subject": "Kết luận tại cuộc họp",
                "paragraphs": [
                    "Sau khi nghe báo cáo, Chủ tịch kết luận như sau:",
                    "1. Giao Sở Mẫu kiểm tra mố cầu, báo cáo trước ngày 30/12/2026.",
                ],
                "signer": "Lãnh đạo",
            }
        )
        self._add_file(notice, "signed", "ban-ky.pdf", paper)
        notice.action_issue()
        return notice.with_user(self.officer)

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "vanban_tasks.vanban_task_proposal_cron"
            ).method_direct_trigger()

    def test_points_of_the_notice_become_tasks_from_the_entry(self):
        """DT-3.1a: the open points first, a task of one's own once none is left."""
        notice = self._conclude()
        self.assertTrue(self.entry.vanban_can_give_tasks)
        self.assertEqual(self.entry.vanban_task_count, 0)
        self.assertEqual(
            self.entry.action_vanban_give_tasks()["context"][
                "default_source_document_id"
            ],
            notice.id,
        )
        self._run_cron()
        notice.invalidate_recordset()
        action = self.entry.action_vanban_give_tasks()
        self.assertEqual(action["res_model"], "vanban.task.proposal")
        points = notice.env[action["res_model"]].search(action["domain"])
        self.assertEqual(points.document_id, notice)
        points.action_take_all()
        self.entry.invalidate_recordset()
        self.assertEqual(self.entry.vanban_task_count, 1)
        action = self.entry.action_vanban_open_tasks()
        tasks = notice.env["vanban.task"].search(action["domain"])
        self.assertEqual(tasks.source_document_id, notice)

    def test_no_task_before_the_notice_is_issued(self):
        for conclude in (False, True):
            if conclude:
                self._conclude(issue=False)
            self.assertFalse(self.entry.vanban_can_give_tasks)
            with self.assertRaises(UserError):
                self.entry.action_vanban_give_tasks()

    def test_tasks_are_for_whom_the_notice_is_open(self):
        """HT-4.2a: who sees the meeting alone is told nothing of its tasks."""
        self._conclude()
        self.entry._vanban_in_action().write(
            {"partner_ids": [(4, self.officer2.partner_id.id)]}
        )
        self.entry.with_user(self.office_head).action_vanban_accept()
        self._publish()
        guest = self.entry.with_user(self.officer2)
        self.assertEqual(guest.name, self.entry.name)
        self.assertFalse(guest.vanban_can_give_tasks or guest.vanban_task_count)
        for action in ("action_vanban_give_tasks", "action_vanban_open_tasks"):
            with self.assertRaises(AccessError):
                getattr(guest, action)()
