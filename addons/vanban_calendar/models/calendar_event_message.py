from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..const import MARKS

BATCH = 50


class CalendarEvent(models.Model):
    """What people are told of entries, by mail and notification, with a calendar file.

    Entries of agencies and units are told of once they are published, in a job of their
    own: a week may have thousands of receivers.
    """

    _inherit = "calendar.event"

    vanban_to_tell = fields.Selection(
        [("published", "Published"), *MARKS],
        string="To be told",
        readonly=True,
        copy=False,
    )

    _vanban_to_tell_idx = models.Index("(id) WHERE vanban_to_tell IS NOT NULL")

    def _skip_send_mail_status_update(self):
        """Entries of a schedule are told of when it is published, in one message."""
        return self.vanban_level != "person" or super()._skip_send_mail_status_update()

    def action_sendmail(self):
        """Send the invitations of one's own entry again.

        :raise AccessError: somebody else keeps the entry
        """
        self._vanban_check_kept()
        return super().action_sendmail()

    def _vanban_queue_message(self, kind):
        """Let people be told soon of what changed."""
        coming = self.sudo().filtered(lambda e: e.stop >= fields.Datetime.now())
        # who was never told is told of the entry, not of its change
        fresh = coming.filtered(
            lambda e: kind == "changed" and e.vanban_to_tell in ("published", "added")
        )
        (coming - fresh)._vanban_in_action().write({"vanban_to_tell": kind})
        if coming:
            self.env.ref("vanban_calendar.calendar_event_tell_cron").sudo()._trigger()

    @api.model
    def _cron_vanban_tell(self):
        """Tell people of published entries and of changes, some at a time."""
        domain = Domain("vanban_to_tell", "!=", False)
        here = self.with_context(active_test=False)
        left = here.search_count(domain)
        while events := here.search(domain, order="start, id", limit=BATCH):
            events = events.try_lock_for_update()
            if not events:
                return
            for event in events:
                event._vanban_tell()
            left = max(left - len(events), 0)
            if not self.env["ir.cron"]._commit_progress(len(events), remaining=left):
                return

    def _vanban_tell(self):
        """Tell everyone concerned of one entry, in one message."""
        self.ensure_one()
        kind = self.vanban_to_tell
        self._vanban_in_action().write({"vanban_to_tell": False})
        partners = self._vanban_get_concerned()
        if not partners:
            return
        event = self.with_context(lang="vi_VN")
        subject = event._vanban_get_subject(kind)
        event._vanban_send(partners, subject, event.vanban_mark_words, kind)
        if event.vanban_urgency == "express":
            event._vanban_send_text(partners, subject)

    def _vanban_get_concerned(self):
        """Return the contacts that an entry concerns."""
        event = self.sudo()
        units = event.vanban_unit_ids | event.vanban_preparing_unit_id
        people = event.vanban_chair_id | units.vanban_head_ids
        people |= event.attendee_ids.vanban_substitute_id
        return event.partner_ids | people.partner_id

    def _vanban_get_subject(self, kind):
        words = {"what": self.name, "when": self._vanban_when()}
        return {
            "published": self.env._("Invited: %(what)s, %(when)s", **words),
            "added": self.env._("Added to the schedule: %(what)s, %(when)s", **words),
            "changed": self.env._("Changed: %(what)s, %(when)s", **words),
            "cancelled": self.env._("Cancelled: %(what)s, %(when)s", **words),
        }[kind]

    def _vanban_send(self, partners, subject, words, kind):
        """Tell people of an entry; who has no account here gets a link to answer by."""
        links = {}
        if kind != "cancelled":
            outside = partners.filtered(lambda p: not p._vanban_is_inside())
            rows = self.sudo().attendee_ids
            links = {row.partner_id: row for row in rows if row.partner_id in outside}
        for partner, row in links.items():
            self._vanban_send_one(partner, subject, words, kind, row)
        inside = partners - partners.browse().union(*links)
        if inside:
            self._vanban_send_one(inside, subject, words, kind)
            inside.user_ids._vanban_notify_desk()

    def _vanban_send_one(self, partners, subject, words, kind, row=None):
        lines = (words or "").split("\n")
        body = self.env["ir.qweb"]._render(
            "vanban_calendar.message_entry",
            {"event": self.sudo(), "words": lines, "kind": kind, "row": row},
            minimal_qcontext=True,
        )
        with_file = kind not in ("cancelled", "reminder")
        message = self.sudo().message_notify(
            subject=subject,
            body=Markup(body),
            partner_ids=partners.ids,
            attachments=self._vanban_get_ics() if with_file else [],
            author_id=self.env.company.partner_id.id,
            email_layout_xmlid="mail.mail_notification_light",
        )
        # a file of the message, not one of the papers of the meeting
        files = message.attachment_ids
        files.write({"res_model": message._name, "res_id": message.id})

    def _vanban_send_text(self, partners, subject):
        """Send a text message about an express meeting (206/QĐ-VPUB Điều 8.15)."""
        urgency = dict(self._fields["vanban_urgency"]._description_selection(self.env))
        words = [urgency["express"].upper(), subject, self.sudo()._vanban_where()]
        agency = self.sudo().vanban_company_id
        partners.with_company(agency)._vanban_send_sms(". ".join(filter(None, words)))

    def _vanban_get_ics(self):
        content = self.sudo()._get_ics_file().get(self.id)
        return [("lich.ics", content)] if content else []

    def _vanban_invite(self, partner):
        """Add one person to who takes part, and tell that person if it is published."""
        self.ensure_one()
        event = self.sudo()
        if partner not in event.partner_ids:
            event._vanban_in_action().write({"partner_ids": [(4, partner.id)]})
        if event.vanban_is_published or event.vanban_level == "person":
            here = event.with_context(lang="vi_VN")
            subject = here._vanban_get_subject("published")
            here._vanban_send(partner, subject, "", "published")

    def _vanban_tell_proposer(self, sentence):
        """Tell who proposed an entry what became of it."""
        self.ensure_one()
        proposer = self.sudo().create_uid
        if proposer and proposer != self.env.user:
            self.sudo().message_notify(
                subject=self.name,
                body=sentence,
                partner_ids=proposer.partner_id.ids,
                author_id=self.env.user.partner_id.id,
            )
            proposer._vanban_notify_desk()


class VanbanSchedule(models.Model):
    """What a week is told of: to whom it turns next (20/2007/QĐ-UBND Điều 7.2a)."""

    _inherit = "vanban.schedule"

    def _tell_published(self):
        """Tell who takes part, then those who plan after it."""
        self._end_activities()
        taken = self.sudo().event_ids.filtered(lambda e: e.vanban_state == "accepted")
        taken._vanban_queue_message("published")
        if self.unit_id:
            people = self.sudo().unit_id.member_ids.user_id.filtered("active")
            sentence = self.env._("The schedule of the unit is published: plan yours.")
            self._notify(people - self.env.user, sentence)
        else:
            self._call_units()

    def _call_units(self):
        """Let each head plan the week of the unit, after the agency's."""
        units = (
            self.env["hr.department"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("vanban_head_ids", "!=", False),
                ]
            )
        )
        weeks = self._get_all(
            {(self.company_id.id, u.id, self.date_from) for u in units}
        )
        for schedule in weeks.values():
            if schedule.state == "draft":
                schedule._ask(
                    schedule.unit_id.sudo().vanban_head_ids,
                    self.env._(
                        "The schedule of the agency is published: plan the unit's."
                    ),
                )
        people = self.company_id.sudo()._vanban_get_people("vanban_core.group_officer")
        heads = units.vanban_head_ids
        sentence = self.env._("The schedule of the agency is published.")
        self._notify(people - heads - self.env.user, sentence)

    def _tell_approvers(self):
        company = self.company_id.sudo()
        leaders = company._vanban_get_people("vanban_core.group_leader")
        self._ask(leaders, self.env._("Approve the schedule."))

    def _notify_arrangers(self, sentence):
        people = self.sudo().submitted_by_id | self.sudo().message_partner_ids.user_ids
        self._notify(people - self.env.user, sentence)

    def _notify(self, users, sentence):
        if users:
            self.sudo().message_notify(
                subject=f"{sentence} {self.display_name}",
                body=sentence,
                partner_ids=users.sudo().partner_id.ids,
                author_id=self.env.user.partner_id.id,
            )
            users._vanban_notify_desk()

    def _ask(self, users, summary):
        """Give people a to-do on this week."""
        for user in users:
            self.sudo().with_context(mail_activity_quick_update=True).activity_schedule(
                "vanban_calendar.mail_activity_type_schedule",
                date_deadline=self.company_id._vanban_today(),
                summary=summary,
                user_id=user.id,
            )
        users._vanban_notify_desk()

    def _end_activities(self):
        self.sudo().activity_unlink(["vanban_calendar.mail_activity_type_schedule"])
