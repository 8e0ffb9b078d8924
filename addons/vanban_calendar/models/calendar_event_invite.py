from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import REPLIES

# who was asked a moment ago is not asked again
_PAUSE = timedelta(hours=1)


class CalendarEvent(models.Model):
    """Who is invited, what they answered, and reminding who did not (HT-8.14)."""

    _inherit = "calendar.event"

    vanban_my_attendee_id = fields.Many2one(
        "calendar.attendee",
        string="My invitation",
        compute="_compute_vanban_my_attendee_id",
        help="One's own, or that of the person one acts for.",
    )
    vanban_my_reply = fields.Selection(
        REPLIES, string="My reply", compute="_compute_vanban_my_attendee_id"
    )
    vanban_answer_for = fields.Char(
        string="Answering for", compute="_compute_vanban_my_attendee_id"
    )
    vanban_can_answer = fields.Boolean(compute="_compute_vanban_my_attendee_id")
    vanban_reply_counts = fields.Char(
        string="Replies", compute="_compute_vanban_reply_counts", exportable=False
    )
    vanban_unanswered = fields.Integer(
        string="Not answered", compute="_compute_vanban_reply_counts", exportable=False
    )
    vanban_has_begun = fields.Boolean(compute="_compute_vanban_has_begun")
    vanban_is_over = fields.Boolean(compute="_compute_vanban_has_begun")
    vanban_is_told = fields.Boolean(compute="_compute_vanban_is_told")
    vanban_asked_on = fields.Datetime(string="Last reminder", readonly=True, copy=False)

    # ---- computes ----

    @api.depends(
        "attendee_ids.vanban_reply", "vanban_is_told", "user_id", "start", "stop"
    )
    @api.depends_context("uid")
    def _compute_vanban_my_attendee_id(self):
        own = self.attendee_ids._vanban_filter_own()
        partner = self.env.user.partner_id
        for event in self:
            rows = event.attendee_ids & own
            if event.vanban_level == "person":
                # nobody is invited to one's own entry
                organizer = event.user_id.sudo().partner_id
                rows = rows.filtered(lambda row, o=organizer: row.partner_id != o)
            # one's own comes first, then what nobody has answered yet
            mine = rows.sorted(
                lambda row: (row.partner_id != partner, row.vanban_reply != "invited")
            )[:1]
            event.vanban_my_attendee_id = mine
            event.vanban_my_reply = mine.vanban_reply
            event.vanban_answer_for = mine.partner_id != partner and mine.vanban_who
            event.vanban_can_answer = (
                bool(mine) and event.vanban_is_told and not event.vanban_is_over
            )

    @api.depends("attendee_ids.vanban_reply")
    def _compute_vanban_reply_counts(self):
        for event in self:
            replies = event.attendee_ids.mapped("vanban_reply")
            event.vanban_unanswered = replies.count("invited")
            event.vanban_reply_counts = event._vanban_get_counts(replies)

    def _vanban_get_counts(self, replies):
        """Return the replies in one line; nothing where nobody is invited."""
        if not replies:
            return False
        sentences = {
            "accepted": self.env._("%(n)s take part", n=replies.count("accepted")),
            "substitute": self.env._(
                "%(n)s send somebody else", n=replies.count("substitute")
            ),
            "declined": self.env._("%(n)s declined", n=replies.count("declined")),
            "invited": self.env._("%(n)s not answered", n=replies.count("invited")),
        }
        told = [self.env._("%(n)s invited", n=len(replies))]
        told += [text for key, text in sentences.items() if key in replies]
        return " · ".join(told)

    @api.depends("start", "stop", "allday")
    def _compute_vanban_has_begun(self):
        now = fields.Datetime.now()
        for event in self:
            start, stop = (
                event._vanban_utc_span() if event.start and event.stop else (now, now)
            )
            event.vanban_has_begun = start <= now
            event.vanban_is_over = stop < now

    @api.depends("vanban_level", "vanban_is_published", "vanban_state")
    def _compute_vanban_is_told(self):
        for event in self:
            event.vanban_is_told = event.vanban_state != "cancelled" and (
                event.vanban_level == "person" or event.vanban_is_published
            )

    # ---- chair and units, the latter in the person of their head ----

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events.filtered("vanban_unit_ids")._vanban_invite_units()
        events.filtered("vanban_chair_id")._vanban_seat_chair()
        return events

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"vanban_unit_ids", "partner_ids"}:
            self._vanban_invite_units()
        if vals.get("vanban_chair_id"):
            self._vanban_seat_chair()
        return result

    def _vanban_seat_chair(self):
        """Let who chairs take part without being asked."""
        chairs = self.sudo().attendee_ids.filtered(
            lambda row: (
                row.vanban_reply == "invited"
                and row.partner_id == row.event_id.vanban_chair_id.partner_id
            )
        )
        chairs._vanban_in_action().write({"state": "accepted"})

    def _vanban_invite_units(self):
        """Give each unit taking part a reply of its own, and take that of others back.

        Who heads it answers for it; somebody invited by name answers once.
        """
        Attendee = self.env["calendar.attendee"]._vanban_in_action()
        for event in self.sudo():
            rows = event.attendee_ids
            gone = rows.filtered(
                lambda r, event=event: (
                    r.vanban_unit_id and r.vanban_unit_id not in event.vanban_unit_ids
                )
            )
            by_name = gone.filtered(lambda r, e=event: r.partner_id in e.partner_ids)
            by_name._vanban_in_action().write({"vanban_unit_id": False})
            (gone - by_name).unlink()
            for unit in event.vanban_unit_ids - (rows - gone).vanban_unit_id:
                head = unit.manager_id.user_id or unit.vanban_head_ids[:1]
                partner = head.partner_id
                row = event.attendee_ids.filtered(
                    lambda r, partner=partner: r.partner_id == partner
                )[:1]
                if row and not row.vanban_unit_id:
                    row._vanban_in_action().write({"vanban_unit_id": unit.id})
                elif head and not row:
                    Attendee.create(
                        {
                            "event_id": event.id,
                            "partner_id": partner.id,
                            "vanban_unit_id": unit.id,
                        }
                    )

    # ---- actions ----

    def action_vanban_take_part(self):
        """Accept one's own invitation, or that of whom one acts for.

        :raise UserError: not invited
        """
        self.ensure_one()
        return self._vanban_get_my_attendee().do_accept()

    def _vanban_get_my_attendee(self):
        self.check_access("read")
        if not self.vanban_my_attendee_id:
            raise UserError(self.env._("You are not invited."))
        return self.vanban_my_attendee_id

    def action_vanban_remind(self):
        """Ask those who have not answered, and only them.

        :return: the action that says how many were asked
        :raise AccessError: somebody else keeps the entry
        :raise UserError: nobody to ask, over, not told of yet, or asked within an hour
        """
        self.ensure_one()
        self._vanban_check_kept()
        self.sudo().lock_for_update()
        self.invalidate_recordset(["vanban_asked_on"])
        rows = self.attendee_ids.filtered(lambda r: r.vanban_reply == "invited")
        self._vanban_check_remind(rows)
        now = fields.Datetime.now()
        self._vanban_in_action().write({"vanban_asked_on": now})
        self._vanban_ask(rows)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(n)s were reminded to answer.", n=len(rows)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _vanban_check_kept(self):
        self.check_access("read")
        if not all(event.vanban_is_kept for event in self):
            raise AccessError(
                self.env._("Who entered or prepares this entry takes care of that.")
            )

    def _vanban_check_remind(self, rows):
        if not self.vanban_is_told:
            raise UserError(self.env._("Those invited have not been told yet."))
        if self.vanban_is_over:
            raise UserError(self.env._("“%(name)s” is over.", name=self.name))
        if not rows:
            raise UserError(self.env._("Everyone has answered."))
        asked = self.vanban_asked_on
        if asked and asked + _PAUSE > fields.Datetime.now():
            local = self.vanban_company_id._vanban_to_local
            raise UserError(
                self.env._(
                    "They were reminded at %(at)s: remind them again from %(from)s on.",
                    **{
                        "at": f"{local(asked):%H:%M}",
                        "from": f"{local(asked + _PAUSE):%H:%M}",
                    },
                )
            )

    def _vanban_ask(self, rows):
        """Send the question to the contacts behind these invitations."""
        here = self.with_context(lang="vi_VN")
        subject = here.env._(
            "Please answer: %(what)s, %(when)s",
            what=self.name,
            when=here._vanban_when(),
        )
        here._vanban_send(rows.sudo().partner_id, subject, "", "reminder")
