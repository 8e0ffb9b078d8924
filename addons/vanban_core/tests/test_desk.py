from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import VanbanCommon


@tagged("post_install", "-at_install")
class TestDesk(VanbanCommon):
    """The first screen: what waits for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrived = cls._create_incoming()
        cls.directed = cls._create_registered(urgency="express")
        cls.handled = cls._create_registered()
        soon = fields.Datetime.now() + timedelta(hours=3)
        cls.handled.with_user(cls.office_head).action_route(
            [
                {"user_id": cls.officer.id, "role": "lead", "deadline": soon},
                {"user_id": cls.officer2.id, "role": "coordinate"},
                {"user_id": cls.secretary.id, "role": "inform"},
            ]
        )
        cls.late = cls._create_registered()
        cls.late.with_user(cls.office_head).action_route(
            [{"unit_id": cls.unit.id, "role": "lead"}]
        )
        cls.late._vanban_in_action().deadline = "2026-01-05 01:00:00"
        cls.draft = cls._create_draft()
        cls.review = cls._create_draft()
        cls.review.action_submit(
            [
                {"user_id": cls.unit_head.id, "kind": "approve"},
                {"user_id": cls.leader.id, "kind": "sign"},
            ]
        )
        cls.sign = cls._create_draft()
        cls.sign.action_submit([{"user_id": cls.leader.id, "kind": "sign"}])
        cls.back = cls._create_draft()
        cls.back.action_submit([{"user_id": cls.leader.id, "kind": "sign"}])
        cls.back.with_user(cls.leader).action_send_back("Sửa")
        cls.approved = cls._create_approved()

    def _get_queues(self, user):
        desk = self.env["vanban.desk"].with_user(user).get_desk()
        return {queue["key"]: queue for queue in desk["queues"]}

    def _get_list(self, user, key):
        Document = self.env["vanban.document"].with_user(user)
        return Document.search([("queue", "=", key)])

    def _get_behind(self, user, queue):
        model = self.env.ref(queue["action"]).sudo().res_model
        return self.env[model].with_user(user).search(queue["domain"])

    def test_counts_are_those_of_the_lists_behind(self):
        """HT-3.2b: for every role and queue, by what a click on it opens"""
        for user in (
            self.clerk,
            self.officer,
            self.officer2,
            self.unit_head,
            self.office_head,
            self.leader,
            self.secretary,
            self.archivist,
            self.stranger,
            self.admin,
        ):
            queues = self._get_queues(user)
            self.assertTrue(queues, user.login)
            for key, queue in queues.items():
                with self.subTest(user=user.login, queue=key):
                    self.assertEqual(queue["count"], len(self._get_behind(user, queue)))

    def test_each_finds_what_waits_for_the_own_role(self):
        """HT-3.2b BS-7.2a"""
        for user, key, documents in (
            (self.clerk, "to_register", self.arrived),
            (self.clerk, "to_issue", self.approved),
            (self.office_head, "to_direct", self.directed),
            (self.officer, "lead", self.handled),
            (self.officer, "due_soon", self.handled),
            (self.officer, "sent_back", self.back),
            (self.officer, "my_drafts", self.draft | self.back),
            (self.officer, "in_review", self.review | self.sign),
            (self.officer2, "coordinate", self.handled),
            (self.secretary, "inform", self.handled),
            (self.unit_head, "unit_lead", self.late),
            (self.unit_head, "unit_late", self.late),
            (self.unit_head, "to_approve", self.review),
            (self.leader, "to_sign", self.sign),
            (self.leader, "agency_late", self.late),
        ):
            with self.subTest(user=user.login, queue=key):
                self.assertEqual(self._get_list(user, key), documents)
                self.assertIn(key, self._get_queues(user))

    def test_queues_of_others_are_empty(self):
        """HT-4.2a"""
        for user in (self.stranger, self.archivist):
            for key, queue in self._get_queues(user).items():
                with self.subTest(user=user.login, queue=key):
                    self.assertFalse(self._get_behind(user, queue))

    def test_delegate_has_the_queue_of_the_leader(self):
        """HT-3.1"""
        self.assertNotIn("to_sign", self._get_queues(self.secretary))
        self.env["vanban.delegation"].create(
            {
                "delegator_id": self.leader.id,
                "delegate_id": self.secretary.id,
                "date_to": self.agency._vanban_today(),
                "company_id": self.agency.id,
            }
        )
        self.assertEqual(self._get_queues(self.secretary)["to_sign"]["count"], 1)
        desk = self.env["vanban.desk"].with_user(self.secretary).get_desk()
        self.assertEqual(desk["acting_for"], ["Leader"])

    def test_express_and_overdue_documents_come_first(self):
        """HT-3.2b"""
        desk = self.env["vanban.desk"].with_user(self.office_head).get_desk()
        self.assertEqual(desk["urgent"][0]["id"], self.directed.id)
        self.assertLessEqual(len(desk["urgent"]), 7)

    def test_item_and_queue_open_the_window_of_their_direction(self):
        """HT-3.2b"""
        desk = self.env["vanban.desk"].with_user(self.leader).get_desk()
        opened = {(item["id"], item["action"], item["url"]) for item in desk["urgent"]}
        action = "vanban_core.vanban_document_action"
        url = f"/odoo/ban-lam-viec/van-ban-di/{self.sign.id}"
        self.assertIn((self.sign.id, f"{action}_out", url), opened)
        queues = self._get_queues(self.clerk)
        self.assertEqual(queues["to_register"]["action"], f"{action}_in")
        self.assertEqual(queues["to_issue"]["action"], f"{action}_out")

    def test_overdue_documents_are_counted_as_late(self):
        self.assertEqual(self._get_queues(self.unit_head)["unit_lead"]["late"], 1)
        self.assertEqual(self._get_queues(self.officer)["lead"]["late"], 0)

    def test_late_units_are_told_with_the_documents_behind(self):
        desk = self.env["vanban.desk"].with_user(self.leader)
        [plot] = desk.get_desk()["plots"]
        bars = getattr(desk, plot["method"])()
        self.assertEqual([(b["name"], b["count"]) for b in bars], [(self.unit.name, 1)])
        Document = self.env["vanban.document"].with_user(self.leader)
        self.assertEqual(Document.search(bars[0]["domain"]), self.late)

    def test_queue_that_is_none_is_refused_in_one_sentence(self):
        """design §4.11"""
        Document = self.env["vanban.document"].with_user(self.officer)
        for value in ("x", "", False, 5, ["lead", "x"]):
            operator = "in" if isinstance(value, list) else "="
            with self.subTest(value), self.assertRaises(UserError):
                Document.search([("queue", operator, value)])
        both = Document.search([("queue", "in", ["lead", "my_drafts"])])
        self.assertEqual(both, self.handled | self.draft | self.back)
