from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.vanban_core.tools.text import nfc

from ..const import ENTRY_TRANSITIONS

# what a schedule shows of an entry, in the order of its columns
SHOWN = {
    "vanban_when": ("start", "stop", "allday", "start_date", "stop_date", "duration"),
    "name": ("name",),
    "vanban_chair_name": ("vanban_chair_name", "vanban_chair_id"),
    "partner_ids": ("partner_ids",),
    "vanban_unit_ids": ("vanban_unit_ids",),
    "vanban_guests": ("vanban_guests",),
    "vanban_where": ("location", "vanban_room_id"),
    "vanban_vehicle_ids": ("vanban_vehicle_ids",),
    "vanban_preparing_unit_id": ("vanban_preparing_unit_id",),
    "vanban_dress": ("vanban_dress",),
    "vanban_note": ("vanban_note",),
    "vanban_is_closed": ("vanban_is_closed",),
}
WATCHED = {name for names in SHOWN.values() for name in names} | {"active"}
# named once, when it is entered
FIXED = ("vanban_level", "vanban_company_id", "vanban_unit_id")


class CalendarEvent(models.Model):
    """The way of an entry into the schedule of an agency or a unit.

    Units and secretaries propose, who arranges the week takes it or not; what changes
    after that is written down (20/2007/QĐ-UBND Điều 7.2).
    """

    _inherit = "calendar.event"

    vanban_can_arrange = fields.Boolean(
        string="Arranged by me", compute="_compute_vanban_can_arrange"
    )

    @api.depends("vanban_level", "vanban_company_id", "vanban_unit_id")
    @api.depends_context("uid")
    def _compute_vanban_can_arrange(self):
        for event in self:
            event.vanban_can_arrange = event._vanban_is_arranger()

    def _vanban_is_arranger(self):
        """Does the user arrange the schedule in which the entry stands?"""
        self.ensure_one()
        if self.vanban_level == "person":
            return False
        return bool(
            self.env["vanban.schedule"]._get_arranger(
                self.vanban_company_id, self.vanban_unit_id
            )
        )

    # ---- into the week ----

    def _vanban_place(self):
        """Put entries of agencies and units in the schedule of their week."""
        placed = self.filtered(lambda e: e.vanban_level != "person" and e.active)
        if not placed:
            return
        weeks = self.env["vanban.schedule"]._get_weeks(placed)
        for event in placed:
            vals = {"vanban_schedule_id": weeks[event].id}
            if not event.vanban_state:
                vals["vanban_state"] = (
                    "accepted" if event._vanban_is_arranger() else "proposed"
                )
            if (
                vals["vanban_schedule_id"] != event.vanban_schedule_id.id
                or len(vals) > 1
            ):
                event._vanban_in_action().write(vals)
        added = placed.filtered(lambda e: e.vanban_state == "accepted")
        added._vanban_log("added")
        added._vanban_check_leaders()

    def write(self, vals):
        if self._vanban_is_in_action() or not vals.keys() & {*WATCHED, *FIXED}:
            return super().write(vals)
        self._vanban_check_fixed(vals)
        if vals.get("active") is False:
            self._vanban_check_not_in_a_schedule()
        if vals.keys() & {"vanban_chair_id", "partner_ids"}:
            vals = self._vanban_prepare(vals)
        placed = self.sudo().filtered("vanban_schedule_id").with_env(self.env)
        self._vanban_check_open(placed)
        before = {event: event._vanban_words() for event in placed}
        result = super().write(vals)
        placed._vanban_log_changes(before)
        return result

    def _vanban_check_fixed(self, vals):
        for name in FIXED:
            if name not in vals:
                continue
            for event in self:
                value = event[name]
                if (getattr(value, "id", value) or False) != (vals[name] or False):
                    raise UserError(
                        self.env._(
                            "An entry stays in the schedule it was entered in: enter "
                            "it there anew."
                        )
                    )

    def _vanban_check_open(self, events):
        for event in events:
            if event.sudo().vanban_state == "cancelled":
                raise UserError(
                    self.env._(
                        "“%(name)s” is cancelled and stays as it is.", name=event.name
                    )
                )

    def _vanban_words(self):
        """Return what the schedule shows of the entry, by label."""
        self.ensure_one()
        event = self.sudo()
        words = {}
        for name in SHOWN:
            value = (
                getattr(event, f"_{name}")()
                if name in ("vanban_when", "vanban_where")
                else event[name]
            )
            if isinstance(value, models.BaseModel):
                value = ", ".join(value.mapped("name"))
            elif isinstance(value, bool) and value:
                value = self.env._("yes")
            words[name] = value or ""
        return words

    def _vanban_log_changes(self, before):
        """Write down how accepted entries differ from what they were."""
        labels = self._vanban_get_labels()
        changed = self.browse()
        texts = {}
        for event in self.exists():
            after = event._vanban_words()
            lines = [
                f"{labels[name]}: {before[event][name] or '…'} → {after[name] or '…'}"
                for name in SHOWN
                if before[event][name] != after[name]
            ]
            if lines:
                changed |= event
                texts[event] = "\n".join(lines)
        if not changed:
            return
        weeks = self.env["vanban.schedule"]._get_weeks(changed)
        taken = changed.filtered(lambda e: e.vanban_state == "accepted")
        # the week that loses it has to tell so as well
        moved = changed.filtered(lambda e: weeks[e] != e.vanban_schedule_id)
        (moved & taken)._vanban_log("moved", texts)
        for event in moved:
            event._vanban_in_action().vanban_schedule_id = weeks[event]
        taken._vanban_log("changed", texts)
        taken._vanban_check_leaders()

    @api.model
    def _vanban_get_labels(self):
        names = [name for name in SHOWN if name in self._fields]
        labels = dict(zip(names, self._vanban_labels(names), strict=True))
        return labels | {
            "vanban_when": self.env._("Time"),
            "vanban_where": self.env._("Place"),
            "partner_ids": self.env._("Participants"),
            "name": self.env._("Content"),
        }

    # ---- actions ----

    def action_vanban_accept(self):
        """Take proposals into the schedule.

        :raise AccessError: somebody else arranges it
        """
        self._vanban_check_arranger()
        self._vanban_set_state("accepted", vanban_refusal=False)
        self._vanban_log("added")
        self._vanban_check_leaders()
        return True

    def action_vanban_refuse(self, reason=None):
        """Leave entries out of the schedule, saying why.

        :raise AccessError: somebody else arranges it
        :raise UserError: no reason, or published already: it is cancelled then
        """
        self._vanban_check_arranger()
        reason = self._vanban_read_reason(reason)
        published = self.filtered("vanban_is_published")
        if published:
            raise UserError(
                self.env._(
                    "“%(name)s” is published: cancel it.", name=published[0].name
                )
            )
        taken = self.filtered(lambda e: e.vanban_state == "accepted")
        taken._vanban_log("removed")
        self._vanban_set_state("refused", vanban_refusal=reason)
        for event in self:
            event._vanban_tell_proposer(
                self.env._(
                    "“%(name)s” was not taken into the schedule: %(reason)s",
                    name=event.name,
                    reason=reason,
                )
            )
        return True

    def action_vanban_propose(self):
        """Propose again what was not taken.

        :raise AccessError: somebody else's proposal
        """
        self.check_access("write")
        self._vanban_set_state("proposed", vanban_refusal=False)
        return True

    def action_vanban_cancel(self, reason=None):
        """Cancel entries of a schedule; they stay in it, marked, and people are told.

        :raise AccessError: somebody else arranges it
        :raise UserError: no reason, or not in the schedule
        """
        self._vanban_check_arranger()
        reason = self._vanban_read_reason(reason)
        self._vanban_set_state("cancelled", vanban_refusal=reason)
        self._vanban_log("cancelled", dict.fromkeys(self, reason))
        return True

    def _vanban_read_reason(self, reason):
        reason = self.env["vanban.routable"]._check_text(reason)
        if not reason or not reason.strip():
            raise UserError(self.env._("Say why."))
        return nfc(reason.strip())

    def _vanban_check_arranger(self):
        """Refuse who does not arrange the schedule of each entry; lock the entries."""
        self.check_access("read")
        if not all(event._vanban_is_arranger() for event in self):
            raise AccessError(
                self.env._("Who arranges this schedule decides what stands in it.")
            )
        self.sudo().lock_for_update()
        self.sudo().invalidate_recordset(["vanban_state"])

    def _vanban_set_state(self, target, **values):
        for event in self:
            if target not in ENTRY_TRANSITIONS.get(event.vanban_state, ()):
                labels = dict(
                    self._fields["vanban_state"]._description_selection(self.env)
                )
                raise UserError(
                    self.env._(
                        "“%(name)s” is in state “%(state)s” already.",
                        name=event.name,
                        state=labels.get(event.vanban_state, ""),
                    )
                )
        self._vanban_in_action().write({"vanban_state": target, **values})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_a_schedule(self):
        self._vanban_check_not_in_a_schedule()

    def _vanban_check_not_in_a_schedule(self):
        """Refuse to let what everyone has read vanish without a word.

        :raise UserError: it is cancelled, which stays in the schedule
        """
        for event in self.sudo():
            if event.vanban_state in ("accepted", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(name)s” stands in a schedule: cancel it instead.",
                        name=event.name,
                    )
                )
