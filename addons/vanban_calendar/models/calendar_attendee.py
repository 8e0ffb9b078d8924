from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.vanban_core.tools.args import to_id

from ..const import ATTENDANCES, REPLIES


class CalendarAttendee(models.Model):
    """Who is invited, what was answered, who goes instead, who came (HT-8.14).

    A row is as visible as its entry. Who is invited answers, or who acts for that
    person; who keeps the entry notes what was answered in another way. A unit is
    invited in the person of its head.
    """

    _name = "calendar.attendee"
    _inherit = ["calendar.attendee", "vanban.mixin"]

    _guarded_fields = frozenset(
        {"vanban_substitute_id", "vanban_substitute_name", "vanban_attendance"}
        | {"vanban_replied_on", "vanban_replied_by_id", "vanban_reason"}
        | {"vanban_unit_id"}
    )

    # who has it answers in the name of who is invited
    access_token = fields.Char(groups=fields.NO_ACCESS)
    vanban_unit_id = fields.Many2one(
        "hr.department", string="Unit", ondelete="set null", index="btree_not_null"
    )
    vanban_who = fields.Char(
        string="Who is invited", compute="_compute_vanban_who", compute_sudo=True
    )
    vanban_can_answer = fields.Boolean(compute="_compute_vanban_can_answer")
    vanban_can_note = fields.Boolean(compute="_compute_vanban_can_answer")

    vanban_substitute_id = fields.Many2one(
        "res.users", string="Goes instead", ondelete="restrict", index="btree_not_null"
    )
    vanban_substitute_name = fields.Char(string="Name of who goes instead")
    vanban_reply = fields.Selection(
        REPLIES, string="Reply", compute="_compute_vanban_reply", store=True
    )
    vanban_reason = fields.Text(string="Why not")
    vanban_replied_on = fields.Datetime(string="Replied on")
    vanban_replied_by_id = fields.Many2one("res.users", string="Entered by")
    vanban_attendance = fields.Selection(ATTENDANCES, string="Came")

    @api.depends("state", "vanban_substitute_name")
    def _compute_vanban_reply(self):
        for attendee in self:
            if attendee.vanban_substitute_name:
                attendee.vanban_reply = "substitute"
            elif attendee.state in ("accepted", "declined"):
                attendee.vanban_reply = attendee.state
            else:
                attendee.vanban_reply = "invited"

    @api.depends("partner_id.name", "vanban_unit_id.name")
    def _compute_vanban_who(self):
        for attendee in self:
            name = attendee.partner_id.name or attendee.email
            unit = attendee.vanban_unit_id.name
            attendee.vanban_who = f"{unit} ({name})" if unit else name

    @api.depends("event_id.vanban_state", "event_id.active", "event_id.start")
    @api.depends_context("uid")
    def _compute_vanban_can_answer(self):
        own = self._vanban_filter_own()
        for attendee in self:
            event = attendee.event_id
            is_on = event.active and event.vanban_state not in ("cancelled", "refused")
            is_kept = event.vanban_is_kept
            attendee.vanban_can_answer = is_on and (attendee in own or is_kept)
            attendee.vanban_can_note = is_on and is_kept and event.vanban_has_begun

    def _vanban_filter_own(self):
        """Return the invitations of the user, and of whom the user acts for."""
        acting = self.env.user._vanban_acting_users().sudo()
        units = self.env["hr.department"].sudo()
        headed = units.search([("vanban_head_ids", "in", acting.ids)])
        mine = self.sudo().filtered(
            lambda row: (
                row.partner_id in acting.partner_id or row.vanban_unit_id in headed
            )
        )
        return mine.with_env(self.env)

    def _vanban_check_reply(self):
        """Refuse who neither is invited nor keeps the entry, and what is over.

        :raise AccessError: somebody else's invitation
        :raise UserError: the entry is cancelled
        """
        # by the link of the invitation: only who is invited has it
        own = self if self.env.su else self._vanban_filter_own()
        self.check_access("read")
        for attendee in self:
            event = attendee.event_id
            if attendee not in own and not event.vanban_is_kept:
                raise AccessError(self.env._("This invitation is not yours to answer."))
            if event.vanban_state == "cancelled" or not event.active:
                raise UserError(self.env._("“%(name)s” is cancelled.", name=event.name))

    def _vanban_reply_with(self, **values):
        self._vanban_check_reply()
        vals = {
            "vanban_substitute_id": False,
            "vanban_substitute_name": False,
            "vanban_reason": False,
            "vanban_replied_on": fields.Datetime.now(),
            "vanban_replied_by_id": self.env.user._is_internal() and self.env.uid,
            **values,
        }
        self._vanban_in_action().write(vals)
        self.event_id.user_id.sudo()._vanban_notify_desk()

    # ---- messages ----

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        """Tell of people's own entries in the words of the schedule.

        Odoo's mails would show its own forms, and ask for what nobody may read here.
        """
        if self.env.context.get("no_mail_to_attendees"):
            return
        moved = self.env.ref("calendar.calendar_template_meeting_changedate")
        kind = "changed" if mail_template == moved else "published"
        for event, rows in self.grouped("event_id").items():
            partners = rows.partner_id - self.env.user.partner_id
            if event._skip_send_mail_status_update() or not partners:
                continue
            here = event.with_context(lang="vi_VN")
            here._vanban_send(partners, here._vanban_get_subject(kind), "", kind)

    def _vanban_get_link(self, answer):
        """Return the address at which who is invited can view, accept or decline."""
        query = urlencode({"token": self.sudo().access_token, "id": self.event_id.id})
        return f"{self.get_base_url()}/calendar/meeting/{answer}?{query}"

    # ---- replies ----

    def do_accept(self):
        """Take part.

        :raise AccessError: somebody else's invitation
        """
        self._vanban_reply_with(state="accepted")
        return True

    def do_decline(self):
        """Decline, without a reason; see :meth:`action_vanban_decline`."""
        return self.action_vanban_decline()

    def do_tentative(self):
        """Take an answer back.

        :raise AccessError: somebody else's invitation
        """
        self._vanban_reply_with(state="needsAction")
        return True

    def action_vanban_decline(self, reason=None):
        """Decline, saying why.

        :raise AccessError: somebody else's invitation
        """
        reason = self.env["vanban.routable"]._check_text(reason)
        self._vanban_reply_with(state="declined", vanban_reason=reason)
        return True

    def action_vanban_substitute(self, user_id=None, name=None):
        """Send somebody else.

        :param int user_id: a person of the agency, who is invited by this
        :param str name: name and title of somebody without an account
        :raise AccessError: somebody else's invitation
        :raise UserError: nobody named, or nobody who works here
        """
        self.ensure_one()
        user = self.env["res.users"].browse(to_id(user_id) or None)
        name = self.env["vanban.routable"]._check_text(name)
        if user:
            if not user.sudo()._vanban_exist() or user.partner_id == self.partner_id:
                raise UserError(self.env._("Such a receiver does not exist."))
            name = self.env["vanban.routing"]._get_label(user._vanban_person())
        if not name or not name.strip():
            raise UserError(self.env._("Name who goes instead."))
        self._vanban_reply_with(
            state="declined",
            vanban_substitute_id=user.id,
            vanban_substitute_name=name.strip(),
        )
        if user:
            self.event_id._vanban_invite(user.sudo().partner_id)
        return True

    def action_vanban_attendance(self, attendance):
        """Note who came, once it has begun.

        :param str attendance: a key of ``ATTENDANCES``, or False to take it back
        :raise AccessError: not by who keeps the entry
        :raise UserError: it has not begun
        """
        self.check_access("read")
        if attendance and attendance not in dict(ATTENDANCES):
            raise UserError(self.env._("Somebody attended or was absent."))
        for event in self.event_id:
            if not event.vanban_is_kept:
                raise AccessError(self.env._("Who keeps the entry notes who came."))
            if not event.vanban_has_begun:
                raise UserError(
                    self.env._("“%(name)s” has not begun.", name=event.name)
                )
        self._vanban_in_action().write({"vanban_attendance": attendance or False})
        return True

    def action_vanban_came(self):
        """Note that they came; see :meth:`action_vanban_attendance`."""
        return self.action_vanban_attendance("attended")

    def action_vanban_stayed_away(self):
        """Note that they did not come; see :meth:`action_vanban_attendance`."""
        return self.action_vanban_attendance("absent")
