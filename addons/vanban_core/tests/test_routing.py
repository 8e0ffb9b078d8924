from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestRouting(VanbanCommon):
    """Handing over (bút phê, phân công; NĐ 30/2020 Điều 23)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_registered().with_user(cls.office_head)

    def _lead(self, user=None, **values):
        return {"user_id": (user or self.officer).id, "role": "lead", **values}

    def _refuse(self, document, *lines):
        before = document.sudo().routing_ids
        with self.assertRaises(UserError), mute_logger(*QUIET):
            document.action_route(*lines)
        document.invalidate_recordset()
        self.assertEqual(document.sudo().routing_ids, before)

    # ---- lines ----

    def test_lines_that_are_none_are_refused_in_one_sentence(self):
        """design §4.11"""
        lead = self._lead()
        for lines in (
            None,
            [],
            "abc",
            5,
            {"a": 1},
            [None],
            ["x"],
            [5],
            [[]],
            [{}],
            [{"user_id": self.officer.id}],
            [{"role": "lead"}],
            [{"user_id": self.officer.id, "role": None}],
            [{"user_id": self.officer.id, "role": ["lead"]}],
            [{"user_id": self.officer.id, "role": {"a": 1}}],
            [{"user_id": self.officer.id, "role": "direct"}],
            [{"user_id": self.officer.id, "role": "boss"}],
            [{"user_id": "abc", "role": "lead"}],
            [{"user_id": [1], "role": "lead"}],
            [{"user_id": float("inf"), "role": "lead"}],
            [{"user_id": 10**20, "role": "lead"}],
            [{"user_id": -1, "role": "lead"}],
            [{"user_id": True, "role": "lead"}],
            [{"user_id": 2**31 - 1, "role": "lead"}],
            [{"unit_id": 2**31 - 1, "role": "lead"}],
            [{**lead, "unit_id": self.unit.id}],
            [{**lead, "deadline": "abc"}],
            [{**lead, "deadline": {"a": 1}}],
            [{**lead, "deadline": 5}],
            [{**lead, "direction_text": {"a": 1}}],
            [{**lead, "direction_text": ["x"]}],
            [lead, "x"],
        ):
            with self.subTest(lines):
                self._refuse(self.document, lines)
        self.assertEqual(self.document.state, "registered")

    def test_one_and_only_one_is_in_the_lead(self):
        """HT-3.2b"""
        two = [self._lead(), self._lead(self.officer2)]
        none = [{"user_id": self.officer.id, "role": "coordinate"}]
        self._refuse(self.document, two)
        self._refuse(self.document, none)
        self.document.action_route(
            [self._lead(), {**none[0], "user_id": self.leader.id}]
        )
        self.assertEqual(self.document.state, "processing")

    def test_receiver_is_named_once(self):
        self._refuse(
            self.document,
            [self._lead(), {"user_id": self.officer.id, "role": "inform"}],
        )

    def test_deadline_is_not_in_the_past(self):
        """HT-3.2b"""
        past = fields.Datetime.now() - timedelta(minutes=5)
        self._refuse(self.document, [self._lead(deadline=past)])
        self._refuse(
            self.document, [self._lead(deadline=fields.Datetime.to_string(past))]
        )
        soon = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=4)
        self.document.action_route(
            [self._lead(deadline=fields.Datetime.to_string(soon))]
        )
        self.assertEqual(self.document.deadline, soon)

    def test_receivers_belong_to_the_agency(self):
        """HT-4.2a"""
        theirs = self.env["hr.department"].create(
            {"name": "Phòng khác", "company_id": self.other_agency.id}
        )
        self._refuse(self.document, [self._lead(self.stranger)])
        self._refuse(self.document, [{"unit_id": theirs.id, "role": "lead"}])
        self._refuse(
            self.document,
            [self._lead(), {"user_id": self.stranger.id, "role": "inform"}],
        )

    def test_receivers_work_in_the_agency_still(self):
        """HT-4.2a: neither people who left nor accounts of outsiders."""
        self.officer2.sudo().active = False
        self._refuse(self.document, [self._lead(self.officer2)])
        self._refuse(self.document, [self._lead(self.env.ref("base.user_root"))])

    def test_unit_has_a_head_to_receive_it(self):
        """HT-3.2b"""
        line = {"unit_id": self.unit2.id, "role": "lead"}
        self.unit2.manager_id = False
        self._refuse(self.document, [line])
        self.unit2.vanban_deputy_ids = self.officer2
        self.document.action_route([line])
        self.assertTrue(self.document.with_user(self.officer2).can_finish)

    def test_lead_does_not_name_itself_again(self):
        self.document.action_route([self._lead()])
        self._refuse(self.document.with_user(self.officer), [self._lead()])
        document = self._create_registered().with_user(self.office_head)
        line = {"unit_id": self.unit.id, "role": "lead"}
        document.action_route([line])
        self._refuse(document.with_user(self.unit_head), [line])

    # ---- what it does ----

    def test_hand_over_is_written_with_names_and_titles_of_the_day(self):
        """HT-3.1 HT-3.2b"""
        self.document.action_route(
            [self._lead(direction_text="Tham mưu trả lời trước thứ Sáu")]
        )
        row = self.document.routing_ids.filtered(lambda r: r.role == "lead")
        self.assertRecordValues(
            row,
            [
                {
                    "from_user_id": self.office_head.id,
                    "acted_by_id": self.office_head.id,
                    "from_label": "Office Head, office_head",
                    "to_label": "Officer, officer",
                    "direction_text": "Tham mưu trả lời trước thứ Sáu",
                    "state": "waiting",
                }
            ],
        )
        self.assertEqual(row.parent_id.state, "passed")
        self.officer.sudo().name = "Tên mới"
        self.assertEqual(row.to_label, "Officer, officer")

    def test_lead_adds_coordinators_and_stays_in_the_lead(self):
        """HT-3.2b"""
        self.document.action_route([self._lead()])
        mine = self.document.with_user(self.officer)
        mine.action_route(
            [
                {"user_id": self.officer2.id, "role": "coordinate"},
                {"unit_id": self.unit.id, "role": "inform"},
            ]
        )
        self.assertTrue(mine.can_finish)
        self.assertTrue(mine.with_user(self.officer2).has_access("read"))
        self.assertFalse(mine.with_user(self.officer2).can_finish)

    def test_former_lead_and_coordinators_do_not_pass_it_on(self):
        """HT-4.2a"""
        self.document.action_route(
            [self._lead(), {"user_id": self.officer2.id, "role": "coordinate"}]
        )
        for user in (self.office_head, self.officer2, self.clerk, self.leader):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.document.with_user(user).action_route([self._lead(self.unit_head)])

    def test_who_does_not_see_it_does_nothing_with_it(self):
        """HT-4.2a"""
        for user in (self.officer2, self.stranger, self.admin, self.archivist):
            theirs = self.document.with_user(user)
            for call in (
                lambda theirs=theirs: theirs.action_route([self._lead()]),
                lambda theirs=theirs: theirs.action_open(),
                lambda theirs=theirs: theirs.action_mark_done(),
                lambda theirs=theirs: theirs.get_way(),
            ):
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(*QUIET),
                ):
                    call()

    def test_secretary_hands_over_in_the_name_of_the_delegator(self):
        """HT-3.1: the row says who acted and for whom."""
        self.env["vanban.delegation"].create(
            {
                "delegator_id": self.office_head.id,
                "delegate_id": self.secretary.id,
                "date_to": self.agency._vanban_today(),
                "company_id": self.agency.id,
            }
        )
        self.document.with_user(self.secretary).action_route([self._lead()])
        row = self.document.routing_ids.filtered(lambda r: r.role == "lead")
        self.assertRecordValues(
            row,
            [
                {
                    "from_user_id": self.office_head.id,
                    "acted_by_id": self.secretary.id,
                    "from_label": "Office Head, office_head",
                }
            ],
        )

    def test_informed_person_has_it_as_unseen_until_it_is_opened(self):
        """HT-3.2b"""
        self.document.action_route(
            [self._lead(), {"user_id": self.officer2.id, "role": "inform"}]
        )
        queue = [("queue", "=", "inform")]
        theirs = self.env["vanban.document"].with_user(self.officer2)
        self.assertEqual(theirs.search(queue), self.document)
        self.document.with_user(self.officer).action_open()
        self.assertEqual(theirs.search(queue), self.document)
        self.document.with_user(self.officer2).action_open()
        self.assertFalse(theirs.search(queue))
        row = self.document.routing_ids.filtered(lambda r: r.role == "inform")
        self.assertEqual(row.seen_by_id, self.officer2)
        seen = row.seen_date
        self.document.with_user(self.officer2).action_open()
        self.assertEqual(row.seen_date, seen)

    def test_coordinator_ends_the_own_part_only(self):
        self.document.action_route(
            [self._lead(), {"user_id": self.officer2.id, "role": "coordinate"}]
        )
        theirs = self.document.with_user(self.officer2)
        for note in (5, ["x"], {"a": 1}):
            with self.assertRaises(UserError):
                theirs.action_mark_done(note)
        theirs.action_mark_done("Đã góp ý <b>xong</b>")
        self.assertEqual(self.document.state, "processing")
        with self.assertRaises(UserError):
            theirs.action_mark_done()
        self.assertNotIn("<b>", theirs.sudo().message_ids[0].body)

    def test_several_documents_are_handed_over_at_once(self):
        """HT-3.2b"""
        documents = self.document | self._create_registered()
        documents.with_user(self.office_head).action_route([self._lead()])
        self.assertEqual(documents.mapped("state"), ["processing", "processing"])

    def test_several_at_once_are_all_handed_over_or_none(self):
        """design §4.11"""
        documents = self.document | self._create_handled()
        with self.assertRaises(AccessError):
            documents.with_user(self.office_head).action_route(
                [self._lead(self.officer2)]
            )
        self.assertEqual(self.document.state, "registered")

    @users("office_head")
    def test_dialog_of_the_office_head_hands_it_over(self):
        """HT-3.2b"""
        wizard = self.env["vanban.document.route"].with_context(
            active_model="vanban.document",
            active_id=self.document.id,
            active_ids=self.document.ids,
        )
        form = Form(wizard)
        principals = self.env["vanban.principal"]._get_for(self.officer)
        form.lead_id = principals
        form.direction_text = "Giải quyết"
        form.quick_deadline = "3"
        form.save().action_confirm()
        self.assertEqual(self.document.state, "processing")
        self.assertTrue(self.document.deadline)

    # ---- history ----

    def test_hand_overs_are_never_made_changed_or_deleted_by_hand(self):
        """design §4.7"""
        self.document.action_route([self._lead()])
        row = self.document.routing_ids[-1]
        people = (
            self.clerk,
            self.officer,
            self.unit_head,
            self.office_head,
            self.leader,
            self.admin,
            self.env.ref("base.user_root"),
        )
        flag = {"vanban_action": True}
        for user in people:
            mine = row.with_user(user).sudo(False).with_context(**flag)
            document = self.document.with_user(user).with_context(**flag)
            for call in (
                lambda mine=mine: mine.write({"direction_text": "Khác"}),
                lambda mine=mine: mine.write({"state": "done"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create(
                    {
                        "document_id": self.document.id,
                        "role": "lead",
                        "to_user_id": self.clerk.id,
                    }
                ),
                lambda document=document: document.write({"routing_ids": [(5,)]}),
                lambda document=document: document.write(
                    {"routing_ids": [(1, row.id, {"role": "inform"})]}
                ),
            ):
                with (
                    self.subTest(user.login),
                    self.assertRaises(UserError),
                    mute_logger(*QUIET),
                ):
                    call()
        self.assertTrue(row.exists())

    # ---- the way ----

    def test_way_is_told_of_one_document(self):
        """HT-3.2b"""
        self.document.action_route([self._lead()])
        way = self.document.get_way()
        self.assertEqual([node["who"] for node in way][-1], "Officer, officer")
        self.assertEqual(way[-1]["parent"], way[0]["key"])
        for documents in (
            self.document.browse(),
            self.document | self._create_registered(),
        ):
            with self.assertRaises(UserError):
                documents.with_user(self.office_head).get_way()
