from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestOutgoing(VanbanCommon):
    """Drafting, approving, issuing, recalling (NĐ 30/2020 Điều 10-19)."""

    def _step(self, user, kind="approve"):
        return {"user_id": user.id, "kind": kind}

    def _submit(self, *steps):
        draft = self._create_draft()
        draft.action_submit(list(steps))
        return draft

    def _delegate(self, to, **values):
        today = self.agency._vanban_today()
        return self.env["vanban.delegation"].create(
            {
                "delegator_id": self.leader.id,
                "delegate_id": to.id,
                "date_from": today - timedelta(days=9),
                "date_to": today,
                "company_id": self.agency.id,
                **values,
            }
        )

    # ---- submitting ----

    def test_everything_a_draft_lacks_is_named_at_once(self):
        """HT-8.7c1"""
        draft = self._create_draft(files=0, subject=False, document_type_id=False)
        with self.assertRaises(UserError) as refused:
            draft.action_submit([self._step(self.leader, "sign")])
        for label in draft._vanban_labels(["subject", "document_type_id"]):
            self.assertIn(label, str(refused.exception))
        self.assertEqual(len(str(refused.exception).splitlines()), 2)

    def test_steps_that_are_none_are_refused_in_one_sentence(self):
        """design §4.11"""
        draft, leader = self._create_draft(), self.leader.id
        for steps in (
            None,
            [],
            "abc",
            5,
            {"a": 1},
            [None],
            ["x"],
            [{}],
            [{"kind": "sign"}],
            [{"user_id": "abc", "kind": "sign"}],
            [{"user_id": None, "kind": "sign"}],
            [{"user_id": [leader], "kind": "sign"}],
            [{"user_id": 10**20}],
            [{"user_id": float("inf")}],
            [{"user_id": 2**31 - 1}],
            [{"user_id": leader, "kind": "x"}],
            [{"user_id": leader, "kind": ["sign"]}],
            [{"user_id": leader, "kind": None}],
            [{"user_id": leader, "kind": "opinion"}],
            [{"user_id": leader, "kind": "sign"}, {"user_id": leader}],
            [{"user_id": self.stranger.id, "kind": "sign"}],
        ):
            with self.subTest(steps), self.assertRaises(UserError):
                draft.action_submit(steps)
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.sudo().review_ids)

    def test_opinions_are_asked_together_and_first(self):
        """BS-7.2a"""
        draft = self._submit(
            self._step(self.unit_head),
            self._step(self.officer2, "opinion"),
            self._step(self.secretary, "opinion"),
            self._step(self.leader, "sign"),
        )
        asked = draft.review_ids.filtered(lambda r: r.state == "waiting")
        self.assertEqual(asked.user_id, self.officer2 | self.secretary)
        draft.with_user(self.secretary).action_approve("Nhất trí")
        self.assertFalse(draft.with_user(self.unit_head).has_access("read"))
        draft.with_user(self.officer2).action_approve()
        self.assertTrue(draft.with_user(self.unit_head).can_approve)

    def test_approvers_decide_one_after_the_other(self):
        """BS-7.2a: each step stores the responsible person."""
        draft = self._submit(
            self._step(self.unit_head),
            self._step(self.office_head),
            self._step(self.leader, "sign"),
        )
        with self.assertRaises(AccessError):
            draft.with_user(self.leader).action_approve()
        for user in (self.unit_head, self.office_head, self.leader):
            self.assertEqual(draft.state, "review")
            draft.with_user(user).action_approve()
        self.assertRecordValues(
            draft,
            [
                {
                    "state": "approved",
                    "signer_id": self.leader.id,
                    "signer_name": "Leader",
                    "signer_title": "leader",
                }
            ],
        )
        self.assertEqual(
            draft.review_ids.mapped("acted_by_id"),
            self.unit_head | self.office_head | self.leader,
        )

    def test_nobody_decides_twice_or_out_of_turn(self):
        """BS-7.2a"""
        draft = self._submit(
            self._step(self.unit_head), self._step(self.leader, "sign")
        )
        draft.with_user(self.unit_head).action_approve()
        for user in (self.unit_head, self.officer, self.clerk, self.office_head):
            mine = draft.with_user(user)
            for call in (
                lambda mine=mine: mine.action_approve(),
                lambda mine=mine: mine.action_send_back("Sửa"),
                lambda mine=mine: mine.action_forward(self.officer2.id),
            ):
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(*QUIET),
                ):
                    call()

    def test_reviewer_does_not_change_the_draft(self):
        """HT-4.2a"""
        draft = self._submit(self._step(self.leader, "sign"))
        for user in (self.leader, self.officer, self.clerk):
            with (
                self.subTest(user.login),
                self.assertRaises(UserError),
                mute_logger(*QUIET),
            ):
                draft.with_user(user).write({"subject": "Khác"})

    def test_draft_sent_back_needs_a_new_version(self):
        """BS-7.2a"""
        draft = self._submit(
            self._step(self.unit_head), self._step(self.leader, "sign")
        )
        for opinion in (None, "", " ", 5, ["x"]):
            with self.subTest(opinion), self.assertRaises(UserError):
                draft.with_user(self.unit_head).action_send_back(opinion)
        draft.with_user(self.unit_head).action_send_back("Bổ sung căn cứ")
        self.assertEqual(draft.review_ids.mapped("state"), ["sent_back", "dropped"])
        with self.assertRaises(UserError):
            draft.action_submit([self._step(self.leader, "sign")])
        self._add_file(draft, role="draft")
        draft.action_submit([self._step(self.leader, "sign")])
        self.assertEqual(draft.review_round, 2)
        self.assertEqual(draft.review_ids[-1].file_id.version, 2)

    def test_reviewer_lets_somebody_else_decide(self):
        """BS-7.2a"""
        draft = self._submit(
            self._step(self.unit_head), self._step(self.leader, "sign")
        )
        mine = draft.with_user(self.unit_head)
        for user in (None, "abc", [1], {}, 0, 10**20, self.stranger.id, self.env.uid):
            with self.subTest(user), self.assertRaises(UserError):
                mine.action_forward(user)
        with self.assertRaises(UserError):
            mine.action_forward(self.unit_head.id)
        with self.assertRaises(UserError):
            mine.action_forward(self.officer2.id, ["x"])
        mine.action_forward(self.officer2.id, "Nhờ xem giúp")
        self.assertFalse(draft.with_user(self.unit_head).can_approve)
        draft.with_user(self.officer2).action_approve()
        self.assertEqual(
            draft.review_ids.filtered(lambda r: r.state == "waiting").user_id,
            self.leader,
        )

    def test_drafter_gives_a_draft_up_with_a_reason(self):
        draft = self._submit(self._step(self.leader, "sign"))
        with self.assertRaises(UserError):
            draft.action_cancel()
        with self.assertRaises(AccessError):
            draft.with_user(self.leader).action_cancel("Thôi")
        draft.action_cancel("Đã có văn bản khác")
        self.assertEqual(draft.state, "cancelled")
        self.assertEqual(draft.review_ids.state, "dropped")

    # ---- acting for the leader ----

    def test_secretary_approves_for_the_leader_under_a_delegation(self):
        """HT-3.1: the row says who acted and for whom."""
        self._delegate(self.secretary)
        draft = self._submit(self._step(self.leader, "sign"))
        draft.with_user(self.secretary).action_approve()
        self.assertRecordValues(
            draft.review_ids,
            [
                {
                    "user_id": self.leader.id,
                    "acted_by_id": self.secretary.id,
                    "state": "agreed",
                }
            ],
        )
        self.assertEqual(draft.signer_id, self.leader)
        self.assertIn("Secretary", draft.review_ids.acted_for_text)

    def test_ended_or_later_delegation_gives_nothing(self):
        """HT-3.1"""
        today = self.agency._vanban_today()
        draft = self._submit(self._step(self.leader, "sign"))
        for values in (
            {"date_to": today - timedelta(days=1)},
            {
                "date_from": today + timedelta(days=1),
                "date_to": today + timedelta(days=2),
            },
            {"active": False},
        ):
            self._delegate(self.secretary, **values)
            with (
                self.subTest(values),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                draft.with_user(self.secretary).action_approve()

    def test_nobody_gives_a_delegation_to_oneself(self):
        """HT-3.1: delegations are for administrators, and stay in one agency."""
        given = self._delegate(self.secretary)
        for user in (self.secretary, self.officer, self.leader, self.clerk):
            mine = given.with_user(user)
            for call in (
                lambda mine=mine: mine.create(
                    {
                        "delegator_id": self.leader.id,
                        "delegate_id": self.clerk.id,
                        "date_to": self.agency._vanban_today(),
                    }
                ),
                lambda mine=mine: mine.write({"date_to": "2099-01-01"}),
            ):
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(*QUIET),
                ):
                    call()
        with self.assertRaises(UserError):
            self._delegate(self.stranger)

    # ---- issuing ----

    def test_everything_missing_for_issue_is_named_at_once(self):
        """BS-14.2a"""
        draft = self._create_draft(recipient_ids=[])
        draft.action_submit([self._step(self.unit_head)])
        draft.with_user(self.unit_head).action_approve()
        self.agency.vanban_code = False
        with self.assertRaises(UserError) as refused:
            draft.with_user(self.clerk).action_issue()
        self.assertEqual(len(str(refused.exception).splitlines()), 4)
        self.assertFalse(draft.register_entry_id)

    def test_letter_bears_agency_and_unit(self):
        """BS-14.2a"""
        self.unit.vanban_code = "VP"
        self._outgoing_register().start_number = 15
        self.assertEqual(self._create_issued().symbol, "15/UBND-VP")

    def test_titled_document_bears_kind_and_agency(self):
        """BS-14.2a"""
        self._outgoing_register().start_number = 128
        document = self._create_issued(document_type_id=self.kind.id)
        self.assertRecordValues(
            document,
            [
                {
                    "symbol": "128/QĐ-UBND",
                    "state": "issued",
                    "register_number": 128,
                    "date": self.agency._vanban_today(),
                    "issued_by_id": self.clerk.id,
                    "issuer_id": self.agency.partner_id.id,
                }
            ],
        )
        self.assertEqual(document.recipient_ids.state, "sent")

    def _outgoing_register(self):
        return self.env["vanban.register"].search(
            [("company_id", "=", self.agency.id), ("direction", "=", "outgoing")]
        )

    def test_only_a_clerk_issues_and_recalls(self):
        """HT-4.2a"""
        approved, issued = self._create_approved(), self._create_issued()
        for user in (self.officer, self.leader, self.office_head, self.stranger):
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                approved.with_user(user).action_issue()
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                issued.with_user(user).action_recall("Sai")

    def test_nothing_is_issued_without_approval(self):
        """BS-7.2a"""
        draft = self._submit(self._step(self.leader, "sign"))
        with self.assertRaises(UserError), mute_logger(*QUIET):
            draft.with_user(self.clerk).action_issue()
        with self.assertRaises(UserError):
            draft._set_state("issued")

    def test_issue_ends_what_it_answers(self):
        """BS-14.2c HT-8.7c1"""
        incoming = self._create_handled()
        case = self.env["vanban.case"].with_user(self.officer).create({"title": "A"})
        case.document_ids = incoming
        mine = incoming.with_user(self.officer)
        draft = mine.browse(mine.action_draft_reply()["res_id"])
        self.assertRecordValues(
            draft,
            [
                {
                    "answers_ids": incoming.ids,
                    "case_ids": case.ids,
                    "drafter_id": self.officer.id,
                    "state": "draft",
                }
            ],
        )
        self.assertEqual(draft.recipient_ids.partner_id, self.issuer)
        draft.subject = "Trả lời"
        self._add_file(draft, role="draft")
        draft.action_submit([self._step(self.leader, "sign")])
        draft.with_user(self.leader).action_approve()
        self._add_file(draft.with_user(self.clerk), role="signed")
        draft.with_user(self.clerk).action_issue()
        self.assertRecordValues(incoming, [{"state": "done", "outcome": "answered"}])
        self.assertEqual(incoming.answered_by_ids, draft)

    def test_only_registered_incoming_documents_one_sees_are_answered(self):
        """BS-14.2c: issuing ends their handling."""
        draft = self._create_draft()
        hidden = self._create_handled(officer=self.officer2)
        theirs = self._create_incoming(
            user=self.stranger, company_id=self.other_agency.id
        )
        theirs.action_register()
        for document in (
            hidden,
            theirs,
            self._create_incoming(),
            self._create_issued(),
            draft,
        ):
            with (
                self.subTest(document),
                self.assertRaises(UserError),
                mute_logger(*QUIET),
            ):
                draft.write({"answers_ids": [(4, document.id)]})
            with (
                self.subTest(document),
                self.assertRaises(UserError),
                mute_logger(*QUIET),
            ):
                self._create_draft(answers_ids=[(6, 0, document.ids)])
        draft.write({"answers_ids": [(4, self._create_handled().id)]})
        self.assertEqual(len(draft.answers_ids), 1)

    def test_recalled_document_keeps_its_number_and_reason(self):
        """NĐ 30/2020 Điều 18.4"""
        document = self._create_issued()
        for reason in (None, "", 5):
            with self.assertRaises(UserError):
                document.action_recall(reason)
        document.action_recall("Sai thẩm quyền")
        self.assertRecordValues(
            document,
            [
                {
                    "state": "recalled",
                    "register_number": 1,
                    "recall_reason": "Sai thẩm quyền",
                }
            ],
        )
        self.assertEqual(self._create_issued().register_number, 2)

    @users("clerk")
    def test_clerk_saves_an_approved_document_by_the_form(self):
        """What the clerk does not see must not stop the saving."""
        document = self._create_approved().with_user(self.env.user)
        self.env.invalidate_all()
        saved = document.web_save(
            {"copy_count": 3},
            {
                "copy_count": {},
                "review_ids": {"fields": {"state": {}}},
                "file_ids": {"fields": {"name": {}}},
                "answers_ids": {"fields": {"display_name": {}}},
                "where_text": {},
                "can_issue": {},
            },
        )[0]
        self.assertEqual(saved["review_ids"], [])
        self.assertEqual([file["name"] for file in saved["file_ids"]], ["ban-ky.pdf"])

    @users("officer")
    def test_dialog_of_the_drafter_proposes_the_way(self):
        """BS-7.2a"""
        draft = self._create_draft(user=self.env.user)
        form = Form(
            self.env["vanban.document.submit"].with_context(
                active_model="vanban.document", active_id=draft.id
            )
        )
        wizard = form.save()
        self.assertEqual(
            wizard.step_ids.user_id, self.unit_head | self.office_head | self.leader
        )
        wizard.action_confirm()
        self.assertEqual(draft.state, "review")
