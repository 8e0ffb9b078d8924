from datetime import timedelta

from odoo.tests import tagged

from .common import VanbanCommon


class OfficeDeskCommon(VanbanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.agency._vanban_today()

    def _get_desk(self, user):
        return self.env["vanban.desk"].with_user(user).get_desk()

    def _get_behind(self, user, key):
        """Return what a click on a queue lists."""
        queues = {queue["key"]: queue for queue in self._get_desk(user)["queues"]}
        queue = queues[key]
        model = self.env.ref(queue["action"]).sudo().res_model
        listed = self.env[model].with_user(user).search(queue["domain"])
        self.assertEqual(queue["count"], len(listed))
        return listed


@tagged("post_install", "-at_install")
class TestArchiveDesk(OfficeDeskCommon):
    """The first screen of the archivist: case files that are due (NĐ 30 Điều 30)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls.env["vanban.case"].with_user(cls.officer)
        titles = ["Đang mở", "Mới kết thúc", "Quá hạn", "Ngắn hạn", "Đã nộp"]
        cases = case.create([{"title": title} for title in titles])
        cls.open, cls.new, cls.late, cls.short, cls.taken = cases
        cls.short.retention = "2"
        (cases - cls.open).action_close()
        cls.late._vanban_in_action().date_to = cls.today - timedelta(days=400)
        cls.taken.with_user(cls.archivist).action_take_over()

    def _get_keys(self, user):
        return [queue["key"] for queue in self._get_desk(user)["queues"]]

    def test_queues_of_the_archive_come_before_an_officers_own(self):
        """HT-3.2b"""
        keys = self._get_keys(self.archivist)
        archive = ["case_to_take", "case_late", "case_taken", "case_closed"]
        self.assertEqual(keys[:4], archive)
        self.assertIn("lead", keys[4:])
        for user in (self.clerk, self.officer, self.leader, self.admin):
            self.assertFalse({*archive} & {*self._get_keys(user)}, user.login)

    def test_closed_case_files_are_counted_and_listed(self):
        """HT-3.2b: those kept for less than 5 years are not due to the archive"""
        for key, cases in (
            ("case_to_take", self.new | self.late),
            ("case_late", self.late),
            ("case_taken", self.taken),
            ("case_closed", self.new | self.short | self.taken),
        ):
            with self.subTest(key):
                self.assertEqual(self._get_behind(self.archivist, key), cases)

    def test_case_file_closed_over_a_year_ago_is_late(self):
        queue = self._get_desk(self.archivist)["queues"][0]
        self.assertEqual((queue["count"], queue["late"]), (2, 1))
        self.assertTrue(
            queue["since"].startswith(str(self.today - timedelta(days=400)))
        )

    def test_case_file_closed_longest_ago_comes_first(self):
        """HT-3.2b"""
        urgent = self._get_desk(self.archivist)["urgent"]
        told = [(item["subject"], item["is_overdue"]) for item in urgent]
        self.assertEqual(told, [("Quá hạn", True), ("Mới kết thúc", False)])
        url = f"/odoo/ban-lam-viec/ho-so/{self.late.id}"
        self.assertEqual(urgent[0]["url"], url)

    def test_case_file_taken_over_leaves_the_queue(self):
        self.late.with_user(self.archivist).action_take_over()
        self.assertEqual(self._get_behind(self.archivist, "case_to_take"), self.new)
        taken = self._get_behind(self.archivist, "case_taken")
        self.assertEqual(taken, self.late | self.taken)


@tagged("post_install", "-at_install")
class TestAdminDesk(OfficeDeskCommon):
    """The first screen of the administrator, who reads no document."""

    def test_administrator_has_a_desk_without_documents(self):
        """HT-3.2b HT-4.2a"""
        self._create_registered(urgency="express")
        desk = self._get_desk(self.admin)
        models = {self.env.ref(q["action"]).sudo().res_model for q in desk["queues"]}
        self.assertTrue(models)
        self.assertNotIn("vanban.document", models)
        self.assertEqual((desk["urgent"], desk["plots"]), ([], []))
        self.assertFalse(desk["has_documents"])
        self.assertTrue(self._get_desk(self.clerk)["has_documents"])

    def test_queues_of_the_administrator_are_shown_to_no_one_else(self):
        """HT-4.2a"""
        keys = {queue["key"] for queue in self._get_desk(self.admin)["queues"]}
        for user in (self.clerk, self.archivist, self.office_head, self.leader):
            shown = {queue["key"] for queue in self._get_desk(user)["queues"]}
            self.assertFalse(keys & shown, user.login)

    def _check_gap(self, key, record, fill):
        self.assertIn(record, self._get_behind(self.admin, key))
        fill()
        self.env.flush_all()  # as a request does at its end
        self.assertNotIn(record, self._get_behind(self.admin, key))

    def test_person_without_a_unit_is_listed_until_there_is_one(self):
        employee = self._get_employees(self.secretary)
        unit = self.unit
        self.assertNotIn(self.officer, self._get_behind(self.admin, "user_no_unit"))
        self._check_gap(
            "user_no_unit",
            self.secretary,
            lambda: employee.write({"department_id": unit.id}),
        )

    def test_unit_without_a_head_is_listed_until_there_is_one(self):
        unit = self.env["hr.department"].create(
            {"name": "Phòng mới", "company_id": self.agency.id}
        )
        self.assertNotIn(self.unit, self._get_behind(self.admin, "unit_no_head"))
        self._check_gap(
            "unit_no_head",
            unit,
            lambda: unit.write({"vanban_deputy_ids": [(4, self.officer.id)]}),
        )

    def test_secret_register_without_a_clerk_is_listed_until_there_is_one(self):
        book = self.env["vanban.register"].create(
            {
                "name": "Sổ mật",
                "direction": "incoming",
                "secret": True,
                "company_id": self.agency.id,
            }
        )
        self._check_gap(
            "register_no_keeper",
            book,
            lambda: book.write({"keeper_ids": [(4, self.clerk.id)]}),
        )
        self.clerk.active = False
        listed = self._get_behind(self.admin, "register_no_keeper")
        self.assertIn(book, listed, "A clerk who left keeps no register.")

    def test_agency_without_a_first_receiver_is_listed_until_there_is_one(self):
        self.agency.vanban_first_receiver_id = False
        self._check_gap(
            "agency_no_receiver",
            self.agency,
            lambda: self.agency.write({"vanban_first_receiver_id": self.leader.id}),
        )

    def test_delegations_in_force_are_listed_and_those_that_end_soon(self):
        """HT-3.1"""

        def delegate(starts, ends):
            return self.env["vanban.delegation"].create(
                {
                    "delegator_id": self.leader.id,
                    "delegate_id": self.secretary.id,
                    "date_from": self.today + timedelta(days=starts),
                    "date_to": self.today + timedelta(days=ends),
                    "company_id": self.agency.id,
                }
            )

        soon, long, _past, _to_come = (
            delegate(-1, 7),
            delegate(-1, 8),
            delegate(-9, -1),
            delegate(1, 9),
        )
        for key, delegations in (
            ("delegation_ending", soon),
            ("delegation_in_force", soon | long),
        ):
            with self.subTest(key):
                self.assertEqual(self._get_behind(self.admin, key), delegations)

    def test_issued_password_is_watched_until_its_owner_changes_it(self):
        """HT-4.2a"""

        def is_listed():
            return self.clerk in self._get_behind(self.admin, "password_issued")

        self.clerk.with_user(self.admin).password = "Mây trắng, sông dài"
        self.assertTrue(is_listed())
        own = self.env["res.users"].with_user(self.clerk)
        own.change_password("Mây trắng, sông dài", "Sông dài, mây trắng")
        self.assertFalse(is_listed())
        self.clerk.with_user(self.admin)._change_password("Mây trắng, sông dài")
        self.assertTrue(is_listed())
        # by the link of a letter, as nobody yet
        nobody = self.env.ref("base.public_user")
        self.clerk.with_user(nobody).sudo().password = "Sông dài, mây trắng"
        self.assertFalse(is_listed())
