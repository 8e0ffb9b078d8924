"""The time the demo tasks are told in."""

from datetime import datetime, time

import pytz

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

#: model → path to the task
TOLD = {
    "vanban.task": "id",
    "vanban.task.assignment": "task_id",
    "vanban.task.report": "assignment_id.task_id",
    "vanban.task.extension": "assignment_id.task_id",
    "vanban.task.request": "assignment_id.task_id",
    "vanban.task.routing": "assignment_id.task_id",
    "vanban.task.progress": "assignment_id.task_id",
}
#: when the acts of one day happen
TIMES = (
    "08:10",
    "08:55",
    "09:40",
    "10:35",
    "11:05",
    "14:05",
    "14:50",
    "15:40",
    "16:20",
)
AFTERNOON = 7


class Days:
    """Lets working days pass over tasks.

    An action happens now and in the time of day that :data:`TIMES` says; then all that
    is known of the tasks moves back by working days. So every action judges deadlines
    as it would have done, and nothing falls on a day off.
    """

    def __init__(self, env, company):
        self.env = env
        self.company = company.sudo()
        self.zone = company._vanban_tz()
        self.today = company._vanban_today()
        # rows of this transaction are stamped with its start, or later
        self.start = env.cr.now().replace(microsecond=0)
        self.tasks = env["vanban.task"]
        self.acts = 0

    def get_day(self, days):
        return self.company._vanban_shift_days(self.today, days)

    def count_since(self, date):
        """Return how many working days have passed since a date."""
        count = 0
        while self.get_day(-count) > date:
            count += 1
        return count

    def end_act(self):
        """Give what was done just now its time of the day."""
        clock = TIMES[min(self.acts, len(TIMES) - 1)]
        self.acts += 1
        moment = self._to_utc(datetime.combine(self.today, time.fromisoformat(clock)))
        now = fields.Datetime.now()

        def stamp(value):
            is_stamp = isinstance(value, datetime) and self.start <= value <= now
            return moment if is_stamp else value

        self._rewrite(stamp)

    def go_to_afternoon(self):
        """Let the next acts happen after the cut-off hour (15:00)."""
        self.acts = max(self.acts, AFTERNOON)

    def let_pass(self, days):
        """Move all that is known of the tasks back by working days."""
        if not days:
            return
        self.acts, kept = 0, {None: None}

        def move(value):
            if value not in kept:
                kept[value] = self._move(value, -days)
            return kept[value]

        self._rewrite(move)

    def _move(self, value, days):
        if not isinstance(value, datetime):
            return self.company._vanban_shift_days(value, days)
        local = pytz.utc.localize(value).astimezone(self.zone).replace(tzinfo=None)
        day = self.company._vanban_shift_days(local.date(), days)
        return self._to_utc(datetime.combine(day, local.time()))

    def _to_utc(self, local):
        return self.zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def _rewrite(self, change):
        self.env.flush_all()
        for rows in self._get_rows():
            # a document keeps its day
            skipped = {"source_date", "entry_due"} if "source_date" in rows else set()
            names = [
                name
                for name, field in rows._fields.items()
                if field.type in ("date", "datetime")
                and field.store
                and not (name in skipped and rows.source_document_id)
            ]
            self._rewrite_table(rows, names, change)
        self.env.invalidate_all(flush=False)

    def _get_rows(self):
        for model, path in TOLD.items():
            rows = self.env[model].sudo().search(Domain(path, "in", self.tasks.ids))
            yield rows
            if "message_ids" in rows:
                yield rows.message_ids

    def _rewrite_table(self, rows, names, change):
        table = SQL.identifier(rows._table)
        columns = [SQL.identifier(name) for name in names]
        found = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(columns),
                table,
                rows.ids,
            )
        )
        for row_id, *values in found:
            changed = [change(value) for value in values]
            if changed != values:
                pairs = zip(columns, changed, strict=True)
                changes = SQL(", ").join(SQL("%s = %s", *pair) for pair in pairs)
                self.env.cr.execute(
                    SQL("UPDATE %s SET %s WHERE id = %s", table, changes, row_id)
                )
