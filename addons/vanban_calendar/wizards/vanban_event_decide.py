from odoo import api, fields, models
from odoo.exceptions import UserError

DECISIONS = [
    ("refuse", "Leave out of the schedule"),
    ("cancel", "Cancel the meeting"),
    ("decline", "Cannot come"),
    ("substitute", "Send somebody else"),
]


class VanbanEventDecide(models.TransientModel):
    """One small dialog for each act on an entry that needs a reason or a name."""

    _name = "vanban.event.decide"
    _description = "Decide on an entry"

    decision = fields.Selection(DECISIONS, required=True)
    event_ids = fields.Many2many("calendar.event")
    attendee_ids = fields.Many2many("calendar.attendee")
    who = fields.Char(string="Who is invited", compute="_compute_who")
    text = fields.Text(string="Reason")
    user_id = fields.Many2one(
        "res.users",
        string="Who goes instead",
        domain="[('share', '=', False)]",
    )
    name = fields.Char(
        string="Or name and title", help="Of somebody who has no account here."
    )

    @api.depends("attendee_ids")
    def _compute_who(self):
        for wizard in self:
            wizard.who = ", ".join(wizard.attendee_ids.mapped("vanban_who"))

    @api.model
    def default_get(self, fields_list):
        """Take what the dialog was opened on; an answer is one's own by default."""
        values = super().default_get(fields_list)
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids", [])
        if model == "calendar.attendee":
            values["attendee_ids"] = [(6, 0, ids)]
        elif model == "calendar.event":
            values["event_ids"] = [(6, 0, ids)]
            if values.get("decision") in ("decline", "substitute"):
                mine = self.env[model].browse(ids).vanban_my_attendee_id
                values["attendee_ids"] = [(6, 0, mine.ids)]
        return values

    def action_confirm(self):
        """Call the action that was chosen, on what the dialog was opened on."""
        self.ensure_one()
        events, rows = self.event_ids, self.attendee_ids
        if self.decision in ("decline", "substitute") and not rows:
            raise UserError(self.env._("You are not invited."))
        calls = {
            "refuse": lambda: events.action_vanban_refuse(self.text),
            "cancel": lambda: events.action_vanban_cancel(self.text),
            "decline": lambda: rows.action_vanban_decline(self.text),
            "substitute": lambda: rows.action_vanban_substitute(
                self.user_id.id, self.name
            ),
        }
        calls[self.decision]()
        return {"type": "ir.actions.act_window_close"}
