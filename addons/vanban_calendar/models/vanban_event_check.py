from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.vanban_core.tools.args import to_id


class VanbanEventCheck(models.Model):
    """Something to prepare for a meeting, by one person, until its end (HT-8.14).

    As visible as the entry; who is named to prepare something sees the entry.
    """

    _name = "vanban.event.check"
    _inherit = ["vanban.mixin"]
    _description = "Preparation of a meeting"
    _order = "event_id, sequence, id"
    _guarded_fields = frozenset({"is_done", "done_on", "done_by_id"})

    event_id = fields.Many2one(
        "calendar.event", string="Entry", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="To prepare", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="By whom",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    date_deadline = fields.Date(string="Deadline")
    is_done = fields.Boolean(string="Done", readonly=True, copy=False)
    done_on = fields.Datetime(string="Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, copy=False
    )
    event_when = fields.Char(string="Time", related="event_id.vanban_when_label")

    @api.constrains("user_id", "event_id")
    def _check_user(self):
        for check in self:
            agency = check.event_id.vanban_company_id
            user = check.user_id.sudo()
            if user and (not user._vanban_exist() or agency not in user.company_ids):
                raise ValidationError(
                    self.env._("%(name)s is not of this agency.", name=user.name)
                )

    # ---- create, write ----

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks._tell_people(checks.user_id)
        return checks

    def write(self, vals):
        before = self.user_id
        if "event_id" in vals and any(
            check.event_id.id != to_id(vals["event_id"]) for check in self
        ):
            raise AccessError(self.env._("A preparation stays with its meeting."))
        result = super().write(vals)
        self._tell_people(self.user_id - before)
        return result

    def _tell_people(self, users):
        (users - self.env.user)._vanban_notify_desk()

    # ---- actions ----

    def action_done(self):
        """Note that it is prepared.

        :raise AccessError: neither named for it nor keeping the entry
        """
        self._set_done(is_done=True, done_on=fields.Datetime.now())
        return True

    def action_undo(self):
        """Take that back.

        :raise AccessError: neither named for it nor keeping the entry
        """
        self._set_done(is_done=False, done_on=False)
        return True

    def _set_done(self, **values):
        self.check_access("read")
        acting = self.env.user._vanban_acting_users()
        for check in self:
            if check.user_id not in acting and not check.event_id.vanban_is_kept:
                raise AccessError(
                    self.env._("Who is named for it, or keeps the entry, notes that.")
                )
        by = values["is_done"] and self.env.uid
        self._vanban_in_action().write({**values, "done_by_id": by})
        self.user_id._vanban_notify_desk()


class CalendarEvent(models.Model):
    """What is to be prepared for a meeting."""

    _inherit = "calendar.event"

    vanban_check_ids = fields.One2many(
        "vanban.event.check", "event_id", string="Preparation"
    )

    def action_vanban_add_checks(self):
        """Put what most meetings need on the list, where it is not there yet.

        :raise AccessError: somebody else keeps the entry
        """
        self.ensure_one()
        self._vanban_check_kept()
        there = set(self.vanban_check_ids.mapped("name"))
        names = [name for name in self._vanban_get_check_names() if name not in there]
        self.env["vanban.event.check"].create(
            [
                {"event_id": self.id, "name": name, "sequence": 10 * (number + 1)}
                for number, name in enumerate(names)
            ]
        )
        return True

    @api.model
    def _vanban_get_check_names(self):
        return [
            self.env._("Papers of the meeting"),
            self.env._("Room and seats"),
            self.env._("Invitations"),
            self.env._("Equipment: sound, screen, connection"),
            self.env._("Water"),
        ]
