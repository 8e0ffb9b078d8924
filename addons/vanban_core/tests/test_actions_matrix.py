from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import ACTIONS
from .common import ROLES, VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
# situation → role → what the role may do; whoever is not named may do nothing
ALLOWED = {
    # entered by the clerk
    "received": {"clerk": "register return"},
    # given to the office head for directions
    "registered": {"office_head": "route finish draft_reply"},
    # with nobody: the clerk passes it on
    "unheld": {"clerk": "route"},
    # the officer in the lead, officer2 coordinating
    "processing": {"officer": "route wait finish draft_reply"},
    # the officer's unit in the lead: its head
    "in_unit": {"unit_head": "route wait finish draft_reply"},
    # the officer in the lead, the secretary acting for the officer
    "delegated": {
        "officer": "route wait finish draft_reply",
        "secretary": "route wait finish draft_reply",
    },
    "waiting": {"officer": "route resume finish draft_reply"},
    "done": {},
    "returned": {},
    # the officer's draft
    "draft": {"officer": "submit cancel"},
    # with the unit head; the leader comes next, and sees it
    "review": {"unit_head": "approve send_back forward", "officer": "cancel"},
    # with the leader, for whom the secretary acts
    "signing": {
        "leader": "approve send_back forward",
        "secretary": "approve send_back forward",
        "officer": "cancel",
    },
    "approved": {"clerk": "issue"},
    "issued": {"clerk": "recall"},
    "recalled": {},
    "cancelled": {},
}


@tagged("post_install", "-at_install")
class TestActionsMatrix(VanbanCommon):
    """HT-4.2a: every situation × role × action, by button and by call alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.vanban_access_policy = "agency"
        cls.answer = cls._create_issued()
        cls.tomorrow = cls.agency._vanban_today() + timedelta(days=1)

    # ---- situations ----

    def _make(self, situation):
        return getattr(self, f"_make_{situation}")()

    def _make_received(self):
        return self._create_incoming()

    def _make_registered(self):
        return self._create_registered()

    def _make_unheld(self):
        self.agency.vanban_first_receiver_id = False
        return self._create_registered()

    def _make_processing(self):
        document = self._create_registered()
        document.with_user(self.office_head).action_route(
            [
                {"user_id": self.officer.id, "role": "lead"},
                {"user_id": self.officer2.id, "role": "coordinate"},
                {"user_id": self.secretary.id, "role": "inform"},
            ]
        )
        return document

    def _make_in_unit(self):
        document = self._create_registered()
        document.with_user(self.office_head).action_route(
            [{"unit_id": self.unit.id, "role": "lead"}]
        )
        return document

    def _make_delegated(self):
        self._delegate(self.officer)
        return self._create_handled()

    def _delegate(self, delegator):
        self.env["vanban.delegation"].create(
            {
                "delegator_id": delegator.id,
                "delegate_id": self.secretary.id,
                "date_to": self.tomorrow,
                "company_id": self.agency.id,
            }
        )

    def _make_waiting(self):
        document = self._create_handled()
        document.with_user(self.officer).action_wait("Chờ", self.tomorrow)
        return document

    def _make_done(self):
        document = self._create_handled()
        document.with_user(self.officer).action_finish("note", "Xong")
        return document

    def _make_returned(self):
        document = self._create_incoming()
        document.action_return("Sai thể thức")
        return document

    def _make_draft(self):
        return self._create_draft()

    def _make_review(self):
        draft = self._create_draft()
        draft.action_submit(
            [
                {"user_id": self.unit_head.id, "kind": "approve"},
                {"user_id": self.leader.id, "kind": "sign"},
            ]
        )
        return draft

    def _make_signing(self):
        self._delegate(self.leader)
        draft = self._create_draft()
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        return draft

    def _make_approved(self):
        return self._create_approved()

    def _make_issued(self):
        return self._create_issued()

    def _make_recalled(self):
        document = self._create_issued()
        document.action_recall("Sai")
        return document

    def _make_cancelled(self):
        draft = self._create_draft()
        draft.action_cancel("Thôi")
        return draft

    # ---- calls, each with arguments that are right ----

    def _get_arguments(self, action):
        return {
            "return": ["Sai thể thức"],
            "route": [[{"user_id": self.archivist.id, "role": "lead"}]],
            "wait": ["Chờ", self.tomorrow],
            "finish": ["note", "Xong"],
            "submit": [[{"user_id": self.leader.id, "kind": "sign"}]],
            "cancel": ["Thôi"],
            "send_back": ["Sửa"],
            "forward": [self.archivist.id],
            "recall": ["Sai"],
        }.get(action, [])

    def _try(self, document, action):
        """Call an action and undo it; return whether it was done."""
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger(*QUIET):
                getattr(document, f"action_{action}")(*self._get_arguments(action))
            self.env.flush_all()
        except UserError:
            return False
        else:
            return True
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _check(self, situation):
        document = self._make(situation)
        self.env.flush_all()
        for role in ROLES:
            user = getattr(self, role)
            mine = document.with_user(user)
            expected = set(ALLOWED[situation].get(role, "").split())
            visible = mine.has_access("read")
            for action in ACTIONS:
                with self.subTest(situation=situation, role=role, action=action):
                    self.env.invalidate_all()
                    if visible:
                        shown = mine[f"can_{action}"]
                        self.assertEqual(shown, action in expected, "button")
                    self.assertEqual(self._try(mine, action), action in expected)

    def test_actions_of_incoming_documents_that_wait_for_the_clerk(self):
        """HT-4.2a"""
        for situation in ("received", "returned", "unheld"):
            self._check(situation)

    def test_actions_of_incoming_documents_in_hand(self):
        """HT-4.2a HT-3.2b"""
        for situation in ("registered", "processing", "in_unit"):
            self._check(situation)

    def test_actions_under_a_delegation(self):
        """HT-3.1"""
        self._check("delegated")

    def test_actions_of_incoming_documents_that_wait_or_are_done(self):
        """HT-4.2a"""
        for situation in ("waiting", "done"):
            self._check(situation)

    def test_actions_of_drafts(self):
        """HT-4.2c BS-7.2a"""
        for situation in ("draft", "review", "cancelled"):
            self._check(situation)

    def test_actions_of_drafts_at_the_leader(self):
        """HT-3.1 BS-7.2a"""
        self._check("signing")

    def test_actions_of_outgoing_documents(self):
        """HT-4.2a"""
        for situation in ("approved", "issued", "recalled"):
            self._check(situation)

    def test_table_names_every_action_once_allowed(self):
        """An action that nobody may do in any situation is missing above."""
        named = {
            action
            for roles in ALLOWED.values()
            for actions in roles.values()
            for action in actions.split()
        }
        self.assertEqual(named, ACTIONS.keys())

    def test_no_action_works_on_nothing(self):
        """design §4.11"""
        nothing = self.env["vanban.document"].with_user(self.clerk)
        for action in ACTIONS:
            with self.subTest(action):
                self.assertFalse(self._try(nothing, action))

    def test_no_action_works_on_what_is_no_document(self):
        """design §4.11: ids as a client could send them"""
        Document = self.env["vanban.document"].with_user(self.clerk)
        for ids in (["abc"], [2**31 - 1], [0], [-1], "abc", [1.5], [None]):
            for action in ACTIONS:
                with self.subTest(action, ids=ids):
                    self.assertFalse(self._try(Document.browse(ids), action))
