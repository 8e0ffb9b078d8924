from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.vanban_core.tests.common import make_docx, make_pdf
from odoo.addons.vanban_core.tools import demo_pdf

from .common import TaskCommon

DEADLINE = "xong trước ngày 30/6/2026"
PARAGRAPHS = [
    "Tại cuộc họp ngày 09/6/2026, Chủ tịch kết luận như sau:",
    "1. Ghi nhận sự chuẩn bị của các đơn vị.",
    f"2. Giao Sở Mẫu chủ trì, phối hợp với Sở Phối hợp Mẫu xem lại {DEADLINE}.",
    "3. Giao Sở Ngoài Mẫu lập danh mục trong 10 ngày làm việc kể từ ngày ban hành.",
    "4. Yêu cầu các địa phương tăng cường kiểm tra.",
]


def make_notice(paragraphs=PARAGRAPHS):
    """Return a PDF with a text layer."""
    return demo_pdf.render(
        {
            "agency": "Ủy ban nhân dân tỉnh Mẫu",
            "title": "Thông báo",
            "subject": "Kết luận tại cuộc họp",
            "paragraphs": paragraphs,
            "recipients": ["Sở Mẫu"],
            "signer": "Lãnh đạo",
        }
    )


@tagged("post_install", "-at_install")
class TestProposal(CronMixinCase, TaskCommon):
    """Points of a notice of conclusions become tasks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls.env.ref("vanban_core.vanban_document_type_notice")
        cls.cron = cls.env.ref("vanban_tasks.vanban_task_proposal_cron")

    @classmethod
    def _issue_notice(cls, signed=None, draft=None, **values):
        """Return a notice that was issued, its points not read yet."""
        document = cls._create_draft(
            **{
                "files": 0,
                "document_type_id": cls.notice.id,
                "subject": "Kết luận tại cuộc họp về công trình",
                **values,
            }
        )
        cls._add_file(
            document, "draft", "du-thao.docx", draft or make_docx(["Dự thảo"])
        )
        document.action_submit([{"user_id": cls.leader.id, "kind": "sign"}])
        document.with_user(cls.leader).action_approve()
        document = document.with_user(cls.clerk)
        cls._add_file(document, "signed", "ban-ky.pdf", signed or make_notice())
        document.action_issue()
        return document

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _propose(self, user=None, **values):
        """Return the proposals of a notice, as the drafter sees them."""
        document = self._issue_notice(**values)
        self._run_cron()
        proposals = self.env["vanban.task.proposal"].with_user(user or self.officer)
        return proposals.search([("document_id", "=", document.id)], order="id")

    def test_points_of_an_issued_notice_are_proposed(self):
        """DT-3.1a: number, content, agencies and deadline, and what is not clear."""
        first, second, third = self._propose()
        self.assertEqual((first | second | third).mapped("number"), ["2", "3", "4"])
        self.assertIn("xem lại", first.content)
        self.assertEqual(first.partner_id, self.other_agency.partner_id)
        self.assertEqual(first.coordinator_ids, self.helper_agency.partner_id)
        self.assertEqual(str(first.deadline_day), "2026-06-30")
        self.assertEqual(first.deadline_text, DEADLINE)
        self.assertFalse(first.is_unsure)
        self.assertEqual(second.deadline_day, self._get_day(10))
        self.assertFalse(second.is_unsure)
        self.assertFalse(third.partner_id or third.deadline_day)
        self.assertTrue(third.is_lead_unsure and third.is_deadline_unsure)

    def test_issuing_only_asks_for_the_job(self):
        """The paper is read in the background, and once."""
        with self.capture_triggers(self.cron) as triggers:
            document = self._issue_notice()
        self.assertEqual(len(triggers.records), 1)
        Proposal = self.env["vanban.task.proposal"]
        domain = [("document_id", "=", document.id)]
        self.assertFalse(Proposal.search(domain))
        self._run_cron()
        self.assertEqual(Proposal.search_count(domain), 3)
        document._vanban_in_action().write({"is_to_propose": True})
        self._run_cron()
        self.assertEqual(Proposal.search_count(domain), 3)
        with self.assertRaises(AccessError):
            document.with_user(self.officer).is_to_propose = True

    def test_drafter_is_told(self):
        proposals = self._propose()
        told = self.env["mail.message"].search(
            [
                ("model", "=", "vanban.document"),
                ("res_id", "=", proposals.document_id.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertIn(self.officer.partner_id, told.notified_partner_ids)

    def test_other_kinds_propose_nothing(self):
        self.assertFalse(self._propose(document_type_id=self.letter.id))
        self.notice.vanban_gives_tasks = False
        self.assertFalse(self._propose())

    def test_recalled_notice_proposes_nothing(self):
        document = self._issue_notice()
        document.action_recall("Ban hành nhầm")
        self._run_cron()
        self.assertFalse(document.sudo().proposal_ids)

    def test_scan_is_read_from_the_draft(self):
        for numbered in (False, True):
            draft = make_docx(PARAGRAPHS, numbered)
            proposals = self._propose(signed=make_pdf(), draft=draft)
            self.assertEqual(proposals[0].number, "2")
            self.assertEqual(proposals.mapped("is_unsure"), [False, False, True])
        self.assertFalse(self._propose(signed=make_pdf()))

    def test_drafter_unit_and_office_see_them_and_nobody_else(self):
        proposals = self._propose()
        for user in (self.officer, self.unit_head, self.clerk, self.office_head):
            mine = proposals.with_user(user)
            self.assertEqual(mine._filtered_access("read"), mine, user.login)
        for user in (self.officer2, self.stranger):
            theirs = proposals.with_user(user)
            self.assertFalse(theirs._filtered_access("read"), user.login)
            self.assertFalse(theirs.search([("id", "in", proposals.ids)]))
            with self.assertRaises(AccessError):
                theirs.action_drop()
            with self.assertRaises(AccessError):
                theirs.action_take_all()
        self.assertEqual(proposals.document_id.proposal_count, 3)
        hidden = proposals.document_id.with_user(self.office_head)
        self.assertEqual(hidden.proposal_count, 3)

    def test_proposal_is_not_written_by_hand(self):
        proposals = self._propose()
        for values in ({"content": "Khác"}, {"state": "taken"}):
            with self.assertRaises(AccessError):
                proposals.write(values)
        with self.assertRaises(AccessError):
            proposals.unlink()
        with self.assertRaises(AccessError):
            proposals.create({"document_id": proposals.document_id.id, "content": "x"})

    def test_task_is_made_in_the_filled_form(self):
        """DT-3.1a, DT-4.2a: nothing is typed twice, and the point is done with."""
        proposal = self._propose()[0]
        context = proposal.action_take()["context"]
        task = self.env["vanban.task"].with_user(self.officer)
        task = task.with_context(**context).create({})
        self.assertEqual(task.content, proposal.content)
        self.assertEqual(task.source, "conclusion")
        self.assertEqual(task.source_symbol, proposal.document_id.symbol)
        self.assertEqual(task.lead_names, "Sở Mẫu")
        self.assertEqual(task.coordinator_names, "Sở Phối hợp Mẫu")
        self.assertEqual(proposal.state, "taken")
        self.assertTrue(task.action_assign())
        with self.assertRaisesRegex(UserError, "meantime"):
            proposal.action_take()

    def test_deleted_draft_is_proposed_again(self):
        proposals = self._propose()[:2]
        action = proposals.action_take_all()
        tasks = self.env["vanban.task"].with_user(self.officer).search(action["domain"])
        self.assertEqual(len(tasks), 2)
        self.assertEqual(set(proposals.mapped("state")), {"taken"})
        tasks.unlink()
        self.assertEqual(set(proposals.mapped("state")), {"proposed"})

    def test_drafts_need_lead_and_deadline(self):
        proposals = self._propose()
        with self.assertRaisesRegex(UserError, "point 4"):
            proposals.action_take_all()
        self.assertFalse(proposals.task_ids)
        with self.assertRaisesRegex(UserError, "one point"):
            proposals.action_take()

    def test_points_are_dropped_and_proposed_again(self):
        proposal = self._propose()[2]
        proposal.action_drop()
        self.assertEqual(proposal.state, "dropped")
        self.assertEqual(proposal.dropped_by_id, self.officer)
        with self.assertRaisesRegex(UserError, "meantime"):
            proposal.action_take()
        proposal.action_restore()
        self.assertEqual(proposal.state, "proposed")

    def test_nothing_is_made_of_a_recalled_notice(self):
        proposals = self._propose()
        proposals.document_id.with_user(self.clerk).action_recall("Ban hành nhầm")
        with self.assertRaisesRegex(UserError, "recalled"):
            proposals[0].action_take()

    def test_task_cannot_name_a_point_of_others(self):
        proposal = self._propose()[0]
        vals = self._prepare_task(proposal_id=proposal.id)
        with self.assertRaisesRegex(UserError, "another document"):
            self.env["vanban.task"].with_user(self.officer).create(vals)
        vals = self._prepare_task(proposal_id=proposal.id, unit_id=self.unit2.id)
        with self.assertRaises(AccessError):
            self.env["vanban.task"].with_user(self.officer2).create(vals)

    def test_damaged_papers_propose_nothing(self):
        document = self._issue_notice()
        attachment = (
            document.sudo()
            .file_ids.filtered(lambda f: f.role == "signed")
            .attachment_id
        )
        attachment._vanban_mark().write({"raw": b"%PDF-1.4 broken"})
        self._run_cron()
        self.assertFalse(document.sudo().proposal_ids)
        self.assertFalse(document.sudo().is_to_propose)
