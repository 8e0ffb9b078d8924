from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestCase(VanbanCommon):
    """Case files (hồ sơ công việc; NĐ 30/2020 Điều 28-31)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = (
            cls.env["vanban.case"].with_user(cls.officer).create({"title": "Hồ sơ A"})
        )

    def _refuse(self, call):
        with self.assertRaises(UserError), mute_logger(*QUIET):
            call()
            self.env.flush_all()

    def test_keeper_opens_a_case_file_of_the_own_unit(self):
        """HT-4.2a"""
        self.assertRecordValues(
            self.case,
            [
                {
                    "owner_id": self.officer.id,
                    "unit_id": self.unit.id,
                    "company_id": self.agency.id,
                    "state": "open",
                }
            ],
        )

    def test_case_file_is_seen_by_keeper_unit_and_heads(self):
        """HT-4.2a"""
        self.env.invalidate_all()
        for user, sees in (
            (self.officer, True),
            (self.unit_head, True),
            (self.office_head, True),
            (self.leader, True),
            (self.officer2, False),
            (self.clerk, False),
            (self.archivist, False),
            (self.admin, False),
            (self.stranger, False),
        ):
            self.assertEqual(
                self.case.with_user(user).has_access("read"), sees, user.login
            )
        self.case.member_ids = self.officer2
        self.assertTrue(self.case.with_user(self.officer2).has_access("read"))

    def test_only_the_keeper_changes_it(self):
        """HT-4.2a"""
        self.case.member_ids = self.officer2
        for user in (self.officer2, self.unit_head, self.office_head, self.leader):
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                self.case.with_user(user).write({"title": "Khác"})
        self.case.title = "Hồ sơ B"

    def test_nobody_opens_a_case_file_for_another_or_elsewhere(self):
        """HT-4.2a"""
        Case = self.env["vanban.case"].with_user(self.officer)
        for values in (
            {"owner_id": self.leader.id},
            {"company_id": self.other_agency.id},
        ):
            with self.subTest(values):
                self._refuse(
                    lambda values=values: Case.create({"title": "X", **values})
                )
        self._refuse(lambda: self.case.write({"company_id": self.other_agency.id}))

    def test_state_changes_by_actions_only(self):
        """HT-4.2a"""
        for values in ({"state": "closed"}, {"date_to": "2026-01-01"}):
            self._refuse(lambda values=values: self.case.write(values))

    def test_case_file_waits_for_the_handling_of_its_documents(self):
        document = self._create_handled()
        self.case.document_ids = document
        with self.assertRaises(UserError) as refused:
            self.case.action_close()
        self.assertIn(document.symbol, str(refused.exception))
        document.with_user(self.officer).action_finish("case_closed", "Xong")
        self.case.action_close()
        self.assertRecordValues(
            self.case, [{"state": "closed", "closed_by_id": self.officer.id}]
        )

    def test_document_without_symbol_or_subject_can_be_named(self):
        """What arrived secret has no subject, and perhaps no symbol yet."""
        secret = self._create_incoming(
            files=0, subject=False, symbol=False, secrecy="secret"
        )
        case = self.env["vanban.case"].with_user(self.clerk).create({"title": "Kín"})
        case.document_ids = secret
        self._refuse(case.action_close)

    def test_only_keeper_and_leader_close_and_reopen(self):
        """HT-4.2a"""
        self.case.member_ids = self.officer2
        for user in (self.officer2, self.unit_head, self.office_head, self.clerk):
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                self.case.with_user(user).action_close()
        self.case.with_user(self.leader).action_close()
        self.assertEqual(self.case.state, "closed")
        self.case.action_reopen()
        self.assertRecordValues(self.case, [{"state": "open", "date_to": False}])

    def test_closed_case_file_stays_as_it_is(self):
        self.case.action_close()
        self._refuse(self.case.action_close)
        self._refuse(lambda: self.case.write({"title": "Khác"}))
        self._refuse(self.case.unlink)
        mine = self._create_draft()
        self._refuse(lambda: mine.write({"case_ids": [(4, self.case.id)]}))
        self.assertTrue(self.case.with_user(self.archivist).has_access("read"))

    def test_only_the_archive_takes_a_closed_case_file_over(self):
        """HT-4.2a: who and when is kept (NĐ 30/2020 Điều 30)"""
        taker = self.case.with_user(self.archivist)
        self._refuse(taker.action_take_over)
        self.case.action_close()
        for user in (self.officer, self.unit_head, self.leader, self.admin):
            with self.subTest(user.login):
                self._refuse(self.case.with_user(user).action_take_over)
        taker.action_take_over()
        self.assertRecordValues(
            self.case,
            [
                {
                    "state": "archived",
                    "taken_date": self.agency._vanban_today(),
                    "taken_by_id": self.archivist.id,
                }
            ],
        )

    def test_case_file_in_the_archive_stays_as_it_is(self):
        """HT-4.2a"""
        self.case.action_close()
        self.case.with_user(self.archivist).action_take_over()
        self._refuse(self.case.with_user(self.archivist).action_take_over)
        self._refuse(self.case.action_close)
        for user in (self.officer, self.leader):
            self._refuse(self.case.with_user(user).action_reopen)
        self._refuse(lambda: self.case.write({"title": "Khác"}))
        self._refuse(lambda: self.case.write({"taken_by_id": self.leader.id}))
        self._refuse(self.case.unlink)
        self.assertTrue(self.case.with_user(self.archivist).has_access("read"))

    def test_several_are_taken_over_together_or_none(self):
        other = self.case.create({"title": "Hồ sơ B"})
        self.case.action_close()
        both = (self.case | other).with_user(self.archivist)
        self._refuse(both.action_take_over)
        self.assertEqual(self.case.state, "closed")
        other.action_close()
        both.action_take_over()
        self.assertEqual(set(both.mapped("state")), {"archived"})

    def test_nothing_is_not_closed(self):
        """design §4.11"""
        self._refuse(self.case.browse().with_user(self.archivist).action_take_over)
        self._refuse(self.case.browse().action_close)
        self._refuse(self.case.browse().action_reopen)
        self._refuse(self.case.browse(2**31 - 1).action_close)

    def test_case_file_with_documents_is_not_deleted(self):
        self.case.document_ids = self._create_handled()
        self._refuse(self.case.unlink)
        self._refuse(self.case.with_context(_force_unlink=True).unlink)
        self.case.document_ids = False
        self.case.unlink()
        self.assertFalse(self.case.exists())

    def test_copy_of_a_case_file_is_an_open_empty_one(self):
        self.case.write({"code": "02", "document_ids": self._create_handled()})
        copy = self.case.copy()
        self.assertRecordValues(
            copy, [{"state": "open", "code": False, "document_ids": []}]
        )

    def test_count_is_of_the_documents_one_sees(self):
        """HT-4.2a"""
        hidden, seen = self._create_registered(), self._create_handled()
        self.case.sudo().document_ids = hidden | seen
        self.env.invalidate_all()
        self.assertEqual(self.case.document_count, 1)

    def test_code_of_a_case_file_is_used_once_in_an_agency(self):
        self.case.code = "01.TCCB"
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.case.create({"title": "Khác", "code": "01.TCCB"})
            self.env.flush_all()
        theirs = self.env["vanban.case"].with_user(self.stranger)
        self.assertTrue(theirs.create({"title": "Khác", "code": "01.TCCB"}))
