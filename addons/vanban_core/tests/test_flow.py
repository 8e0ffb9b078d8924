from odoo.tests import tagged

from .common import VanbanCommon


@tagged("post_install", "-at_install")
class TestFlow(VanbanCommon):
    def test_incoming_is_directed_answered_and_done(self):
        """HT-8.7c1 HT-3.2b BS-7.2a BS-14.2c HCM-6.3c: the whole way of one document."""
        document = self._create_incoming()
        document.action_register()
        self.assertRecordValues(
            document, [{"state": "registered", "register_number": 1}]
        )
        document.with_user(self.office_head).action_route(
            [
                {
                    "unit_id": self.unit.id,
                    "role": "lead",
                    "direction_text": "Giải quyết",
                },
                {"user_id": self.officer2.id, "role": "inform"},
            ]
        )
        document.with_user(self.unit_head).action_route(
            [{"user_id": self.officer.id, "role": "lead"}]
        )
        mine = document.with_user(self.officer)
        mine.action_open()
        seen = mine.routing_ids.filtered(lambda r: r.to_user_id == self.officer)
        self.assertTrue(seen.seen_date)
        draft = self.env["vanban.document"].browse(mine.action_draft_reply()["res_id"])
        draft = draft.with_user(self.officer)
        draft.subject = "Trả lời"
        self._add_file(draft, role="draft")
        steps = [
            {"user_id": self.unit_head.id, "kind": "approve"},
            {"user_id": self.office_head.id, "kind": "approve"},
            {"user_id": self.leader.id, "kind": "sign"},
        ]
        draft.action_submit(steps)
        draft.with_user(self.unit_head).action_approve()
        draft.with_user(self.office_head).action_send_back("Bổ sung căn cứ")
        self.assertEqual(draft.state, "draft")
        self._add_file(draft, role="draft")
        draft.action_submit(steps)
        draft.with_user(self.unit_head).action_approve()
        draft.with_user(self.office_head).action_approve("Đồng ý")
        draft.with_user(self.leader).action_approve()
        self.assertEqual(draft.state, "approved")
        out = draft.with_user(self.clerk)
        self._add_file(out, role="signed")
        out.action_issue()
        self.assertEqual(out.symbol, "01/UBND-TH")
        self.assertRecordValues(document, [{"state": "done", "outcome": "answered"}])
        self.assertEqual(document.answered_by_ids, out)
        self.assertTrue(mine.get_way())
