"""The time the demo agency is told in."""

from datetime import datetime, time, timedelta

import pytz

from odoo.tools import SQL

WEEKDAYS = ["Hai", "Ba", "Tư", "Năm", "Sáu"]
# What an action stamps with the present moment, and what it is told as instead.
STAMPS = {
    "vanban.document": ("id", ["received_date", "approved_date", "done_date"]),
    "vanban.routing": ("document_id", ["sent_date", "seen_date", "done_date"]),
    "vanban.review": ("document_id", ["sent_date", "decided_date"]),
    "vanban.recipient": ("document_id", ["sent_date"]),
    "vanban.document.file": ("document_id", []),
    "vanban.register.entry": ("document_id", []),
}


class Clock:
    """Turns “so many working days ago, at” into moments, and rows to that time."""

    def __init__(self, env):
        self.env = env
        self.zone = env.company._vanban_tz()
        # rows of this transaction are stamped with its start, or later
        self.start = env.cr.now().replace(microsecond=0)

    def get_day(self, day):
        """Return the date so many working days (Monday to Friday) before today."""
        date = self.env.company._vanban_today()
        while date.weekday() > 4:
            date -= timedelta(days=1)
        weeks, rest = divmod(-day, 5)
        date -= timedelta(days=weeks * 7)
        for _day in range(rest):
            date -= timedelta(days=3 if date.weekday() == 0 else 1)
        return date

    def say_day(self, day):
        """Return a day as invitations name it: ``thứ Ba, ngày 03/03/2026``."""
        date = self.get_day(day)
        return f"thứ {WEEKDAYS[date.weekday()]}, ngày {date.day:02d}/{date:%m/%Y}"

    def get_moment(self, day, clock):
        """Return a moment in UTC, never later than now."""
        local = datetime.combine(self.get_day(day), time.fromisoformat(clock))
        moment = self.zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
        return min(moment, self.start - timedelta(seconds=1))

    def to_date(self, moment):
        return pytz.utc.localize(moment).astimezone(self.zone).date()

    def backdate(self, documents, moment):
        """Give the moment to everything that was stamped just now."""
        self.env.flush_all()
        for model, (key, stamps) in STAMPS.items():
            names = [*stamps, "create_date", "write_date"]
            table = self.env[model]._table
            self._backdate_table(table, key, names, documents.ids, moment)
            self.env[model].invalidate_model(names, flush=False)

    def _backdate_table(self, table, key, names, ids, moment):
        columns = [SQL.identifier(name) for name in names]
        changes = SQL(", ").join(
            SQL(
                "%(column)s = CASE WHEN %(column)s >= %(start)s THEN %(moment)s"
                " ELSE %(column)s END",
                column=column,
                start=self.start,
                moment=moment,
            )
            for column in columns
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE %s IN %s",
                SQL.identifier(table),
                changes,
                SQL.identifier(key),
                tuple(ids),
            )
        )
