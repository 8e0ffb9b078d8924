import re
from contextlib import closing
from datetime import timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .common import TaskCommon

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
# when a result is sent and judged, against the deadline
MOMENTS = [
    ("before", "before"),
    ("before", "after"),
    ("on", "on"),
    ("on", "after"),
    ("after", "after"),
]


def state_by_law(deadline, report, now):
    """State 128/QĐ-UBND Điều 5 line by line, apart from how the model derives it.

    :param report: ``(sent, decision, decided)`` of the last result under the deadline
        in force, or None
    """
    if report is None:
        return "doing" if now <= deadline else "doing_late"
    sent, decision, decided = report
    if decision is None:
        return "waiting"
    table = {
        (True, "approved", True): "done",
        (True, "approved", False): "done",
        (True, "refused", True): "doing" if now <= deadline else "doing_late",
        (True, "refused", False): "doing_late",
        (False, "approved", False): "done_late",
        (False, "refused", False): "doing_late",
    }
    return table[sent <= deadline, decision, decided <= deadline]


class StateCommon(TaskCommon):
    """Acts of a history, each at its moment."""

    def setUp(self):
        super().setUp()
        self.row = self._give(days=3)

    def _at(self, moment):
        """Return the clock at a moment; what is cached by the clock is forgotten."""
        self.env.invalidate_all()
        return freeze_time(moment)

    def _send_at(self, moment):
        with self._at(moment):
            return self._report(self.row)

    def _judge_at(self, moment, report, decision):
        with self._at(moment):
            judged = report.with_user(self.officer)
            if decision == "approved":
                judged.action_approve()
            else:
                judged.action_refuse("Chưa đủ số liệu")

    def _extend_at(self, moment):
        """Ask for and grant ten days more than the later of now and the deadline."""
        with self._at(moment):
            later = max(moment, self.row.deadline) + 10 * DAY
            day = fields.Date.to_date(later)
            extension = self._ask_extension(self.row, deadline_day=day)
            extension.with_user(self.officer).action_accept(
                self._prepare_extension(deadline_day=day)
            )

    def _check_at(self, moment, expected, told):
        with self._at(moment):
            self.assertEqual(self.row.state, expected, told)
            domain = [("id", "=", self.row.id)]
            found = self.row.search([*domain, ("state", "=", expected)])
            self.assertEqual(found, self.row, told)
            groups = self.row._read_group(domain, ["state"], ["__count"])
            self.assertEqual(groups, [(expected, 1)], told)
            self.assertEqual(self.row.is_overdue, expected == "doing_late", told)


@tagged("post_install", "-at_install")
class TestStates(StateCommon):
    """DT-5.2a, DT-5.2b1, DT-5.2b2, DT-5.2b3, DT-5.2c1, DT-5.2c2: the whole table."""

    def test_every_history_of_three_rounds(self):
        """DT-5.1a: report before, on, after × approved, refused before, after ×
        extended or not, up to three rounds."""
        self.seen = 0
        self._walk([], self.row.assigned_date, None, 3)
        # 9 ends for the first round; the later ones start from 10 refusals each
        self.assertGreater(self.seen, 500)

    def _walk(self, told, clock, report, rounds):
        """Check the state here, then after each way on; leave no trace."""
        deadline = self.row.deadline
        for now in {max(clock, deadline), max(clock, deadline) + SECOND, clock}:
            self._check_at(now, state_by_law(deadline, report, now), told)
        self.seen += 1
        if not rounds:
            return
        for sent_word, decided_word in MOMENTS:
            for decision in ("approved", "refused"):
                if clock > deadline and sent_word != "after":
                    continue
                with closing(self.env.cr.savepoint()):
                    step = [*told, (sent_word, decision, decided_word)]
                    self._walk_round(step, clock, rounds)
                self.env.invalidate_all()

    def _walk_round(self, told, clock, rounds):
        sent_word, decision, decided_word = told[-1]
        deadline = self.row.deadline
        early = clock + (deadline - clock) / 3
        moments = {"before": early, "on": deadline, "after": max(clock, deadline) + DAY}
        sent = moments[sent_word].replace(microsecond=0)
        report = self._send_at(sent)
        if decision == "approved" and decided_word != "after":
            self._check_at(sent + DAY * 9, "waiting", told)
        decided = max(sent, moments[decided_word].replace(microsecond=0))
        self._judge_at(decided, report, decision)
        facts = (sent, decision, decided)
        if decision == "approved":
            self._walk(told, decided, facts, 0)
            return
        self._walk(told, decided, facts, rounds - 1)
        with closing(self.env.cr.savepoint()):
            self._extend_at(decided + SECOND)
            self._walk([*told, "extended"], decided + SECOND, None, rounds - 1)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestStateHistories(StateCommon):
    STEPS = st.lists(
        st.tuples(
            st.sampled_from(["send", "approve", "refuse", "extend", "wait"]),
            st.integers(min_value=1, max_value=5 * 24 * 3600),
        ),
        min_size=1,
        max_size=8,
    )

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps=STEPS)
    def test_any_history_has_the_state_of_the_law(self, steps):
        """DT-5.2a: whatever happens in whatever order, at any second."""
        with closing(self.env.cr.savepoint()):
            self._live(steps)
        self.env.invalidate_all()

    def _live(self, steps):
        clock, facts, report = self.row.assigned_date, None, None
        for act, seconds in steps:
            clock += timedelta(seconds=seconds)
            phase = self.row.phase
            if act == "send" and phase == "open":
                report = self._send_at(clock)
                facts = (clock, None, None)
            elif act in ("approve", "refuse") and phase == "waiting":
                decision = "approved" if act == "approve" else "refused"
                self._judge_at(clock, report, decision)
                facts = (facts[0], decision, clock)
            elif act == "extend" and phase == "open":
                self._extend_at(clock)
                facts = None
            self._check_at(clock, state_by_law(self.row.deadline, facts, clock), steps)


@tagged("post_install", "-at_install")
class TestStatePairs(TaskCommon):
    def test_filter_on_a_state_reads_a_range_of_an_index(self):
        """DT-5.2a: no job keeps the state, and no list reads all tasks for it."""
        self._give()
        Row = self.env["vanban.task.assignment"]
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        # of a few rows any index is as good: benchmarks tell which one many rows take
        self._drop_indexes_but("vanban_task_assignment_given_idx")
        for state in ("waiting", "doing", "doing_late", "done", "done_late"):
            with self.subTest(state=state):
                query = Row._search(
                    [("company_id", "=", self.agency.id), ("state", "=", state)]
                )
                plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
                text = "\n".join(line for (line,) in plan)
                [condition] = re.findall(r"Index Cond: (.*)", text)
                self.assertIn("phase", condition)
                self.assertEqual("deadline" in condition, state.startswith("doing"))

    def _drop_indexes_but(self, kept):
        """Leave one index on the assignments, until the test is rolled back."""
        rows = self.env.execute_query(
            SQL(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisprimary"
                " AND indrelid = 'vanban_task_assignment'::regclass"
            )
        )
        names = [name for (name,) in rows]
        self.assertIn(kept, names)
        for name in names:
            if name != kept:
                self.env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))

    def test_only_the_waiting_result_can_be_judged(self):
        """DT-5.1b: each side's act is kept with who did it and when."""
        row = self._give()
        for decision in ("refused", "refused", "approved"):
            report = self._report(row)
            judged = report.with_user(self.officer)
            if decision == "approved":
                judged.action_approve()
            else:
                judged.action_refuse("Chưa đủ")
        self.assertEqual(row.refusal_count, 2)
        self.assertEqual(row.report_ids.sent_by_id, self.stranger)
        self.assertEqual(row.report_ids.decision_by_id, self.officer)
        self.assertTrue(all(row.report_ids.mapped("decision_date")))
