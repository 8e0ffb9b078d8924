from datetime import timedelta
from unicodedata import normalize

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestIncoming(VanbanCommon):
    """Registering, returning, waiting and ending (NĐ 30/2020 Điều 20-24)."""

    # ---- registering ----

    def test_everything_missing_is_named_at_once(self):
        """HCM-6.3a HCM-6.3c BS-14.2a"""
        document = self._create_incoming(
            files=0,
            issuer_id=False,
            symbol=False,
            date=False,
            document_type_id=False,
            subject=False,
            received_date=fields.Datetime.now() + timedelta(hours=2),
        )
        with self.assertRaises(UserError) as refused:
            document.action_register()
        labels = document._vanban_labels(
            ["issuer_id", "symbol", "date", "document_type_id", "subject", "file_ids"]
        )
        for label in labels:
            self.assertIn(label, str(refused.exception))
        self.assertEqual(len(str(refused.exception).splitlines()), 2)
        self.assertEqual(document.state, "received")

    def test_subject_of_spaces_is_none(self):
        """HCM-6.3c"""
        document = self._create_incoming(subject=" \n\t ")
        with self.assertRaises(UserError):
            document.action_register()

    def test_complete_document_is_registered(self):
        """BS-14.2a"""
        document = self._create_incoming()
        document.action_register()
        self.assertRecordValues(
            document,
            [
                {
                    "state": "registered",
                    "register_number": 1,
                    "register_date": self.agency._vanban_today(),
                    "registered_by_id": self.clerk.id,
                    "issuer_name": self.issuer.name,
                }
            ],
        )

    def test_registered_document_goes_to_who_gives_directions(self):
        """HT-3.2b"""
        document = self._create_registered()
        self.assertRecordValues(
            document.routing_ids,
            [
                {
                    "to_user_id": self.office_head.id,
                    "role": "direct",
                    "state": "waiting",
                    "acted_by_id": self.clerk.id,
                }
            ],
        )
        self.assertTrue(document.with_user(self.office_head).can_route)

    def test_without_a_first_receiver_the_clerk_holds_it(self):
        """HT-3.2b"""
        self.agency.vanban_first_receiver_id = False
        document = self._create_registered()
        self.assertFalse(document.routing_ids)
        self.assertTrue(document.can_route)

    def test_document_is_registered_once(self):
        """BS-14.2a"""
        document = self._create_registered()
        with self.assertRaises(UserError):
            document.action_register()
        self.assertEqual(document.register_number, 1)

    def test_name_of_the_issuer_stays_as_it_was(self):
        """design §2.7"""
        document = self._create_registered()
        self.issuer.name = "Bộ Mới"
        self.assertEqual(document.issuer_name, "Bộ Mẫu")

    def test_date_of_a_document_is_not_in_the_future(self):
        """BS-14.2a: today is Vietnam's."""
        today = self.agency._vanban_today()
        self.assertTrue(self._create_incoming(date=today))
        with self.assertRaises(ValidationError):
            self._create_incoming(date=today + timedelta(days=1))

    def test_today_turns_at_midnight_in_vietnam(self):
        with (
            freeze_time("2026-03-09 16:59:59"),
            self.assertRaises(ValidationError),
        ):
            self._create_incoming(date="2026-03-10")
        with freeze_time("2026-03-09 17:00:00"):
            self.assertTrue(self._create_incoming(date="2026-03-10"))

    @users("clerk")
    def test_form_of_the_clerk_is_enough(self):
        """HCM-6.3a"""
        view = "vanban_core.vanban_document_view_form_in"
        Document = self.env["vanban.document"].with_context(
            default_direction="incoming"
        )
        form = Form(Document, view=view)
        form.symbol = "9/TB-BM"
        form.issuer_id = self.issuer
        form.document_type_id = self.kind
        form.date = "2026-01-05"
        form.subject = "Về việc tổ chức hội nghị"
        document = form.save()
        self.assertRecordValues(
            document, [{"direction": "incoming", "state": "received"}]
        )
        self._add_file(document)
        document.action_register()
        self.assertEqual(document.state, "registered")

    # ---- duplicates ----

    def test_same_document_again_offers_the_first(self):
        """NĐ 30/2020 Phụ lục VI: a document is registered once."""
        first = self._create_registered(symbol="12/TB-BM")
        for symbol in ("12/TB-BM", " 12 / tb - bm "):
            again = self._create_incoming(symbol=symbol)
            with self.subTest(symbol), self.assertRaises(RedirectWarning) as offered:
                again.action_register()
            _message, action, _button = offered.exception.args[:3]
            self.assertEqual(action["res_id"], first.id)

    def test_first_is_offered_also_where_it_is_not_open_to_one(self):
        """NĐ 30/2020 Phụ lục VI"""
        first = self._create_registered(symbol="12/TB-BM")
        again = self._create_incoming(symbol="12/TB-BM")
        self.env.cr.execute(
            "UPDATE vanban_document SET is_secret = true, is_open = false,"
            " subject = 'Kín' WHERE id = %s",
            [first.id],
        )
        self.env.cr.execute("DELETE FROM vanban_document_principal_rel")
        self.env.invalidate_all()
        again.sudo()._grant(users=self.clerk)
        with self.assertRaises(RedirectWarning) as offered:
            again.action_register()
        self.assertNotIn("Kín", str(offered.exception.args[0]))

    def test_other_issuer_date_or_agency_is_no_duplicate(self):
        """NĐ 30/2020 Phụ lục VI"""
        self._create_registered(symbol="12/TB-BM")
        other = self.env["res.partner"].create({"name": "Sở khác"})
        yesterday = self.agency._vanban_today() - timedelta(days=1)
        for values in ({"issuer_id": other.id}, {"date": yesterday}):
            self.assertTrue(self._create_registered(symbol="12/TB-BM", **values))
        theirs = self._create_incoming(
            user=self.stranger, symbol="12/TB-BM", company_id=self.other_agency.id
        )
        theirs.action_register()
        self.assertEqual(theirs.register_number, 1)

    def test_duplicate_is_no_way_to_ask_for_documents_of_others(self):
        """HT-4.2a: clients compute fields of unsaved records with values they send."""
        first = self._create_registered(symbol="12/TB-BM")
        asked = {
            "direction": "incoming",
            "company_id": self.agency.id,
            "symbol": "12/TB-BM",
            "issuer_id": self.issuer.id,
            "date": fields.Date.to_string(first.date),
        }
        spec = {**{name: {} for name in asked}, "duplicate_id": {"fields": {}}}
        Document = self.env["vanban.document"].with_user(self.stranger)
        with mute_logger(*QUIET):
            try:
                value = Document.onchange(asked, ["symbol"], spec)["value"]
            except UserError:
                return
        self.assertFalse(value.get("duplicate_id"))

    # ---- returning ----

    def test_document_not_in_due_form_is_returned_with_a_reason(self):
        document = self._create_incoming(files=0)
        for reason in (None, "", "  ", 5, ["x"], {"a": 1}):
            with self.subTest(reason), self.assertRaises(UserError):
                document.action_return(reason)
        document.action_return("Không có chữ ký")
        self.assertRecordValues(
            document, [{"state": "returned", "return_reason": "Không có chữ ký"}]
        )
        with self.assertRaises(UserError):
            document.action_register()

    def test_registered_document_is_not_returned(self):
        with self.assertRaises(UserError):
            self._create_registered().action_return("Gửi nhầm")

    # ---- waiting ----

    def test_lead_waits_with_a_reason_and_goes_on(self):
        document = self._create_handled().with_user(self.officer)
        until = self.agency._vanban_today() + timedelta(days=3)
        document.action_wait("Chờ họp", fields.Date.to_string(until))
        self.assertRecordValues(document, [{"state": "waiting", "wait_until": until}])
        document.action_resume()
        self.assertRecordValues(
            document,
            [{"state": "processing", "wait_until": False, "wait_reason": False}],
        )

    def test_waiting_needs_a_reason_and_a_day_to_come(self):
        document = self._create_handled().with_user(self.officer)
        today = self.agency._vanban_today()
        for reason, until in (
            (None, today),
            ("", today),
            ("Chờ", None),
            ("Chờ", today - timedelta(days=1)),
            ("Chờ", "abc"),
            ("Chờ", "2026-13-45"),
            ("Chờ", 5),
            ("Chờ", {"a": 1}),
            ("Chờ", ["x"]),
            (["Chờ"], today),
        ):
            with (
                self.subTest(reason=reason, until=until),
                self.assertRaises(UserError),
            ):
                document.action_wait(reason, until)
        self.assertEqual(document.state, "processing")

    def test_waiting_document_is_not_overdue(self):
        document = self._create_handled()
        document._vanban_in_action().deadline = "2026-01-01 00:00:00"
        self.assertTrue(document.is_overdue)
        document.with_user(self.officer).action_wait("Chờ", self.agency._vanban_today())
        self.assertFalse(document.is_overdue)

    # ---- ending ----

    def test_each_outcome_ends_the_handling(self):
        """HT-8.7c1"""
        answer = self._create_issued()
        for outcome, note, answer_id in (
            ("no_handling", "Để biết", None),
            ("note", "Đã trao đổi", None),
            ("case_closed", "Xong hồ sơ", None),
            ("answered", None, answer.id),
            ("answered", "Xem công văn", str(answer.id)),
        ):
            document = self._create_handled().with_user(self.officer)
            with self.subTest(outcome):
                document.action_finish(outcome, note, answer_id)
                self.assertRecordValues(
                    document, [{"state": "done", "outcome": outcome}]
                )
                self.assertTrue(document.done_date)
                self.assertNotIn("waiting", document.routing_ids.mapped("state"))

    def test_ending_needs_an_outcome_and_what_goes_with_it(self):
        """HT-8.7c1"""
        document = self._create_handled().with_user(self.officer)
        foreign = self._create_issued(user=self.officer2)
        draft = self._create_draft()
        for args in (
            (None,),
            ("x", "Xong"),
            (["note"], "Xong"),
            ({}, "Xong"),
            ("note", None),
            ("note", "  "),
            ("no_handling",),
            ("note", {"a": 1}),
            ("answered", None, None),
            ("answered", None, draft.id),
            ("answered", None, document.id),
            ("answered", None, foreign.id),
            ("answered", None, 2**31 - 1),
            ("answered", None, 10**20),
            ("answered", None, "abc"),
            ("answered", None, [1, 2]),
            ("answered", None, {"id": 1}),
            ("answered", ["x"], self.env.uid),
        ):
            with self.subTest(args), self.assertRaises(UserError):
                document.action_finish(*args)
        self.assertEqual(document.state, "processing")

    def test_answer_of_another_agency_is_refused(self):
        """HT-4.2a"""
        document = self._create_handled().with_user(self.officer)
        answer = self._create_issued()
        self.env.cr.execute(
            "UPDATE vanban_document SET company_id = %s WHERE id = %s",
            [self.other_agency.id, answer.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            document.action_finish("answered", None, answer.id)

    def test_ended_document_is_over(self):
        document = self._create_handled().with_user(self.officer)
        document.action_finish("note", "Xong")
        for call in (
            lambda: document.action_finish("note", "Xong"),
            lambda: document.action_wait("Chờ", self.agency._vanban_today()),
            document.action_draft_reply,
            lambda: document.with_user(self.clerk).action_route(
                [{"user_id": self.officer2.id, "role": "lead"}]
            ),
        ):
            with self.assertRaises(UserError):
                call()

    # ---- deadlines ----

    def test_kind_gives_the_deadline_in_working_days(self):
        """design §4.5: the first day does not count, Saturday and Sunday neither."""
        self.kind.default_days = 2
        with freeze_time("2026-03-05 03:00:00"):  # a Thursday
            document = self._create_registered()
        end = fields.Datetime.context_timestamp(
            document.with_context(tz="Asia/Ho_Chi_Minh"), document.deadline
        )
        self.assertEqual(end.date(), fields.Date.to_date("2026-03-09"))

    def test_deadline_given_by_the_clerk_stays(self):
        self.kind.default_days = 2
        document = self._create_incoming(deadline="2027-05-05 10:00:00")
        document.action_register()
        self.assertEqual(
            document.deadline, fields.Datetime.to_datetime("2027-05-05 10:00:00")
        )

    def test_kind_without_days_gives_no_deadline(self):
        self.kind.default_days = 0
        self.assertFalse(self._create_registered().deadline)

    # ---- deleting, copying ----

    def test_only_what_is_not_registered_is_deleted_and_by_clerks_only(self):
        """HT-4.2a"""
        with self.assertRaises(UserError):
            self._create_registered().unlink()
        returned = self._create_incoming()
        returned.action_return("Gửi nhầm")
        with self.assertRaises(UserError):
            returned.unlink()
        mistake = self._create_incoming()
        for user in (self.officer, self.leader, self.office_head, self.stranger):
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                mistake.with_user(user).unlink()
        mistake.unlink()
        self.assertFalse(mistake.exists())

    def test_document_is_not_copied(self):
        document = self._create_incoming()
        with self.assertRaises(UserError):
            document.copy()

    def test_text_is_stored_composed(self):
        """HN-2"""
        document = self._create_incoming(subject=normalize("NFD", "Quyết định"))
        self.assertEqual(document.subject, "Quyết định")
        document.subject = normalize("NFD", " Công văn ")
        self.assertEqual(document.subject, "Công văn")
