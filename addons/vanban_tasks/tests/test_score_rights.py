import io

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_score import JULY, THURSDAY_18, ScoreCommon


@tagged("post_install", "-at_install")
class TestScoreRights(ScoreCommon):
    """Who sees, objects, decides and closes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls._give((cls.other_agency, "lead"), (cls.third_agency, "lead"))[0]
        cls._report_late(cls.row)

    def setUp(self):
        super().setUp()
        self.line = self._count().filtered(lambda line: line.kind == "done_late")

    def _see(self, user, model="vanban.task.score.line"):
        domain = [("period_id", "=", self.period.id)]
        return self.env[model].with_user(user).search(domain)

    def test_who_sees_deductions(self):
        """The assigning side all of its tasks, an agency its own, others none."""
        for user in (
            self.clerk, self.office_head, self.leader, self.officer, self.unit_head
        ):  # fmt: skip
            self.assertEqual(len(self._see(user)), 2, user.name)
        for user in self.stranger, self.exec_head:
            self.assertEqual(self._see(user), self.line, user.name)
        self.assertEqual(len(self._see(self.third_clerk)), 1)
        for user in self.officer2, self.exec_officer, self.helper_clerk:
            self.assertFalse(self._see(user), user.name)
            with self.assertRaises(AccessError):
                self.line.with_user(user).read(["points"])
        with self.assertRaises(AccessError):
            self._see(self.admin)

    def test_ranking_is_told_after_the_closing(self):
        """Before it the assigning side alone sees it; strangers never do."""
        score = "vanban.task.score"
        self.assertEqual(len(self._see(self.officer2, score)), 2)
        self.assertFalse(self._see(self.stranger, score))
        with self.assertRaises(AccessError):
            self.period.with_user(self.stranger).action_export()
        self._close()
        self.assertEqual(len(self._see(self.stranger, score)), 2)
        self.assertEqual(len(self._see(self.exec_officer, score)), 2)
        self.assertFalse(self._see(self.helper_clerk, score))
        self.period.with_user(self.stranger).action_export()
        with self.assertRaises(AccessError):
            self.period.with_user(self.helper_clerk).action_export()

    def test_agency_objects_once(self):
        """Its clerk or leader objects; the assigning side and others don't."""
        for user in self.office_head, self.exec_officer, self.third_clerk:
            with self.assertRaises(AccessError):
                self.line.with_user(user).action_object("Không đồng ý")
        line = self.line.with_user(self.stranger)
        with self.assertRaises(UserError):
            line.action_object(" ")
        line.action_object("Đã xin gia hạn trước hạn")
        self.assertEqual((line.state, line.deducted), ("objected", 0))
        self.assertIn("Stranger", line.objection_label)
        with self.assertRaises(AccessError):
            line.action_object("Lần nữa")

    def test_heads_of_the_assigning_side_decide(self):
        """Office head and leader do, with a reason; clerks and the charged don't."""
        for user in self.clerk, self.officer, self.stranger, self.exec_head:
            with self.assertRaises(AccessError):
                self.line.with_user(user).action_waive("Có lý do")
        self.line.with_user(self.stranger).action_object("Chờ số liệu của xã")
        line = self.line.with_user(self.office_head)
        with self.assertRaises(UserError):
            line.action_keep()
        line.action_waive("Lý do chính đáng")
        self.assertEqual((line.state, line.deducted), ("waived", 0))
        line.with_user(self.leader).action_keep("Không có văn bản xin gia hạn")
        self.assertEqual((line.state, line.deducted), ("kept", 1))
        said = line.history.splitlines()
        self.assertEqual(len(said), 3)
        self.assertIn("Lý do chính đáng", said[1])
        self.assertEqual(self._get_score(self.other_agency).total, 99)

    def test_counting_again_keeps_what_was_said(self):
        """Counting twice changes nothing, and forgets no objection and no decision."""
        before = self._see(self.leader).ids
        other = self._see(self.third_clerk)
        self.line.with_user(self.stranger).action_object("Không đồng ý")
        other.with_user(self.leader).action_waive("Bất khả kháng")
        self._count()
        self.assertEqual(self._see(self.leader).ids, before)
        self.assertEqual(self.line.state, "objected")
        self.assertEqual(other.state, "waived")

    def test_a_fact_that_vanished(self):
        """Unspoken it goes; with an objection it stays and costs nothing."""
        self.line.with_user(self.stranger).action_object("Không đồng ý")
        self._set_rule("done_late", active=False)
        self._set_rule("open_late", active=False)
        self.assertEqual(self._count(), self.line)
        self.assertEqual((self.line.state, self.line.deducted), ("gone", 0))
        self._set_rule("done_late", active=True)
        self._count()
        self.assertEqual(self.line.state, "objected")

    def test_who_counts_and_closes(self):
        """Office head and leader of the assigning agency, nobody else."""
        self.period.with_user(self.leader).action_compute()
        for user in self.clerk, self.officer, self.exec_head, self.helper_clerk:
            for action in "action_compute", "action_close":
                with self.assertRaises(AccessError):
                    getattr(self.period.with_user(user), action)()
        with self.assertRaises(UserError):
            self.period.action_close()  # June has not ended
        with self.assertRaises(AccessError):
            self.period.write({"state": "closed"})
        with self.assertRaises(AccessError):
            self.line.with_user(self.leader).write({"points": 0})

    def test_nothing_is_closed_while_it_waits(self):
        """An objection and a late result not judged yet are settled first."""
        self.line.with_user(self.stranger).action_object("Không đồng ý")
        row = self._give()
        with freeze_time(THURSDAY_18):
            report = self._report(row)
        with self.assertRaises(UserError) as caught:
            self._close()
        self.assertEqual(len(str(caught.exception).splitlines()), 2)
        self.line.with_user(self.leader).action_keep("Không có căn cứ")
        with freeze_time(JULY):
            report.with_user(self.officer).action_approve()
        self._close()
        self.assertEqual(self._get_score(self.other_agency).total, 98)

    def test_nothing_changes_after_the_closing(self):
        """DT-15.2: what was told of a year stays as it was told."""
        self._close()
        line, score = self.line.read()[0], self._get_score(self.other_agency).read()[0]
        for act in (
            self.period.action_compute,
            self.period.action_close,
            self.period.unlink,
            lambda: self.period.write({"base": 50}),
            lambda: self.line.with_user(self.stranger).action_object("Muộn"),
            lambda: self.line.with_user(self.leader).action_waive("Muộn"),
        ):
            with self.assertRaises(UserError):
                act()
        self._set_rule("done_late", points=5)
        self.assertEqual(self.line.read()[0], line)
        self.assertEqual(self._get_score(self.other_agency).read()[0], score)

    def test_periods_share_no_day(self):
        """One agency's periods do not overlap; of agencies that give no task none."""
        values = {"date_from": "2026-06-30", "date_to": "2026-07-31"}
        with (
            self.assertRaises(ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.period.copy(values)
        with self.assertRaises(ValidationError):
            self.period.with_user(self.exec_head).create(values)
        self.period.copy({**values, "date_from": "2026-07-01"})

    def test_hostile_arguments_are_one_sentence(self):
        """What a program sends instead of a reason is refused."""
        line = self.line.with_user(self.leader)
        for value in {}, [1], 7, True:
            with self.assertRaises(UserError):
                line.action_waive(value)
        self.assertEqual(line.state, "kept")
        with self.assertRaises(UserError):
            line.browse("x").action_keep()
        with self.assertRaises(UserError):
            self.period.browse(2**31 - 1).action_compute()

    def test_rules_are_of_the_agency(self):
        """Office heads and administrators edit the own rules, with sane numbers."""
        rule = self.rules[0]
        rule.with_user(self.admin).with_company(self.agency).points = 3
        for user in self.exec_head, self.clerk:
            with self.assertRaises(AccessError):
                rule.with_user(user).write({"points": 0})
        with self.assertRaises(AccessError):
            rule.with_user(self.office_head).write({"kind": "extension"})
        self.assertEqual(len(self.rules), 5)
        self.third_agency.vanban_gives_tasks = True
        self.third_agency.vanban_gives_tasks = True
        mine = self.rules.search([("company_id", "=", self.third_agency.id)])
        self.assertEqual(len(mine), 5)


@tagged("post_install", "-at_install")
class TestScoreExport(HttpCase, ScoreCommon):
    """DT-15.2: the ranking for the yearly evaluation."""

    def _fetch(self, user):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/vanban_tasks/score/{self.period.id}")

    def test_workbook_says_what_the_ranking_says(self):
        """Twice late and once in time: 98 points and the second place."""
        for _number in range(2):
            self._report_late(self._give())
        row = self._give((self.third_agency, "lead"), content="=1+1")
        report = self._report(row, user=self.third_clerk)
        report.with_user(self.officer).action_approve()
        self._count()
        self._close()
        answer = self._fetch(self.office_head)
        self.assertEqual(answer.status_code, 200)
        book = load_workbook(io.BytesIO(answer.content))
        rows = [[cell.value for cell in line] for line in book["Xếp hạng"].iter_rows(6)]
        head, first, second = rows[:3]
        self.assertEqual(first[1:4], ["Sở Ngoài Mẫu", 1, 1])
        self.assertEqual(first[-3:], [0, 100, 1])
        self.assertEqual(second[1:6], ["Sở Mẫu", 2, 0, 2, 2])
        self.assertEqual(second[-3:], [2, 98, 2])
        self.assertEqual(len(head), 17)
        details = list(book["Chi tiết"].iter_rows(7, values_only=True))
        self.assertEqual([row[9] for row in details], [1, 1])
        # told to the agencies, to nobody else
        self.assertEqual(self._fetch(self.third_clerk).status_code, 200)
        self.assertEqual(self._fetch(self.helper_clerk).status_code, 403)

    def test_open_period_is_not_given_to_the_agencies(self):
        """Before the closing the assigning side alone has the workbook."""
        self._report_late(self._give())
        self._count()
        self.assertEqual(self._fetch(self.officer2).status_code, 200)
        self.assertEqual(self._fetch(self.stranger).status_code, 403)

    def test_counting_needs_as_many_queries_for_many_tasks(self):
        """One statement for all tasks, whatever their number."""

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.period.action_compute()
            return self.env.cr.sql_log_count - before

        self._report_late(self._give())
        with freeze_time(JULY):
            count()
            few = count()
        for _number in range(10):
            self._report_late(
                self._give((self.other_agency, "lead"), (self.third_agency, "lead"))[0]
            )
        with freeze_time(JULY):
            self.assertEqual(count(), few)
