from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..const import PROTECTED_FIELDS
from .common import ROLES, VanbanCommon

QUIET = "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestAccess(VanbanCommon):
    """Who sees which documents, and who changes nothing by a plain call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk2 = cls._create_person("clerk2", "vanban_core.group_clerk")
        cls.people = {name: getattr(cls, name) for name in ROLES}

    def _sees(self, user, document):
        """Does a search find it, and may it be read? Both must agree."""
        mine = self.env["vanban.document"].with_user(user)
        if not mine.has_access("read"):
            return False
        found = bool(mine.search([("id", "=", document.id)]))
        self.assertEqual(found, document.with_user(user).has_access("read"))
        return found

    def _who_sees(self, document):
        return {
            name for name, user in self.people.items() if self._sees(user, document)
        }

    # ---- incoming ----

    def test_arrived_document_is_seen_by_clerks_and_heads(self):
        """HT-4.2a"""
        document = self._create_incoming()
        self.assertEqual(self._who_sees(document), {"clerk", "office_head", "leader"})

    def test_routed_document_is_seen_by_the_unit_it_went_to(self):
        """HT-4.2a"""
        document = self._create_handled()
        self.assertEqual(
            self._who_sees(document),
            {"clerk", "office_head", "leader", "officer", "unit_head"},
        )

    def test_open_agency_shows_registered_documents_to_its_people(self):
        """HCM-4.2a: by setting; not those without a number, not to other agencies."""
        registered, arrived = self._create_registered(), self._create_incoming()
        self.assertFalse(self._sees(self.officer2, registered))
        self.agency.vanban_access_policy = "agency"
        self.assertEqual(
            self._who_sees(registered), self.people.keys() - {"admin", "stranger"}
        )
        self.assertFalse(self._sees(self.officer2, arrived))
        self.agency.vanban_access_policy = "unit"
        self.assertFalse(self._sees(self.officer2, registered))

    def test_open_policy_of_one_agency_opens_nothing_of_another(self):
        """HCM-4.2a"""
        self.other_agency.vanban_access_policy = "agency"
        self.assertFalse(self._sees(self.stranger, self._create_registered()))
        self.assertFalse(self._sees(self.officer2, self._create_registered()))

    def test_person_who_left_the_unit_sees_nothing_more(self):
        """HT-4.2a"""
        document = self._create_handled()
        colleague = self._create_person("colleague")
        employee = self._get_employees(colleague)
        employee.department_id = self.unit
        self.assertTrue(self._sees(colleague, document))
        employee.department_id = self.unit2
        self.assertFalse(self._sees(colleague, document))
        employee.department_id = self.unit
        employee.active = False
        self.assertFalse(self._sees(colleague, document))

    def test_delegate_sees_what_the_delegator_holds_until_it_ends(self):
        """HT-3.1"""
        document = self._create_handled(officer=self.officer2)
        today = self.agency._vanban_today()
        delegation = self.env["vanban.delegation"].create(
            {
                "delegator_id": self.officer2.id,
                "delegate_id": self.secretary.id,
                "date_from": today - timedelta(days=5),
                "date_to": today,
                "company_id": self.agency.id,
            }
        )
        self.assertTrue(self._sees(self.secretary, document))
        delegation.date_to = today - timedelta(days=1)
        self.assertFalse(self._sees(self.secretary, document))
        delegation.date_to = today
        delegation.active = False
        self.assertFalse(self._sees(self.secretary, document))

    def test_units_in_charge_of_the_field_see_its_documents(self):
        """HT-4.2a"""
        topic = self.env["vanban.topic"].create(
            {
                "name": "Giáo dục",
                "company_id": self.agency.id,
                "unit_ids": [(6, 0, self.unit2.ids)],
            }
        )
        document = self._create_registered(topic_id=topic.id)
        self.assertTrue(self._sees(self.officer2, document))
        self.assertFalse(self._sees(self.officer, document))

    def test_archivist_sees_no_document_by_that_role(self):
        """HT-4.2a"""
        self.assertFalse(self._sees(self.archivist, self._create_registered()))

    # ---- drafts ----

    def test_draft_is_seen_by_its_drafter_and_leaders_only(self):
        """HT-4.2c"""
        draft = self._create_draft()
        self.assertEqual(self._who_sees(draft), {"officer", "leader"})

    def test_reviewer_sees_the_draft_from_when_it_is_the_turn(self):
        """HT-4.2c"""
        draft = self._create_draft()
        draft.action_submit(
            [
                {"user_id": self.unit_head.id, "kind": "approve"},
                {"user_id": self.office_head.id, "kind": "sign"},
            ]
        )
        self.assertEqual(self._who_sees(draft), {"officer", "leader", "unit_head"})
        draft.with_user(self.unit_head).action_approve()
        self.assertEqual(
            self._who_sees(draft), {"officer", "leader", "unit_head", "office_head"}
        )

    def test_open_agency_shows_no_draft(self):
        """HT-4.2c HCM-4.2a"""
        self.agency.vanban_access_policy = "agency"
        draft = self._create_draft()
        self.assertEqual(self._who_sees(draft), {"officer", "leader"})
        draft.action_cancel("Không cần nữa")
        self.assertEqual(self._who_sees(draft), {"officer", "leader"})

    def test_clerk_sees_the_document_once_it_is_approved(self):
        """HT-4.2c"""
        draft = self._create_draft()
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        self.assertFalse(self._sees(self.clerk, draft))
        draft.with_user(self.leader).action_approve()
        self.assertTrue(self._sees(self.clerk, draft))
        self.assertFalse(self._sees(self.officer2, draft))

    def test_issued_document_is_seen_by_the_drafting_unit(self):
        """HT-4.2a"""
        document = self._create_issued()
        self.assertEqual(
            self._who_sees(document),
            {"clerk", "office_head", "leader", "officer", "unit_head"},
        )

    # ---- secret ----

    def _create_secret(self, **values):
        register = self.env["vanban.register"].search(
            [("company_id", "=", self.agency.id), ("secret", "=", True)]
        )
        register.keeper_ids = self.clerk
        return self._create_incoming(files=0, subject=False, secrecy="secret", **values)

    def test_secret_document_is_seen_by_its_keeper_and_leaders_only(self):
        """HT-2a"""
        document = self._create_secret()
        self.people["clerk2"] = self.clerk2
        self.assertEqual(self._who_sees(document), {"clerk", "leader"})
        document.action_register()
        self.assertEqual(self._who_sees(document), {"clerk", "leader"})
        self.agency.vanban_access_policy = "agency"
        self.assertEqual(self._who_sees(document), {"clerk", "leader"})

    def test_lines_of_a_secret_register_are_for_its_keepers(self):
        """HT-2a"""
        entry = self._create_secret()
        entry.action_register()
        line = entry.register_entry_id
        for user, sees in (
            (self.clerk, True),
            (self.clerk2, False),
            (self.officer, False),
            (self.leader, True),
        ):
            self.assertEqual(line.with_user(user).has_access("read"), sees, user.login)

    def test_secret_document_keeps_the_envelope_only(self):
        """HT-2a"""
        document = self._create_secret()
        for values in ({"subject": "Nội dung"}, {"note": "Nội dung"}):
            with self.assertRaises(UserError):
                document.write(values)
                document.flush_recordset()
        with self.assertRaises(UserError):
            self._create_incoming(files=1, subject=False, secrecy="secret")

    # ---- nobody, administrators, other agencies ----

    def test_administrator_has_no_document(self):
        """HT-4.2a"""
        document = self._create_registered()
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            document.with_user(self.admin).read(["subject"])
        self.assertFalse(self._sees(self.admin, document))

    def test_user_without_a_role_has_nothing(self):
        """HT-4.2a"""
        nobody = new_test_user(self.env, "nobody", groups="base.group_user")
        with mute_logger(*QUIET):
            for model in self.env:
                if model.startswith("vanban.") and not self.env[model]._abstract:
                    with self.subTest(model), self.assertRaises(AccessError):
                        self.env[model].with_user(nobody).search([])

    def test_other_agency_sees_nothing_and_cannot_enter_into_ours(self):
        """HT-4.2a"""
        document = self._create_registered()
        self.assertFalse(self._sees(self.stranger, document))
        theirs = document.with_user(self.stranger)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            theirs.with_context(allowed_company_ids=self.agency.ids).read(["subject"])
        with self.assertRaises(UserError):
            self._create_incoming(user=self.stranger, company_id=self.agency.id)

    # ---- plain writes ----

    def test_no_role_writes_what_only_actions_write(self):
        """HT-4.2a: also with a flag in the context, as a client could send it."""
        document, draft = self._create_registered(), self._create_draft()
        values = {
            "state": "done",
            "direction": "outgoing",
            "company_id": self.other_agency.id,
            "register_number": 99,
            "register_date": self.agency._vanban_today(),
            "outcome": "note",
            "principal_ids": [(5,)],
            "review_round": 4,
            "is_open": True,
            "is_secret": False,
            "issuer_name": "Khác",
            "search_text": "x",
            "answered_by_ids": [(4, document.id)],
            "message_main_attachment_id": False,
        }
        names = PROTECTED_FIELDS | values.keys()
        for user in self.people.values():
            for record in (document, draft):
                mine = record.with_user(user)
                for flag in ({}, {"vanban_action": True, "vanban_file": True}):
                    for name in names:
                        with (
                            self.subTest(user=user.login, field=name),
                            self.assertRaises(AccessError),
                            mute_logger(*QUIET),
                        ):
                            mine.with_context(**flag).write(
                                {name: values.get(name, False)}
                            )

    def test_no_role_makes_a_document_with_a_state_or_number(self):
        """HT-4.2a"""
        for values in (
            {"register_number": 5},
            {"outcome": "note"},
            {"registered_by_id": self.leader.id},
            {"is_open": True},
            {"message_main_attachment_id": 1},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self._create_incoming(**values)
        self.assertEqual(self._create_incoming(state="done").state, "received")

    def test_only_clerks_enter_incoming_documents(self):
        """HT-4.2a"""
        for user in self.people.values():
            if user in (self.clerk, self.stranger):
                continue
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger(*QUIET),
            ):
                self._create_incoming(user=user)
        self.assertTrue(self._create_incoming(user=self.clerk))

    def test_nobody_drafts_in_the_name_of_another(self):
        """HT-3.1"""
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            self._create_draft(drafter_id=self.leader.id, files=0)
        draft = self._create_draft()
        with self.assertRaises(UserError):
            draft.drafter_id = self.officer2

    def test_uninstall_flag_of_a_client_deletes_nothing(self):
        """The framework skips checks under a key that any client can send."""
        returned = self._create_incoming()
        returned.action_return("Không đúng thể thức")
        draft = self._create_draft()
        draft.action_submit([{"user_id": self.leader.id, "kind": "sign"}])
        draft.with_user(self.leader).action_send_back("Sửa")
        for record in (
            returned,
            draft,
            returned.file_ids,
            returned.file_ids.attachment_id,
        ):
            with self.subTest(record), self.assertRaises(UserError):
                record.with_context(_force_unlink=True).unlink()
