from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.vanban_core.const import URGENCIES
from odoo.addons.vanban_core.tools.args import to_id

from ..const import ENTRY_STATES, LEVELS, MARKS, SESSIONS
from ..tools.day_parts import get_session

#: one hall of the largest province seats fewer; units stand for their people
MOST_PARTICIPANTS = 1000


class CalendarEvent(models.Model):
    """An entry of a week: of the agency, a unit or a person (lịch công tác).

    Odoo's appointment with what a schedule of a Vietnamese agency shows. The other
    files of this class hold one concern each.
    """

    _name = "calendar.event"
    _inherit = ["calendar.event", "vanban.mixin"]

    _guarded_fields = frozenset(
        {
            "vanban_state",
            "vanban_schedule_id",
            "vanban_refusal",
            "vanban_mark",
            "vanban_mark_words",
            "vanban_to_tell",
            "vanban_conclusion_id",
            "vanban_asked_on",
        }
    )

    # ---- where it stands ----
    vanban_level = fields.Selection(
        LEVELS, string="Schedule of", required=True, default="person"
    )
    vanban_company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    vanban_unit_id = fields.Many2one(
        "hr.department",
        string="Unit",
        index="btree_not_null",
        ondelete="restrict",
        help="Whose schedule it is, where it is that of a unit.",
    )
    vanban_schedule_id = fields.Many2one(
        "vanban.schedule",
        string="Week",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    vanban_state = fields.Selection(
        ENTRY_STATES, string="State", readonly=True, copy=False, tracking=True
    )
    vanban_refusal = fields.Text(
        string="Why it was not taken", readonly=True, copy=False
    )
    vanban_is_published = fields.Boolean(
        string="Published",
        compute="_compute_vanban_is_published",
        store=True,
        precompute=True,
        copy=False,
    )

    vanban_urgency = fields.Selection(
        URGENCIES,
        string="Urgency",
        required=True,
        default="normal",
        help="An express one is told at once, by text message as well, even if its "
        "week is not public yet.",
    )

    # ---- when and where ----
    vanban_session = fields.Selection(
        SESSIONS,
        string="Session",
        compute="_compute_vanban_session",
        store=True,
    )
    vanban_room_id = fields.Many2one(
        "resource.resource",
        string="Room",
        domain="[('vanban_kind', '=', 'room')]",
        index="btree_not_null",
        ondelete="restrict",
    )
    vanban_vehicle_ids = fields.Many2many(
        "resource.resource",
        "vanban_calendar_event_vehicle_rel",
        "event_id",
        "resource_id",
        string="Vehicles",
        domain="[('vanban_kind', '=', 'vehicle')]",
    )

    # ---- who ----
    vanban_chair_id = fields.Many2one(
        "res.users",
        string="Chaired by",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    vanban_chair_name = fields.Char(
        string="Name and title of the chair",
        compute="_compute_vanban_chair_name",
        store=True,
        precompute=True,
        readonly=False,
        help="As it stands in the schedule; somebody of another agency as well.",
    )
    vanban_unit_ids = fields.Many2many(
        "hr.department",
        "vanban_calendar_event_unit_rel",
        "event_id",
        "department_id",
        string="Units taking part",
    )
    vanban_guests = fields.Text(
        string="Others taking part", help="Who has no account and no contact here."
    )
    vanban_preparing_unit_id = fields.Many2one(
        "hr.department", string="Prepared by", index="btree_not_null"
    )
    vanban_topic_id = fields.Many2one(
        "vanban.topic", string="Field", index="btree_not_null", ondelete="restrict"
    )

    # ---- what else a schedule shows ----
    vanban_dress = fields.Char(string="Dress")
    vanban_note = fields.Text(string="Notes of the schedule")
    vanban_is_closed = fields.Boolean(
        string="Closed meeting",
        help="What it is about is shown to those invited only; others see that the "
        "time is taken.",
    )

    # ---- changes after publication ----
    vanban_mark = fields.Selection(
        MARKS, string="Change", readonly=True, copy=False, tracking=True
    )
    vanban_mark_words = fields.Text(string="What changed", readonly=True, copy=False)

    _vanban_week_idx = models.Index("(vanban_company_id, vanban_level, start)")

    # ---- computes ----

    @api.depends("vanban_state", "vanban_schedule_id.state", "vanban_urgency")
    def _compute_vanban_is_published(self):
        for event in self:
            event.vanban_is_published = event.vanban_state in (
                "accepted",
                "cancelled",
            ) and (
                event.vanban_schedule_id.state == "published"
                or event.vanban_urgency == "express"
            )

    @api.depends("start", "stop", "allday", "vanban_company_id")
    def _compute_vanban_session(self):
        for event in self:
            event.vanban_session = event._get_session()

    def _get_session(self):
        """Return the session in which it begins, or that it takes the whole day."""
        if not self.start or not self.stop:
            return False
        if self.allday:
            return "day"
        return get_session(*self._vanban_span())

    @api.depends("vanban_chair_id")
    def _compute_vanban_chair_name(self):
        people = self.vanban_chair_id._vanban_people()
        for event in self:
            if event.vanban_chair_id:
                person = people[event.vanban_chair_id]
                label = self.env["vanban.routing"]._get_label(person)
                event.vanban_chair_name = label

    # ---- checks ----

    @api.constrains("vanban_level", "vanban_unit_id", "vanban_company_id")
    def _check_vanban_level(self):
        for event in self:
            unit = event.vanban_unit_id.sudo()
            if (event.vanban_level == "unit") != bool(unit):
                raise ValidationError(
                    self.env._("Name the unit, if it stands in the schedule of one.")
                )
            if unit and unit.company_id != event.vanban_company_id:
                raise ValidationError(
                    self.env._("%(name)s is not of this agency.", name=unit.name)
                )

    @api.constrains("vanban_room_id", "vanban_vehicle_ids", "vanban_company_id")
    def _check_vanban_facilities(self):
        for event in self.sudo():
            rooms, vehicles = event.vanban_room_id, event.vanban_vehicle_ids
            wrong = rooms.filtered(lambda one: one.vanban_kind != "room")
            wrong |= vehicles.filtered(lambda one: one.vanban_kind != "vehicle")
            wrong |= (rooms | vehicles).filtered(
                lambda one, event=event: (
                    one.company_id and one.company_id != event.vanban_company_id
                )
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(name)s is not a room or vehicle of this agency.",
                        name=wrong[0].name,
                    )
                )

    @api.constrains("partner_ids")
    def _check_vanban_participants(self):
        for event in self:
            if len(event.partner_ids) > MOST_PARTICIPANTS:
                raise ValidationError(self._get_too_many())

    # ---- create ----

    @api.model_create_multi
    def create(self, vals_list):
        # who the organiser is stands in the entry itself, not in its description
        here = self.with_context(skip_contact_description=True)
        vals_list = [here._vanban_prepare(vals) for vals in vals_list]
        events = super(CalendarEvent, here).create(vals_list).with_env(self.env)
        events._vanban_place()
        return events

    def _vanban_clean_new(self, vals):
        """Let a new entry name its level; what follows from actions is left out.

        :raise UserError: another agency than one's own
        """
        if self._vanban_is_in_action():
            return super()._vanban_clean_new(vals)
        # a client sends its empty fields as well: only a value given is refused
        vals = {
            name: value
            for name, value in vals.items()
            if value or not self._vanban_is_guarded(name)
        }
        company_id = to_id(vals.get("vanban_company_id")) or self.env.company.id
        if not self.env.su and company_id not in self.env.user._get_company_ids():
            raise UserError(self.env._("An entry is made in one's own agency."))
        return self._vanban_clean(vals)

    @api.model
    def _vanban_prepare(self, vals):
        """Return values in which who chairs takes part, so that the time is taken.

        :raise UserError: more participants than a meeting has
        """
        commands = vals.get("partner_ids") or []
        named = sum(
            len(command[2])
            if isinstance(command, list | tuple) and command[0] == 6
            else 1
            for command in commands
        )
        if named > MOST_PARTICIPANTS:
            raise UserError(self._get_too_many())
        chair_id = to_id(vals.get("vanban_chair_id"))
        if not chair_id:
            return vals
        # whose contact it is, is no secret to who may name the person
        partner = self.env["res.users"].sudo().browse(chair_id).partner_id
        if "partner_ids" not in vals and not self:
            commands = [Command.link(self.env.user.partner_id.id)]
        return {**vals, "partner_ids": [*commands, Command.link(partner.id)]}

    def _get_too_many(self):
        return self.env._(
            "An entry names at most %(most)s people: invite their units.",
            most=MOST_PARTICIPANTS,
        )

    # ---- words of a schedule ----

    def _vanban_span(self):
        """Return start and stop where the agency is; a day ends at the next one."""
        self.ensure_one()
        return self.vanban_company_id._vanban_span(self.start, self.stop, self.allday)

    def _vanban_when(self):
        """Return the time as people write it: ``08:00–09:30 thứ Hai, 02/03/2026``."""
        start, stop = self._vanban_span()
        if self.allday:
            return self.env._("all day, %(day)s", day=self._vanban_day(start))
        end = f"{stop:%H:%M}"
        if stop.date() != start.date():
            end = f"{end} {self._vanban_day(stop)}"
        return f"{start:%H:%M}–{end} {self._vanban_day(start)}"

    def _vanban_day(self, day):
        return format_date(self.env, day, date_format="EEEE, dd/MM/yyyy")

    def _vanban_where(self):
        return ", ".join(filter(None, (self.vanban_room_id.name, self.location)))
