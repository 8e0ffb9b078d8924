from odoo import models
from odoo.tools import SQL

_MARKS = {"added": "added", "cancelled": "cancelled"}


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _vanban_log(self, kind, texts=None):
        """Write down a change of entries in their weeks; mark it where published.

        :param str kind: of ``KINDS``
        :param dict texts: ``{event: what changed}``
        """
        if not self:
            return
        texts = texts or {}
        revisions = self._vanban_count_revisions()
        person = self.env["vanban.routing"]._get_label(self.env.user._vanban_person())
        self.env["vanban.schedule.change"]._vanban_in_action().create(
            [
                {
                    "schedule_id": event.vanban_schedule_id.id,
                    "event_id": event.id,
                    "revision": revisions[event.vanban_schedule_id.id],
                    "kind": kind,
                    "name": f"{event.name} ({event._vanban_when()})",
                    "words": texts.get(event),
                    "is_late": event.vanban_schedule_id.state == "published",
                    "user_id": self.env.uid,
                    "label": person,
                }
                for event in self.sudo()
            ]
        )
        for event in self.sudo():
            if event.vanban_schedule_id.state == "published":
                event.with_env(self.env)._vanban_mark(kind, texts.get(event))
            elif event.vanban_is_published:
                # an express one does not wait for its week
                event._vanban_queue_message(_MARKS.get(kind, "changed"))

    def _vanban_count_revisions(self):
        """Return the new revision of each week of the entries, by its id."""
        weeks = self.sudo().vanban_schedule_id
        weeks.flush_recordset()
        # the rows are locked by this: who approves meanwhile waits, and sees the change
        rows = self.env.execute_query(
            SQL(
                "UPDATE vanban_schedule SET revision = revision + 1"
                " WHERE id = ANY(%s) RETURNING id, revision",
                sorted(weeks.ids),
            )
        )
        weeks.invalidate_recordset(["revision", "state"])
        return dict(rows)

    def _vanban_mark(self, kind, words):
        """Mark an entry of a published week as changed, and let people be told."""
        self.ensure_one()
        told = self.sudo()
        news = mark = _MARKS.get(kind, "changed")
        if mark == "changed" and told.vanban_mark == "added":
            mark = "added"
        lines = list(filter(None, (told.vanban_mark_words, words)))
        self._vanban_in_action().write(
            {"vanban_mark": mark, "vanban_mark_words": "\n".join(lines) or False}
        )
        self._vanban_queue_message(news)
