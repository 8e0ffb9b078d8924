from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCommon


@tagged("post_install", "-at_install")
class TestTaskRouting(TaskCommon):
    """Handing a task on inside the agency that has it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls._give()

    def _route(self, user, *lines, **more):
        self.row.with_user(user).action_route(
            [{"role": role, name: who.id, **more} for who, role, name in lines]
        )

    def test_head_passes_it_on_to_a_unit_and_a_specialist(self):
        """DT-4.3: the head passes it to a unit, the unit's head to a specialist."""
        self._route(self.exec_head, (self.exec_unit, "lead", "unit_id"))
        self.assertTrue(self.row.accepted_date)
        self._route(self.exec_unit_head, (self.exec_officer, "lead", "user_id"))
        way = self.row.with_user(self.exec_officer).get_way()
        self.assertEqual([step["state"] for step in way], ["passed", "waiting"])
        report = self._report(self.row, user=self.exec_officer)
        report.with_user(self.officer).action_approve()
        self.assertEqual(set(self.row.routing_ids.mapped("state")), {"passed", "done"})

    def test_who_has_nothing_to_do_with_it_sees_nothing(self):
        """DT-4.2a: in the agency only who has it, its heads and its clerks."""
        self.assertFalse(
            self.row.with_user(self.exec_officer2)._filtered_access("read")
        )
        with self.assertRaises(AccessError):
            self._route(self.exec_officer2, (self.exec_officer, "lead", "user_id"))

    def test_informed_person_sees_it_and_does_not_report(self):
        self._route(
            self.stranger,
            (self.exec_officer, "lead", "user_id"),
            (self.exec_officer2, "inform", "user_id"),
        )
        self.assertTrue(self.row.with_user(self.exec_officer2).content)
        with self.assertRaises(AccessError):
            self._report(self.row, user=self.exec_officer2)

    def test_others_do_not_see_the_inner_handling(self):
        """DT-14.6: the assigning and the coordinating side see the task alone."""
        self._route(self.stranger, (self.exec_officer, "lead", "user_id"))
        self.row.with_user(self.exec_officer).action_note("Đã gửi phiếu", 40)
        self.assertEqual(self.row.with_user(self.stranger).progress_ids.percent, 40)
        for other in (self.officer, self.leader):
            seen = self.row.with_user(other)
            self.assertEqual(seen.get_way(), [])
            domain = [("assignment_id", "=", self.row.id)]
            for model in ("vanban.task.routing", "vanban.task.progress"):
                self.assertFalse(seen.env[model].search(domain))
            with self.assertRaises(AccessError):
                seen.action_note("Nhìn vào", 1)
            with self.assertRaises(AccessError):
                self.row.routing_ids.with_user(other).read(["to_label"])

    def test_inner_deadline_is_within_that_of_the_task(self):
        inner = self.row.deadline.replace(day=self.row.deadline.day - 1)
        self._route(
            self.stranger, (self.exec_officer, "lead", "user_id"), deadline=inner
        )
        self.assertEqual(self.row.routing_ids.deadline, inner)
        with self.assertRaisesRegex(UserError, "not after"):
            self._route(
                self.stranger,
                (self.exec_unit, "lead", "unit_id"),
                deadline=self._get_day(30),
            )

    def test_it_is_not_handed_on_outside_the_agency(self):
        with self.assertRaisesRegex(UserError, "agency"):
            self._route(self.stranger, (self.officer, "lead", "user_id"))

    def test_part_of_a_task_is_given_inside(self):
        """DT-4.3: a part is a task of the agency itself and ends no later."""
        values = self._prepare_task(
            (self.exec_unit, "lead"),
            days=3,
            unit_id=False,
            source="direct",
            parent_id=self.row.id,
        )
        Task = self.env["vanban.task"].with_user(self.exec_head)
        part = Task.create(values)
        part.action_assign()
        self.assertEqual(self.row.with_user(self.exec_head).part_ids, part)
        self.assertFalse(part.with_user(self.officer)._filtered_access("read"))
        values["assignment_ids"] = [(0, 0, self._prepare_line(self.exec_unit, days=30))]
        with self.assertRaisesRegex(UserError, "part"):
            Task.create(values)
