from odoo import api, fields, models

from ..const import ROUTING_ROLES, ROUTING_STATES


class VanbanHandover(models.AbstractModel):
    """One hand-over: from whom, to whom, as what, until when.

    What is handed over names itself in :meth:`_prepare_handover_vals` and opens itself
    in :meth:`_open_to` (``vanban.routable``).
    """

    _name = "vanban.handover"
    _description = "Hand-over"
    _rec_name = "to_label"

    from_user_id = fields.Many2one("res.users", string="From")
    from_label = fields.Char(string="Name and title of the sender")
    acted_by_id = fields.Many2one(
        "res.users", string="Entered by", help="The account that passed it on."
    )
    to_user_id = fields.Many2one("res.users", string="Person")
    to_unit_id = fields.Many2one("hr.department", string="Unit")
    to_label = fields.Char(string="Name and title of the receiver")
    role = fields.Selection(ROUTING_ROLES, required=True)
    direction_text = fields.Text(string="Directions given")
    deadline = fields.Datetime()
    state = fields.Selection(ROUTING_STATES, required=True, default="waiting")
    sent_date = fields.Datetime(string="Handed over on", default=fields.Datetime.now)
    seen_date = fields.Datetime(string="Seen on")
    seen_by_id = fields.Many2one("res.users", string="Seen by")
    done_date = fields.Datetime(string="Done on")
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue")

    @api.depends("deadline", "state", "done_date")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for routing in self:
            end = routing.done_date or now
            routing.is_overdue = bool(routing.deadline and routing.deadline < end)

    def _held_by(self, users):
        """Return the rows of these people and of the units that they head."""
        return self.filtered(
            lambda r: r.to_user_id in users or r.to_unit_id.vanban_head_ids & users
        )

    @api.model
    def _hand_over(self, owner, lines, parent=None):
        """Write one row per receiver and open what is handed over to them.

        :param owner: the document, or another ``vanban.routable``
        :param list lines: dicts with ``role``, ``user_id`` or ``unit_id``, and
            ``direction_text``, ``deadline``
        :param parent: the row by which the sender held it
        """
        sender = parent.to_user_id if parent else self.env.user
        sender = sender or self.env.user
        users, units = self.env["res.users"].sudo(), self.env["hr.department"].sudo()
        users = users.browse(line["user_id"] for line in lines if line.get("user_id"))
        units = units.browse(line["unit_id"] for line in lines if line.get("unit_id"))
        people = (sender.sudo() | users)._vanban_people()
        common = {
            **owner._prepare_handover_vals(),
            "parent_id": parent.id if parent else False,
            "from_user_id": sender.id,
            "from_label": self._get_label(people[sender]),
            "acted_by_id": self.env.uid,
        }
        rows = self._vanban_in_action().create(
            [{**common, **self._prepare_receiver(line, people)} for line in lines]
        )
        owner._open_to(rows, people)
        (users | units.vanban_head_ids)._vanban_notify_desk()
        return rows

    @api.model
    def _prepare_receiver(self, line, people):
        """Return what a row says of the one who receives it."""
        user = self.env["res.users"].browse(line.get("user_id") or None)
        unit = self.env["hr.department"].sudo().browse(line.get("unit_id") or None)
        return {
            "to_user_id": user.id,
            "to_unit_id": unit.id,
            "to_label": self._get_label(people[user]) if user else unit.name,
            "role": line["role"],
            "direction_text": line.get("direction_text") or False,
            "deadline": line.get("deadline") or False,
        }

    @api.model
    def _get_label(self, person):
        """Return name and title of one of ``res.users._vanban_people``."""
        return ", ".join(filter(None, (person["name"], person["title"])))

    def _close(self, state="done"):
        self._vanban_in_action().write(
            {"state": state, "done_date": fields.Datetime.now()}
        )

    def _mark_seen(self):
        """Note that the receivers opened it (HT-8.12)."""
        self._vanban_in_action().write(
            {"seen_date": fields.Datetime.now(), "seen_by_id": self.env.uid}
        )

    def _to_way(self):
        """Return one node of the tree on the form; see ``vanban.document.get_way``."""
        self.ensure_one()
        labels = self.fields_get(["role", "state"], ["selection"])
        return {
            "key": f"r{self.id}",
            "parent": f"r{self.parent_id.id}" if self.parent_id else False,
            "kind": dict(labels["role"]["selection"])[self.role],
            "state": self.state,
            "state_label": dict(labels["state"]["selection"])[self.state],
            "who": self.to_label,
            "from": self.from_label,
            "entered_by": self.acted_by_id.name
            if self.acted_by_id != self.from_user_id
            else False,
            "text": self.direction_text or "",
            "deadline": fields.Datetime.to_string(self.deadline) or False,
            "sent": fields.Datetime.to_string(self.sent_date) or False,
            "seen": fields.Datetime.to_string(self.seen_date) or False,
            "done": fields.Datetime.to_string(self.done_date) or False,
            "overdue": self.is_overdue,
        }
