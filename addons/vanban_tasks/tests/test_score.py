from freezegun import freeze_time

from odoo.tests import tagged

from .common import TaskCommon

# 10:00 at the agency. June 2026 begins on a Monday; a task given on the 10th for five
# working days is due on the 17th.
THURSDAY_18 = "2026-06-18 03:00:00"
FRIDAY_19 = "2026-06-19 03:00:00"
MONDAY_22 = "2026-06-22 03:00:00"
JULY = "2026-07-02 03:00:00"


class ScoreCommon(TaskCommon):
    """June 2026, scored by the agency; every rule costs points without a decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["vanban.task.score.rule"].search(
            [("company_id", "=", cls.agency.id)]
        )
        cls.rules.write({"points": 1, "is_considered": False})
        cls.period = (
            cls.env["vanban.task.score.period"]
            .with_user(cls.office_head)
            .create(
                {
                    "name": "Tháng 6 năm 2026",
                    "date_from": "2026-06-01",
                    "date_to": "2026-06-30",
                }
            )
        )

    @classmethod
    def _set_rule(cls, kind, **values):
        rule = cls.rules.filtered(lambda one: one.kind == kind)
        rule.with_user(cls.office_head).write(values)

    @classmethod
    def _report_late(cls, row, moment=FRIDAY_19, user=None):
        """Return the late result of a row, confirmed."""
        with freeze_time(moment):
            report = cls._report(row, user=user)
            report.with_user(cls.officer).action_approve()
        return report

    def _count(self, moment=JULY):
        """Return the deductions found when counting at a moment, as superuser."""
        with freeze_time(moment):
            self.period.action_compute()
        return self.env["vanban.task.score.line"].search(
            [("period_id", "=", self.period.id)], order="kind, id"
        )

    def _get_score(self, agency):
        return self.env["vanban.task.score"].search(
            [("period_id", "=", self.period.id), ("agency_id", "=", agency.id)]
        )

    def _close(self):
        with freeze_time(JULY):
            self.period.action_close()


@tagged("post_install", "-at_install")
class TestScoreFacts(ScoreCommon):
    """What costs points, and how many."""

    def test_done_late(self):
        """DT-5.2c1: a late result that was confirmed; the 18th and 19th were late."""
        report = self._report_late(self._give())
        line = self._count()
        self.assertRecordValues(
            line,
            [
                {
                    "kind": "done_late",
                    "agency_id": self.other_agency.id,
                    "agency_name": "Sở Mẫu",
                    "report_id": report.id,
                    "late_days": 2,
                    "points": 1,
                    "deducted": 1,
                    "state": "kept",
                    "delayed_by": False,
                }
            ],
        )
        self.assertEqual(str(line.day), "2026-06-19")

    def test_in_time_costs_nothing(self):
        """DT-5.2b1: sent on the deadline and confirmed afterwards."""
        row = self._give()
        with freeze_time(row.deadline):
            report = self._report(row)
        with freeze_time(FRIDAY_19):
            report.with_user(self.officer).action_approve()
        self.assertFalse(self._count())
        self.assertEqual(self._get_score(self.other_agency).total, 100)
        self.assertEqual(self._get_score(self.other_agency).done_count, 1)

    def test_points_for_each_day_up_to_a_limit(self):
        """A rule costs points once, or for each working day late up to a limit."""
        self._report_late(self._give(), MONDAY_22)
        # the 18th, the 19th and, after the weekend, the 22nd
        self._set_rule("done_late", points=0.5, per_day=True)
        self.assertEqual(self._count().points, 1.5)
        self._set_rule("done_late", max_points=1.25)
        self.assertEqual(self._count().points, 1.25)
        self._set_rule("done_late", active=False)
        self.assertFalse(self._count())

    def test_late_on_a_day_off_counts_one_day(self):
        """Late on Saturday after Friday's deadline is late, for one day."""
        self._set_rule("done_late", per_day=True)
        row = self._give(days=2)  # Friday the 12th
        self._report_late(row, "2026-06-13 03:00:00")
        line = self._count()
        self.assertEqual((line.late_days, line.points), (0, 1))

    def test_open_late_until_now_or_the_end_of_the_period(self):
        """Late and not done: the days until now, and in July those of June."""
        self._set_rule("open_late", per_day=True)
        self._give()
        self.assertFalse(self._count("2026-06-17 03:00:00"))
        line = self._count("2026-06-24 03:00:00")
        self.assertEqual((line.kind, line.late_days), ("open_late", 5))
        self.assertEqual(self._count().late_days, 9)
        self.assertEqual(str(self._count().day), "2026-06-30")

    def test_each_period_counts_its_own_days(self):
        """Late in June and done in July: each month costs its own part."""
        rules = self.rules.filtered(lambda r: r.kind in ("open_late", "done_late"))
        rules.per_day = True
        self._report_late(self._give(), JULY)
        self.assertRecordValues(
            self._count("2026-07-10 03:00:00"), [{"kind": "open_late", "late_days": 9}]
        )
        july = self.period.copy(
            {"name": "Tháng 7", "date_from": "2026-07-01", "date_to": "2026-07-31"}
        )
        with freeze_time("2026-07-10 03:00:00"):
            july.action_compute()
        self.assertRecordValues(
            july.line_ids, [{"kind": "done_late", "late_days": 2, "points": 2}]
        )

    def test_a_result_that_waits_is_not_overdue(self):
        """DT-5.2a: sent and not judged, neither done nor overdue."""
        row = self._give()
        self._report(row)
        self.assertFalse(self._count())
        # judged in July: what June knew stays so
        with freeze_time(JULY):
            row.last_report_id.with_user(self.officer).action_refuse("Thiếu số liệu")
        self.assertFalse(self._count("2026-07-03 03:00:00"))

    def test_refused_after_the_deadline(self):
        """DT-5.2b3: sent in time, refused after the deadline; before it, nothing."""
        early, late = self._give(), self._give()
        for row in early, late:
            self._report(row)
        early.last_report_id.with_user(self.officer).action_refuse("Thiếu số liệu")
        self._report(early).with_user(self.officer).action_approve()
        with freeze_time(THURSDAY_18):
            late.last_report_id.with_user(self.officer).action_refuse("Thiếu số liệu")
            self._report(late).with_user(self.officer).action_approve()
        line = self._count().filtered(lambda one: one.kind == "refused_late")
        self.assertEqual(line.assignment_id, late)
        self.assertEqual(str(line.day), "2026-06-18")
        self.assertEqual(line.report_reason, "Thiếu số liệu")

    def test_late_and_refused(self):
        """DT-5.2c2: sent after the deadline and refused; each refusal is one."""
        row = self._give()
        for moment in THURSDAY_18, FRIDAY_19:
            with freeze_time(moment):
                report = self._report(row)
                report.with_user(self.officer).action_refuse("Chưa đạt")
        self.assertEqual(
            self._count().mapped("kind"), ["open_late", "refused_late", "refused_late"]
        )
        self.assertEqual(self._get_score(self.other_agency).total, 97)

    def test_extensions_from_the_second_on(self):
        """DT-5.2d2: the first extension costs nothing, one refused never does."""
        row = self._give()
        extension = self._ask_extension(row, days=6)
        extension.with_user(self.officer).action_refuse("Chưa cần")
        self.env.flush_all()  # as between two calls of a client
        for days in 7, 9:
            extension = self._ask_extension(row, days=days)
            extension.with_user(self.officer).action_accept(
                {"symbol": "9/UBND-TH", "date": "2026-06-10", "files": self._files()}
            )
            self.env.flush_all()
        line = self._count("2026-06-11 03:00:00")
        self.assertEqual((line.kind, line.extension_id), ("extension", extension))

    def _files(self):
        return self._prepare_extension()["files"]

    def test_withdrawn_and_inner_tasks_cost_nothing(self):
        """What was taken back, and what the agency's own units have, is not scored."""
        self._give().with_user(self.officer).action_withdraw("Giao nhầm")
        self._give((self.unit2, "lead"))
        self.assertFalse(self._count())
        self.assertFalse(self.period.sudo().score_ids)

    def test_points_to_consider_are_only_proposed(self):
        """DT-5.2c1: to be considered: nothing is deducted before a decision."""
        self._set_rule("done_late", is_considered=True)
        self._report_late(self._give())
        line = self._count()
        self.assertEqual((line.state, line.deducted), ("proposed", 0))
        self.assertEqual(self._get_score(self.other_agency).total, 100)
        line.with_user(self.leader).action_keep()
        self.assertEqual((line.state, line.deducted), ("kept", 1))
        self.assertEqual(self._get_score(self.other_agency).total, 99)


@tagged("post_install", "-at_install")
class TestScoreCoordination(ScoreCommon):
    """DT-14.6: whose delay it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = cls._give((cls.other_agency, "lead"), (cls.helper_agency, "coordinate"))
        cls.lead = rows.filtered(lambda row: row.role == "lead")
        cls.helper = rows - cls.lead

    def _ask(self, day):
        self.lead.with_user(self.stranger).action_request_answer(
            self.helper.ids, "Cho số liệu", day
        )

    def _answer(self, moment):
        with freeze_time(moment):
            report_id = self.helper.with_user(self.helper_clerk).action_report(
                {"content": "Số liệu kèm theo"}
            )
            report = self.env["vanban.task.report"].browse(report_id)
            report.with_user(self.exec_head).action_approve()

    def test_slow_answer_costs_the_coordinating_agency(self):
        """Asked for the 12th, answered on the 16th: two days, not the lead's."""
        self._ask("2026-06-12")
        self._answer("2026-06-16 03:00:00")
        self._report(self.lead).with_user(self.officer).action_approve()
        line = self._count()
        self.assertRecordValues(
            line,
            [
                {
                    "kind": "slow_coordination",
                    "agency_id": self.helper_agency.id,
                    "late_days": 2,
                    "request_text": "Cho số liệu",
                }
            ],
        )
        self.assertEqual(self._get_score(self.helper_agency).rank, 2)
        self.assertEqual(self._get_score(self.other_agency).rank, 1)

    def test_answer_in_time_costs_nothing(self):
        """The other side of the same."""
        self._ask("2026-06-12")
        self._answer("2026-06-12 03:00:00")
        self._report(self.lead).with_user(self.officer).action_approve()
        self.assertFalse(self._count())

    def test_without_a_request_its_own_deadline_counts(self):
        """Nobody asked: it had until its deadline to answer."""
        with freeze_time(FRIDAY_19):
            lines = self._count(FRIDAY_19)
        self.assertEqual(lines.mapped("kind"), ["open_late", "slow_coordination"])
        self.assertEqual(lines[1].agency_id, self.helper_agency)
        self.assertFalse(lines[1].request_id)

    def test_lead_late_meanwhile_is_only_proposed(self):
        """The lead was late while it waited: its points name who was slow."""
        self._ask("2026-06-17")
        self._answer(FRIDAY_19)
        self._report_late(self.lead, MONDAY_22)
        lead, helper = self._count().sorted("kind")
        self.assertRecordValues(
            lead + helper,
            [
                {"kind": "done_late", "state": "proposed", "deducted": 0},
                {"kind": "slow_coordination", "state": "kept", "deducted": 1},
            ],
        )
        self.assertEqual(lead.delayed_by, "Sở Phối hợp Mẫu")

    def test_a_delay_before_the_deadline_excuses_nothing(self):
        """Slow, but answered before the lead's deadline."""
        self._ask("2026-06-12")
        self._answer("2026-06-16 03:00:00")
        self._report_late(self.lead)
        lead = self._count().sorted("kind")[0]
        self.assertEqual((lead.state, lead.delayed_by), ("kept", False))
