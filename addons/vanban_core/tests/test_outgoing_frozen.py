from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestOutgoingFrozen(VanbanCommon):
    """What was approved or issued stays as it was (NĐ 30/2020 Điều 18.3)."""

    def test_clerk_changes_nothing_that_was_approved(self):
        """HT-4.2a"""
        document = self._create_approved()
        for values in (
            {"subject": "Khác"},
            {"document_type_id": self.kind.id},
            {"signer_id": self.clerk.id},
            {"signer_name": "Người khác"},
            {"secrecy": "secret"},
            {"drafter_id": self.clerk.id},
            {"symbol": "1/UBND"},
            {"recipient_ids": [(5,)]},
            {"recipient_ids": [(1, document.recipient_ids.id, {"name": "Khác"})]},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                document.write(values)
        document.write(
            {
                "copy_count": 5,
                "note": "Gửi hỏa tốc",
                "recipient_ids": [(0, 0, {"name": "Lưu: VT"})],
            }
        )
        self.assertEqual(document.recipient_ids.mapped("name"), ["Bộ Mẫu", "Lưu: VT"])

    def test_clerk_fills_in_what_was_left_empty(self):
        draft = self._create_draft()
        draft.action_submit([{"user_id": self.unit_head.id}])
        draft.with_user(self.unit_head).action_approve()
        mine = draft.with_user(self.clerk)
        mine.signer_id = self.leader
        with self.assertRaises(UserError):
            mine.signer_id = self.office_head

    def test_issued_document_stays_as_it_was_issued(self):
        """NĐ 30/2020 Điều 18.3"""
        document = self._create_issued()
        incoming = self._create_handled()
        for values in (
            {"subject": "Khác"},
            {"symbol": "1/UBND"},
            {"date": "2026-01-01"},
            {"document_type_id": self.kind.id},
            {"register_id": False},
            {"signer_name": "Khác"},
            {"answers_ids": [(4, incoming.id)]},
            {"recipient_ids": [(0, 0, {"name": "Khác"})]},
            {"recipient_ids": [(2, document.recipient_ids.id)]},
            {"recipient_ids": [(1, document.recipient_ids.id, {"state": "pending"})]},
        ):
            for user in (self.clerk, self.officer, self.leader):
                with (
                    self.subTest(values, user=user.login),
                    self.assertRaises(UserError),
                    mute_logger(*QUIET),
                ):
                    document.with_user(user).write(values)
        with self.assertRaises(UserError):
            document.unlink()

    def test_drafter_does_not_give_the_number(self):
        """design §4.1"""
        with self.assertRaises(UserError):
            self._create_draft(symbol="1/QĐ-UBND")
        with self.assertRaises(UserError):
            self._create_draft().symbol = "1/QĐ-UBND"

    def test_recipients_of_one_document_are_not_moved_to_another(self):
        document, mine = self._create_issued(), self._create_draft()
        with self.assertRaises(UserError):
            mine.recipient_ids.document_id = document
        with self.assertRaises(UserError), mute_logger(*QUIET):
            mine.recipient_ids.create({"document_id": document.id, "name": "Khác"})
