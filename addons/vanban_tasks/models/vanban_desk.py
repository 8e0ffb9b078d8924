from odoo import api, fields, models
from odoo.tools import SQL

ACTION_HAD = "vanban_tasks.vanban_task_assignment_action"
ACTION_GIVEN = f"{ACTION_HAD}_given"
# 128/QĐ-UBND Điều 4: who gives a task follows it, who has it answers for it
GIVEN_QUEUES = [
    "task_review",
    "task_extension",
    "task_late",
    "task_soon",
    "task_unaccepted",
]
HAD_QUEUES = [
    "task_to_accept",
    "task_refused",
    "task_request",
    "task_answer",
    "task_had_late",
    "task_had_soon",
    "task_doing",
]
# a leader passes on what comes in, and looks on; what coordinating ones answer is the
# leader's where nobody has it
LEADER_QUEUES = {
    "task_late",
    "task_to_accept",
    "task_refused",
    "task_answer",
    "task_had_late",
    "task_had_soon",
}
ASKING = {
    "task_review",
    "task_extension",
    "task_to_accept",
    "task_refused",
    "task_request",
    "task_answer",
    "task_had_late",
}
# judged by the day of the report, not by the deadline of the task
JUDGING = {"task_review", "task_answer"}
URGENCIES = {"2": "urgent"}


class VanbanDesk(models.AbstractModel):
    """The tasks of the first screen, of those who give and those who have some."""

    _inherit = "vanban.desk"

    @api.model
    def _get_queues(self):
        return super()._get_queues() + self._get_task_queues()

    @api.model
    def _get_task_queues(self):
        """Return the queues of the sides on which the user has ever had a task."""
        if not self.env.user.has_group("vanban_core.group_officer"):
            return []
        Assignment = self.env["vanban.task.assignment"]
        keys = [
            *(GIVEN_QUEUES if Assignment._has_given() else ()),
            *(HAD_QUEUES if Assignment._has_had() else ()),
        ]
        asking = ASKING
        if self.env.user.has_group("vanban_core.group_leader"):
            keys = [key for key in keys if key in LEADER_QUEUES]
            asking = {"task_to_accept", "task_answer"}
        elif not Assignment._is_desk_role():
            asking = {*ASKING, "task_had_soon"}
        labels, late = self._get_task_labels(), Assignment._get_late_domains()
        domains = Assignment._get_queue_domains() if keys else {}
        sections = {
            True: self.env._("Tasks that were given"),
            False: self.env._("Tasks to carry out"),
        }
        return [
            {
                "key": key,
                "label": labels[key],
                "section": sections[key in GIVEN_QUEUES],
                "model": "vanban.task.assignment",
                "action": self._get_task_action(key),
                "domain": [("queue", "=", key)],
                # once for the count and for what presses most
                "counted": domains[key].optimize_full(Assignment),
                "asks": key in asking,
                "late_when": late.get(key, late["task_late"]),
                "oldest_by": self._get_oldest_by(key),
            }
            for key in keys
        ]

    @api.model
    def _get_task_action(self, key):
        """Return the window whose columns say who has it, or who gave it."""
        is_given = key in GIVEN_QUEUES or key == "task_answer"
        return ACTION_GIVEN if is_given else ACTION_HAD

    @api.model
    def _get_oldest_by(self, key):
        if key in JUDGING:
            return ["report_date", "assigned_date"]
        if key in ("task_extension", "task_request"):
            return ["asked_since"]
        return ["assigned_date"]

    @api.model
    def _get_urgent_items(self, queues):
        items = super()._get_urgent_items(queues)
        Assignment = self.env["vanban.task.assignment"]
        asked = self._get_asked([q for q in queues if q["model"] == Assignment._name])
        ranks = self._get_most_urgent(
            [
                self._prepare_task_rank(row, asked[row.id]["key"])
                for row in Assignment.browse(asked)
            ]
        )
        rows = Assignment.browse(rank["id"] for rank in ranks)
        return items + [
            self._prepare_task_item(row, asked[row.id]) | rank
            for row, rank in zip(rows, ranks, strict=True)
        ]

    @api.model
    def _get_asked(self, queues):
        """Return ``{id: queue}`` of the first seven of each, in one query for all."""
        Assignment = self.env["vanban.task.assignment"]
        parts = []
        for place, queue in enumerate(queues):
            order = "report_date" if queue["key"] in JUDGING else "deadline"
            query = Assignment._search(queue["counted"], order=order, limit=7)
            ids = query.select(SQL("%s", place), SQL.identifier(query.table, "id"))
            parts.append(SQL("(%s)", ids))
        asked = {}
        if parts:
            found = self.env.execute_query(SQL(" UNION ALL ").join(parts))
            for place, row_id in sorted(found):
                asked.setdefault(row_id, queues[place])
        return asked

    @api.model
    def _prepare_task_rank(self, row, key):
        """Return what tells how urgent an assignment is."""
        deadline = row._get_act_deadline(key)
        return {
            "id": row.id,
            "urgency": URGENCIES.get(row.priority, "normal"),
            "deadline": deadline,
            "is_overdue": deadline < fields.Datetime.now(),
        }

    @api.model
    def _prepare_task_item(self, row, queue):
        """Return what else the screen shows of an assignment that asks for an act."""
        now, deadline = fields.Datetime.now(), row._get_act_deadline(queue["key"])
        hours = self.env.company._vanban_worked_hours(now, deadline)
        is_given = queue["action"] == ACTION_GIVEN
        path = "theo-doi-nhiem-vu" if is_given else "nhiem-vu"
        return {
            "action": queue["action"],
            "url": f"/odoo/ban-lam-viec/{path}/{row.id}",
            "asked": queue["label"],
            "subject": row.content,
            "symbol": row.source_symbol,
            "who": row.assignee_name if is_given else row.company_name,
            "work_left": round(hours * 60),
        }

    @api.model
    def _get_plots(self, queues):
        plots = super()._get_plots(queues)
        if any(queue["key"] == "task_late" for queue in queues):
            plots.append(
                {
                    "title": self.env._("Which agency is late?"),
                    "empty": self.env._("No task that was given is overdue."),
                    "method": "get_late_by_assignee",
                    "action": ACTION_GIVEN,
                }
            )
        return plots

    @api.model
    @api.readonly
    def get_late_by_assignee(self):
        """Return who has overdue tasks, as :meth:`get_late_by_unit` does."""
        Assignment = self.env["vanban.task.assignment"]
        late = Assignment._get_queue_domains()["task_late"]
        groups = Assignment._read_group(
            late, ["assignee_name"], ["__count"], order="__count DESC, assignee_name"
        )
        return [
            {
                "name": name,
                "count": count,
                "domain": [("queue", "=", "task_late"), ("assignee_name", "=", name)],
            }
            for name, count in groups
        ]

    @api.model
    def _get_task_labels(self):
        return {
            "task_review": self.env._("Results to confirm"),
            "task_extension": self.env._("Extensions asked for"),
            "task_late": self.env._("Overdue"),
            "task_soon": self.env._("Due soon"),
            "task_unaccepted": self.env._("Not accepted yet"),
            "task_to_accept": self.env._("To accept"),
            "task_refused": self.env._("To do again"),
            "task_request": self.env._("Asked to coordinate"),
            "task_answer": self.env._("Answers to confirm"),
            "task_had_late": self.env._("Overdue tasks"),
            "task_had_soon": self.env._("Tasks due soon"),
            "task_doing": self.env._("Tasks in progress"),
        }
