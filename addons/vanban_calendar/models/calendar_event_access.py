from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

HEADS = "vanban_core.group_office_head"
# who receives what is sent to an agency
DESKS = ("vanban_core.group_office_head", "vanban_core.group_clerk")

# what is kept beside the schedule, as long as the entry is prepared and followed
KEPT = frozenset({"vanban_attachment_ids", "vanban_document_ids", "vanban_check_ids"})


class CalendarEvent(models.Model):
    """Who sees an entry, and who changes it.

    ==========================  ====================================================
    entry                       seen by
    ==========================  ====================================================
    any                         who takes part, chairs, organises, prepares or entered
                                it, and who acts for one of them
    of the agency, published    the agency; if closed, only the units taking part
    of the agency, not yet      who arranges the schedule; heads of the unit that
                                prepares it
    of a unit                   the agency once published; the unit's people before
    of a person                 the agency, unless it is private
    with another agency in it   the office heads, clerks and leaders of that agency
    ==========================  ====================================================

    What is not seen is not there, in lists, counts, messages and files alike; that the
    time is taken is told by the week and by the search for clashes.

    What a schedule says is changed by who arranges it. Who entered it, or is of the
    unit that prepares it, goes on keeping its papers, replies and preparation.
    """

    _inherit = "calendar.event"

    vanban_is_visible = fields.Boolean(
        compute="_compute_vanban_access", search="_search_vanban_is_visible"
    )
    vanban_is_editable = fields.Boolean(
        compute="_compute_vanban_access", search="_search_vanban_is_editable"
    )
    vanban_is_kept = fields.Boolean(
        compute="_compute_vanban_access", search="_search_vanban_is_kept"
    )

    @api.depends(
        "vanban_level",
        "vanban_company_id",
        "vanban_unit_id",
        "vanban_unit_ids",
        "vanban_is_published",
        "vanban_is_closed",
        "vanban_state",
        "vanban_chair_id",
        "user_id",
        "partner_ids",
        "privacy",
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_vanban_access(self):
        for name in ("vanban_is_visible", "vanban_is_editable", "vanban_is_kept"):
            domain = Domain(name, "=", True) & Domain("id", "in", self._origin.ids)
            found = self.sudo().with_context(active_test=False).search(domain)
            for event in self:
                event[name] = event._origin in found

    def _search_vanban_is_visible(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        here = Domain("vanban_company_id", "in", self.env.companies.ids)
        units = self._vanban_get_keys()["units"]
        headed = self._vanban_headed(self.env.user.ids)
        my_unit = Domain("vanban_unit_id", "in", units)
        my_unit |= Domain("vanban_unit_id", "any!", headed)
        guest_unit = Domain("vanban_unit_ids", "in", units)
        guest_unit |= Domain("vanban_unit_ids", "any!", headed)
        agency = Domain("vanban_level", "=", "agency")
        unit = Domain("vanban_level", "=", "unit")
        published = Domain("vanban_is_published", "=", True)
        is_open = Domain("vanban_is_closed", "=", False)
        arranged = Domain("vanban_preparing_unit_id", "any!", self._vanban_headed())
        arranged |= Domain("vanban_company_id", "in", self._vanban_arranged().ids)
        person = Domain("vanban_level", "=", "person") & self._vanban_not_private()
        return self._vanban_mine() | (
            here
            & (
                person
                | (published & (is_open | guest_unit))
                | (unit & my_unit)
                | ((agency | unit) & arranged)
            )
        )

    def _vanban_mine(self):
        """Return what the user, or whom the user acts for, has a part in."""
        keys = self._vanban_get_keys()
        partners = keys["partners"]
        if any(self.env.user.has_group(group) for group in DESKS):
            # what another agency invites this one to
            here = self.env.companies.ids
            partners = partners + [own for id_, own in keys["agencies"] if id_ in here]
        told = Domain("vanban_level", "=", "person") | Domain(
            "vanban_is_published", "=", True
        )
        return (
            Domain("user_id", "in", keys["users"])
            | Domain("create_uid", "in", keys["users"])
            | Domain("vanban_check_ids", "any!", [("user_id", "in", keys["users"])])
            | (told & Domain("vanban_chair_id", "in", keys["users"]))
            | (told & Domain("partner_ids", "in", partners))
        )

    def _vanban_get_keys(self):
        """Return who the user is to a schedule, read once in a request."""
        return self.env.user.sudo().vanban_calendar_keys

    def _get_default_privacy_domain(self):
        """The rules hide what is private, in grouped lists as well."""
        return Domain.TRUE

    @api.model
    def _vanban_not_private(self):
        """Return what people show of their own calendars, by entry or by setting."""
        # what Odoo says, not what is said of it above
        # pylint: disable-next=super-method-mismatch
        return Domain(super()._get_default_privacy_domain())

    def _vanban_arranged(self):
        """Return the agencies whose schedule the user arranges."""
        user = self.env.user
        return self.env.companies.filtered(lambda c: user._vanban_acting_as(HEADS, c))

    def _vanban_headed(self, users=None):
        """Return a domain of the units at whose head somebody is.

        :param list users: ids; by default the user, and whom the user acts for
        """
        return Domain(
            "vanban_head_ids", "in", users or self._vanban_get_keys()["users"]
        )

    def _search_vanban_is_editable(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        acting = self._vanban_get_keys()["users"]
        own = Domain("user_id", "in", acting) | Domain("create_uid", "in", acting)
        waiting = Domain("vanban_state", "in", ("proposed", "refused", False))
        agency = Domain("vanban_level", "=", "agency")
        unit = Domain("vanban_level", "=", "unit")
        return (
            (Domain("vanban_level", "=", "person") & own)
            | (~Domain("vanban_level", "=", "person") & own & waiting)
            | (agency & Domain("vanban_company_id", "in", self._vanban_arranged().ids))
            | (unit & Domain("vanban_unit_id", "any!", self._vanban_headed()))
        )

    def _search_vanban_is_kept(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        acting = self.env.user._vanban_acting_users().ids
        units = self.env.user._vanban_units().ids
        prepared = Domain("vanban_preparing_unit_id", "in", units)
        return (
            Domain("user_id", "in", acting)
            | Domain("create_uid", "in", acting)
            | (prepared & self._search_vanban_is_visible(operator, value))
            | self._search_vanban_is_editable(operator, value)
        )

    def write(self, vals):
        """Leave to who only keeps an entry what is not shown in the schedule."""
        if not self.env.su and not vals.keys() <= KEPT:
            self.check_access("write")
            foreign = self.filtered(lambda event: not event.vanban_is_editable)
            if foreign:
                raise AccessError(
                    self.env._(
                        "“%(name)s” is changed by who arranges the schedule.",
                        name=foreign[0].name,
                    )
                )
        return super().write(vals)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Let a list of messages pass by the entries that are not seen.

        Odoo reads of each whether it is private, and would refuse the whole list.
        """
        needed = super(
            CalendarEvent, self.sudo()
        )._mail_get_operation_for_mail_message_operation(message_operation)
        return {event.with_env(self.env): need for event, need in needed.items()}

    def _compute_user_can_edit(self):
        """Let the form say what the server does."""
        for event in self:
            event.user_can_edit = not event._origin or event.vanban_is_editable

    def _check_private_event_conditions(self):
        """What the rules let through is read whole; they hide the rest."""
        return False
