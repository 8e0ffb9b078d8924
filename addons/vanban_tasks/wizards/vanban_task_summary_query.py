from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .vanban_task_summary_line import COUNTS

# The state of each task at a moment, from the facts until then: the last result sent,
# its judgement, the deadline in force. A task with no fact after the moment still has
# the phase that is stored; what was ended before the period is left out.
_FACTS = """
had AS (%(had)s),
touched AS (
    SELECT assignment_id AS id FROM vanban_task_report
     WHERE kind = 'result' AND sent_date > %(moment)s
     UNION
    SELECT assignment_id FROM vanban_task_report
     WHERE kind = 'result' AND decision_date > %(moment)s
     UNION
    SELECT assignment_id FROM vanban_task_extension
     WHERE state = 'accepted' AND decided_on > %(moment)s
), ended AS (
    SELECT assignment_id AS id FROM vanban_task_report
     WHERE kind = 'result' AND decision = 'approved' AND decision_date >= %(start)s
), live AS (
    SELECT had.*, touched.id IS NOT NULL OR phase = 'withdrawn' AS is_touched
      FROM had LEFT JOIN touched ON touched.id = had.id
     WHERE phase NOT IN ('done', 'done_late') OR report_date >= %(start)s
        OR had.id IN (SELECT id FROM ended)
), known AS (
    SELECT live.*, COALESCE(moved.old_deadline, deadline) AS due,
           CASE WHEN is_touched THEN sent.sent_date ELSE report_date END AS sent_date,
           sent.decision
      FROM live
      LEFT JOIN LATERAL (
           SELECT old_deadline FROM vanban_task_extension
            WHERE is_touched AND assignment_id = live.id
              AND state = 'accepted' AND decided_on > %(moment)s
            ORDER BY decided_on, id LIMIT 1) moved ON TRUE
      LEFT JOIN LATERAL (
           SELECT report.sent_date,
                  CASE WHEN decision_date <= %(moment)s THEN decision END AS decision
             FROM vanban_task_report report
            WHERE is_touched AND assignment_id = live.id AND kind = 'result'
              AND report.sent_date <= %(moment)s
            ORDER BY report.sent_date DESC, report.id DESC LIMIT 1) sent ON TRUE
), stated AS (
    SELECT *, CASE
           WHEN NOT is_touched AND phase <> 'open' THEN phase
           WHEN is_touched AND decision = 'approved' AND sent_date <= due THEN 'done'
           WHEN is_touched AND decision = 'approved' THEN 'done_late'
           WHEN is_touched AND sent_date IS NOT NULL AND decision IS NULL
           THEN 'waiting'
           WHEN due >= %(moment)s THEN 'doing'
           ELSE 'doing_late' END AS state
      FROM known
)
"""
_COUNT = f"""
WITH {_FACTS}, extended AS (
    SELECT assignment_id AS id, count(*) AS number FROM vanban_task_extension
     WHERE state = 'accepted' AND decided_on BETWEEN %(start)s AND %(moment)s
     GROUP BY assignment_id
), refused AS (
    SELECT assignment_id AS id, count(*) AS number FROM vanban_task_report
     WHERE kind = 'result' AND decision = 'refused'
       AND decision_date BETWEEN %(start)s AND %(moment)s
     GROUP BY assignment_id
)
SELECT partner_id, unit_id, count(*),
       count(*) FILTER (WHERE assigned_date < %(start)s),
       count(*) FILTER (WHERE state = 'done'),
       count(*) FILTER (WHERE state = 'done_late'),
       count(*) FILTER (WHERE state = 'doing'),
       count(*) FILTER (WHERE state = 'doing_late'),
       count(*) FILTER (WHERE state = 'waiting'),
       COALESCE(sum(extended.number), 0)::int,
       COALESCE(sum(refused.number), 0)::int
  FROM stated
  LEFT JOIN extended ON extended.id = stated.id
  LEFT JOIN refused ON refused.id = stated.id
 GROUP BY partner_id, unit_id
"""
_LATE = f"""
WITH {_FACTS}
SELECT id, partner_id, unit_id, state, due, sent_date, count(*) OVER ()
  FROM stated
 WHERE state IN %(states)s
 ORDER BY state, due, id
 LIMIT %(limit)s
"""


class VanbanTaskSummary(models.TransientModel):
    """Counting: two statements, however many tasks there are."""

    _inherit = "vanban.task.summary"

    def _get_rows(self):
        """Return the counts of each agency and unit, agencies first, by name.

        :return: list of dicts with the values of a :class:`VanbanTaskSummaryLine`
        """
        self.ensure_one()
        rows = []
        for partner_id, unit_id, *counts in self._query(_COUNT):
            row = dict(zip(COUNTS, counts, strict=True))
            rows.append(
                self._add_rate(row | {"partner_id": partner_id, "unit_id": unit_id})
            )
        names = self._get_names(rows)
        for row in rows:
            row["name"] = names[row["partner_id"], row["unit_id"]]
        return sorted(rows, key=lambda row: (bool(row["unit_id"]), row["name"]))

    def _get_late_rows(self, line=None, states=("doing_late",), limit=None):
        """Return what was overdue at the moment, the oldest deadline first.

        :param line: that of one agency or unit, or all
        :return: list of dicts ``id``, ``name`` of the agency, ``state``, ``due``,
            ``sent_date``, ``total`` (of all that were late, beyond the limit too)
        """
        self.ensure_one()
        values = {"states": states, "limit": limit}
        domain = Domain.TRUE
        if line:
            domain = self._get_line_domain(line)
        names = ("id", "partner_id", "unit_id", "state", "due", "sent_date", "total")
        rows = [
            dict(zip(names, row, strict=True))
            for row in self._query(_LATE, domain, **values)
        ]
        known = self._get_names(rows)
        for row in rows:
            row["name"] = known[row["partner_id"], row["unit_id"]]
        return rows

    def _get_line_domain(self, line):
        if self.side == "had":
            return Domain("company_id.partner_id", "=", line.partner_id.id)
        return Domain("partner_id", "=", line.partner_id.id) & Domain(
            "unit_id", "=", line.unit_id.id
        )

    def _query(self, statement, domain=Domain.TRUE, **values):
        """Return the rows of a statement over what the user sees."""
        start, last, moment = self._get_moments()
        Assignment = self.env["vanban.task.assignment"]
        for name in ("report", "extension"):
            self.env[f"vanban.task.{name}"].flush_model()
        # a search of the user: the rules are part of the statement
        query = Assignment._search(domain & self._get_domain(last, moment))
        alias = query.table
        names = ("id", "phase", "deadline", "assigned_date", "report_date")
        columns = [Assignment._field_to_sql(alias, name, query) for name in names]
        if self.side == "given":
            keys = [
                Assignment._field_to_sql(alias, name, query)
                for name in ("partner_id", "unit_id")
            ]
        else:
            giver = Assignment._field_to_sql(alias, "company_id", query)
            keys = [
                SQL(
                    "(SELECT partner_id FROM res_company WHERE id = %s) AS partner_id",
                    giver,
                ),
                SQL("NULL::int AS unit_id"),
            ]
        had = query.select(*columns, *keys)
        return self.env.execute_query(
            SQL(statement, had=had, start=start, moment=moment, **values)
        )

    def _get_names(self, rows):
        """Return what agencies and units are called, by their two ids."""
        partners = self.env["res.partner"].browse(
            {r["partner_id"] for r in rows} - {None}
        )
        units = self.env["hr.department"].browse({r["unit_id"] for r in rows} - {None})
        # the names of those who have a task that the user sees
        agency = dict(partners.sudo().mapped(lambda p: (p.id, p.name)))
        unit = dict(units.sudo().mapped(lambda u: (u.id, u.name)))
        return {
            (r["partner_id"], r["unit_id"]): unit.get(r["unit_id"])
            or agency.get(r["partner_id"])
            for r in rows
        }

    def _add_rate(self, row):
        """Return the row with its share in time, of what was done or overdue."""
        due = row["done"] + row["done_late"] + row["doing_late"]
        rate = 100 * row["done"] / due if due else 0
        return {**row, "due_count": due, "rate": rate}
