from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.vanban_core.models.vanban_document_access import Found

from .common import TaskCommon


@tagged("post_install", "-at_install")
class TestTaskLists(TaskCommon):
    """A list is found and counted at once, and shows what the rules let it show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for days in (9, 5, 7, 6):
            cls._give((cls.other_agency, "lead"), days=days)
        cls._give((cls.helper_agency, "lead"))
        cls.draft = cls._create_task((cls.other_agency, "lead"))

    def _get_people(self):
        return self.office_head, self.officer, self.officer2, self.stranger

    def test_a_page_and_its_count_are_those_of_a_plain_search(self):
        """What the client asks of a list: rows in order, and how many there are."""
        for user in self._get_people():
            Assignment = self.env["vanban.task.assignment"].with_user(user)
            for domain in ([], [("state", "=", "doing")], [("state", "=", "done")]):
                for offset, limit, most in (
                    (0, 2, 1001),
                    (2, 2, 1001),
                    (0, 2, 3),
                    (2, 2, 3),
                    (4, 2, 3),
                    (9, 2, 1001),
                    (0, 80, 3),
                    (0, 80, None),
                    (0, 2, None),
                    (0, 2, 2**53),
                ):
                    case = user.login, domain, offset, limit, most
                    with self.subTest(case):
                        told = Assignment.web_search_read(
                            domain, {"state": {}}, offset, limit, count_limit=most
                        )
                        rows = Assignment.search(domain, offset, limit)
                        self.assertEqual([r["id"] for r in told["records"]], rows.ids)
                        count = Assignment.search_count(domain, limit=most)
                        shown = offset + len(rows) if rows else 0
                        self.assertEqual(
                            told["length"], max(count, shown) if rows else 0
                        )

    def test_a_row_shows_only_what_the_person_sees_of_it(self):
        """The lines of a relation are read by the rules, in a list too."""
        task = self._give((self.other_agency, "lead"), (self.helper_agency, "lead"))
        spec = {"assignment_ids": {}, "content": {}}
        for user, count in ((self.office_head, 2), (self.stranger, 1)):
            Task = self.env["vanban.task"].with_user(user)
            self.env.invalidate_all()
            [told] = Task.web_search_read(
                [("id", "=", task.task_id.id)], spec, limit=80, count_limit=1001
            )["records"]
            with self.subTest(user.login):
                self.assertEqual(len(told["assignment_ids"]), count)

    def test_a_clerk_sees_what_names_the_person_beside_all_of_the_agency(self):
        """By name, as everyone; a draft by no name."""
        given, draft = self._give()[0], self.draft._get_assignments()
        Assignment = self.env["vanban.task.assignment"].with_user(self.third_clerk)
        self.assertFalse(Assignment.search([]))
        for row in (given, draft):
            row._grant("viewer_ids", self.third_clerk)
        self.assertEqual(Assignment.search([]), given)
        self.assertTrue(given.with_user(self.third_clerk).is_visible)

    def test_what_a_list_has_found_opens_nothing_else(self):
        """What is found is of one model, and no claim of a client."""
        Assignment = self.env["vanban.task.assignment"].with_user(self.stranger)
        mine = Assignment.search([], limit=1)
        closed = Assignment.browse(self.draft._get_assignments().ids)
        task = self.draft.with_user(self.stranger)
        for proof in (
            Found.of(mine),
            Found.of(closed.with_user(self.officer)),
            ["vanban.task.assignment", self.stranger.id, closed.ids],
        ):
            claimed = closed.with_context(vanban_found=proof)
            with self.subTest(proof):
                self.assertFalse(claimed.has_access("read"))
                with self.assertRaises(AccessError):
                    claimed.read(["assignee_name"])
        same_ids = Found.of(Assignment.browse(task.ids))
        self.assertFalse(task.with_context(vanban_found=same_ids).has_access("read"))

    def test_a_page_asks_as_often_as_the_rows_have_relations(self):
        """Found and counted in one query, read in one more for each model."""
        Assignment = self.env["vanban.task.assignment"].with_user(self.officer)
        spec = {name: {} for name in ("deadline", "content", "state", "work_left")}

        def read():
            return Assignment.web_search_read([], spec, limit=2, count_limit=1001)

        read()
        self.env.flush_all()
        self.env.invalidate_all()
        # whom one stands behind, the rows, their columns and tasks
        with self.assertQueryCount(4):
            self.assertEqual(read()["length"], 6)

    def test_first_report_that_waits_tells_until_when_to_judge(self):
        """128/QĐ-UBND Điều 4.5c: feedback and results, each until it is judged."""
        row = self._give()[0]
        self.assertFalse(row.review_due)
        first = self._report(row, kind="feedback")
        with freeze_time(first.sent_date + timedelta(days=1)):
            result = self._report(row)
            self.assertEqual(row.review_due, first.review_due)
            first.with_user(self.officer).action_approve()
            self.assertEqual(row.review_due, result.review_due)
            self.assertGreater(result.review_due, first.review_due)
            result.with_user(self.officer).action_refuse("Thiếu số liệu")
        self.assertFalse(row.review_due)
