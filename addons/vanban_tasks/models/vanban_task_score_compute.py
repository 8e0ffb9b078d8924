from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .vanban_task_score_rule import SCORE_KINDS

# All that costs points, in one statement whatever the number of tasks. A moment is
# ``stop``: the end of the period, or now. Lateness is that within the period: what was
# late before was scored before. In the lead a fact counts once it is judged;
# withdrawn assignments and those of own units count for nothing.
_FACTS = """
given AS (
    SELECT id, task_id, role, lead_id, phase, deadline, report_date, last_report_id,
           agency_id, assignee_name
      FROM vanban_task_assignment
     WHERE company_id = %(company)s AND partner_id IS NOT NULL
       AND phase NOT IN ('draft', 'withdrawn') AND assigned_date <= %(stop)s
), asked AS (
    SELECT had.id, had.lead_id, had.assignee_name, request.id AS request_id,
           request.due, COALESCE(request.answered_on, 'infinity') AS answered
      FROM given had JOIN vanban_task_request request ON request.assignment_id = had.id
     WHERE had.role = 'coordinate'
     UNION ALL  -- not asked again: its own deadline counts
    SELECT had.id, had.lead_id, had.assignee_name, NULL, had.deadline,
           CASE WHEN had.phase = 'open' THEN 'infinity' ELSE had.report_date END
      FROM given had
     WHERE had.role = 'coordinate' AND NOT EXISTS (
           SELECT FROM vanban_task_request WHERE assignment_id = had.id)
), slow AS (
    SELECT *, LEAST(answered, %(stop)s) AS ended
      FROM asked
     WHERE due < LEAST(answered, %(stop)s) AND answered >= %(start)s
), fact AS MATERIALIZED (
    SELECT 'done_late' AS kind, id, last_report_id AS report_id,
           NULL::int AS extension_id, NULL::int AS request_id, 1 AS number,
           report_date AS moment, deadline AS late_from, report_date AS late_to
      FROM given
     WHERE role = 'lead' AND phase = 'done_late'
       AND report_date BETWEEN %(start)s AND %(stop)s
     UNION ALL
    SELECT 'open_late', id, NULL, NULL, NULL, 1, %(stop)s, deadline, %(stop)s
      FROM given
     WHERE role = 'lead' AND deadline < %(stop)s AND NOT EXISTS (
           SELECT FROM vanban_task_report
            WHERE assignment_id = given.id AND kind = 'result'
              AND sent_date <= %(stop)s  -- done or waiting at that moment
              AND (decision IS DISTINCT FROM 'refused' OR decision_date > %(stop)s))
     UNION ALL
    SELECT 'refused_late', given.id, report.id, NULL, NULL, 1, report.decision_date,
           report.deadline, report.sent_date
      FROM given JOIN vanban_task_report report ON report.assignment_id = given.id
     WHERE given.role = 'lead' AND report.kind = 'result'
       AND report.decision = 'refused' AND report.decision_date > report.deadline
       AND report.decision_date BETWEEN %(start)s AND %(stop)s
     UNION ALL
    SELECT 'extension', given.id, NULL, extension.id, NULL, (
           SELECT count(*) FROM vanban_task_extension
            WHERE assignment_id = given.id AND state = 'accepted'
              AND id <= extension.id),
           extension.decided_on, extension.decided_on, extension.decided_on
      FROM given
      JOIN vanban_task_extension extension ON extension.assignment_id = given.id
     WHERE given.role = 'lead' AND extension.state = 'accepted'
       AND extension.decided_on BETWEEN %(start)s AND %(stop)s
     UNION ALL
    SELECT 'slow_coordination', id, NULL, NULL, request_id, 1, ended, due, ended
      FROM slow
), dated AS (
    SELECT *,
           (moment AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date AS day,
           GREATEST((late_from AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date,
                    %(before)s) AS late_after,
           GREATEST((late_to AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date,
                    %(before)s) AS late_until
      FROM fact
), late AS (  -- worked: so many days from before the period on
    SELECT dated.*, GREATEST(0, COALESCE(
               (%(worked)s::int[])[late_until - %(before)s + 1]
             - (%(worked)s::int[])[late_after - %(before)s + 1], 0)) AS late_days, (
           SELECT string_agg(DISTINCT slow.assignee_name, ', ') FROM slow
            WHERE slow.lead_id = dated.id AND slow.due < dated.late_to
              AND slow.ended > dated.late_from
              AND dated.kind IN ('done_late', 'open_late')) AS delayed_by
      FROM dated
), charge AS (
    SELECT late.*, given.agency_id, agency.partner_id, partner.name AS agency_name,
           rule.is_considered OR late.delayed_by IS NOT NULL AS is_considered,
           LEAST(rule.points * CASE WHEN rule.per_day
                               THEN GREATEST(late.late_days, 1) ELSE 1 END,
                 NULLIF(rule.max_points, 0)) AS points
      FROM late
      JOIN vanban_task_score_rule rule
        ON rule.company_id = %(company)s AND rule.active AND rule.kind = late.kind
       AND rule.from_number <= late.number
      JOIN given ON given.id = late.id
      JOIN res_company agency ON agency.id = given.agency_id
      JOIN res_partner partner ON partner.id = agency.partner_id
)
"""
_SAME = """
    line.kind = charge.kind AND line.assignment_id = charge.id
    AND COALESCE(line.report_id, line.extension_id, line.request_id, 0)
      = COALESCE(charge.report_id, charge.extension_id, charge.request_id, 0)
"""
# also of a fact that was gone and is back
_OBJECTED = """
    line.state = 'objected' OR (line.state = 'gone'
    AND line.objection_date > COALESCE(line.decision_date, '-infinity'))
"""
# A line that nobody spoke of goes with its fact; else it stays and costs nothing.
_KEEP_LINES = f"""
WITH {_FACTS}, gone AS (
    DELETE FROM vanban_task_score_line line
     WHERE period_id = %(period)s AND objection_date IS NULL AND decision IS NULL
       AND NOT EXISTS (SELECT FROM charge WHERE {_SAME})
), void AS (
    UPDATE vanban_task_score_line line
       SET state = 'gone', deducted = 0
     WHERE period_id = %(period)s AND num_nonnulls(objection_date, decision) > 0
       AND NOT EXISTS (SELECT FROM charge WHERE {_SAME})
)
INSERT INTO vanban_task_score_line AS line (
    period_id, company_id, kind, assignment_id, report_id, extension_id, request_id,
    agency_id, partner_id, agency_name, day, late_days, delayed_by, points,
    state, deducted, create_uid, create_date, write_uid, write_date)
SELECT %(period)s, %(company)s, kind, id, report_id, extension_id, request_id,
       agency_id, partner_id, agency_name, day, late_days, delayed_by, points,
       CASE WHEN is_considered THEN 'proposed' ELSE 'kept' END,
       CASE WHEN is_considered THEN 0 ELSE points END,
       %(uid)s, %(now)s, %(uid)s, %(now)s
  FROM charge
ON CONFLICT (period_id, kind, assignment_id,
             COALESCE(report_id, extension_id, request_id, 0))
DO UPDATE SET
    agency_name = EXCLUDED.agency_name, day = EXCLUDED.day,
    late_days = EXCLUDED.late_days, delayed_by = EXCLUDED.delayed_by,
    points = EXCLUDED.points,
    state = CASE WHEN {_OBJECTED} THEN 'objected'
                 ELSE COALESCE(line.decision, EXCLUDED.state) END,
    deducted = CASE WHEN {_OBJECTED} THEN 0
                    WHEN COALESCE(line.decision, EXCLUDED.state) = 'kept'
                    THEN EXCLUDED.points ELSE 0 END,
    write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
"""
# Who had a task in the period is ranked, also without any deduction.
_KEEP_SCORES = """
WITH had AS (
    SELECT row.agency_id, agency.partner_id, partner.name, count(*) AS tasks,
           count(*) FILTER (
               WHERE phase = 'done' AND report_date <= %(stop)s) AS done
      FROM vanban_task_assignment row
      JOIN res_company agency ON agency.id = row.agency_id
      JOIN res_partner partner ON partner.id = agency.partner_id
     WHERE row.company_id = %(company)s AND row.partner_id IS NOT NULL
       AND phase NOT IN ('draft', 'withdrawn') AND row.assigned_date <= %(stop)s
       AND (phase IN ('open', 'waiting') OR report_date >= %(start)s)
     GROUP BY row.agency_id, agency.partner_id, partner.name
), gone AS (
    DELETE FROM vanban_task_score score
     WHERE period_id = %(period)s AND agency_id NOT IN (SELECT agency_id FROM had)
)
INSERT INTO vanban_task_score AS score (
    period_id, company_id, agency_id, partner_id, agency_name, task_count, done_count,
    create_uid, create_date, write_uid, write_date)
SELECT %(period)s, %(company)s, agency_id, partner_id, name, tasks, done,
       %(uid)s, %(now)s, %(uid)s, %(now)s
  FROM had
ON CONFLICT (period_id, agency_id) DO UPDATE SET
    agency_name = EXCLUDED.agency_name, task_count = EXCLUDED.task_count,
    done_count = EXCLUDED.done_count,
    write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
"""
_KINDS = [kind for kind, _label in SCORE_KINDS]
_SET_COUNTS = ", ".join(f"{kind}_count = counted.{kind}" for kind in _KINDS)
_COUNTS = ", ".join(
    f"count(*) FILTER (WHERE line.kind = '{kind}' AND line.state = 'kept') AS {kind}"
    for kind in _KINDS
)
_RANK = f"""
UPDATE vanban_task_score score
   SET deducted = counted.deducted, total = counted.base - counted.deducted,
       rank = counted.rank, waiting_count = counted.waiting, {_SET_COUNTS}
  FROM (
    SELECT score.id, period.base, COALESCE(sum(line.deducted), 0) AS deducted,
           count(*) FILTER (WHERE line.state IN ('proposed', 'objected')) AS waiting,
           rank() OVER (ORDER BY COALESCE(sum(line.deducted), 0)) AS rank, {_COUNTS}
      FROM vanban_task_score score
      JOIN vanban_task_score_period period ON period.id = score.period_id
      LEFT JOIN vanban_task_score_line line
        ON line.period_id = score.period_id AND line.agency_id = score.agency_id
     WHERE score.period_id = %(period)s
     GROUP BY score.id, period.base) counted
 WHERE counted.id = score.id
"""


class VanbanTaskScorePeriod(models.Model):
    """Counting: from the facts to the deductions, from these to the ranking.

    A task that stays late over several periods is scored in each, for its part there.
    Where a coordinating agency was slow meanwhile, the lead's points are only proposed
    and name that agency, which bears its own (128/QĐ-UBND Điều 14.6).
    """

    _inherit = "vanban.task.score.period"

    def _compute_lines(self):
        """Write the deductions and the ranking of locked periods anew."""
        self.env.flush_all()
        for period in self.sudo():
            values = period._get_sql_values()
            self.env.cr.execute(SQL(_KEEP_LINES, **values))
            self.env.cr.execute(SQL(_KEEP_SCORES, **values))
        self.env.invalidate_all(flush=False)
        self._vanban_in_action().write({"computed_on": fields.Datetime.now()})
        self._rank()

    def _rank(self):
        """Sum up what is deducted; the same sum gives the same place."""
        self.env.flush_all()
        for period in self:
            self.env.cr.execute(SQL(_RANK, period=period.id))
        self.env["vanban.task.score"].invalidate_model(flush=False)

    def _get_bounds(self):
        """Return the first and the last moment of the period, in UTC without zone."""
        self.ensure_one()
        zone = self.company_id._vanban_tz()
        first = zone.localize(datetime.combine(self.date_from, time.min))
        last = zone.localize(datetime.combine(self.date_to, time(23, 59, 59)))
        return tuple(
            moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in (first, last)
        )

    def _get_sql_values(self):
        """Return what the statements need.

        :raise UserError: the period has not begun
        """
        start, end = self._get_bounds()
        now = fields.Datetime.now()
        if now < start:
            raise UserError(
                self.env._("“%(period)s” has not begun yet.", period=self.name)
            )
        before = self.date_from - timedelta(days=1)
        worked = [0]
        for number in range((self.date_to - before).days):
            day = self.date_from + timedelta(days=number)
            worked.append(worked[-1] + self.company_id._vanban_is_working_day(day))
        return {
            "period": self.id,
            "company": self.company_id.id,
            "start": start,
            "stop": min(end, now),
            "now": now,
            "uid": self.env.uid,
            "tz": self.company_id._vanban_tz().zone,
            "before": before,
            "worked": worked,
        }
