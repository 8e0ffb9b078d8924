from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import clean_context

from ..tools.invitation import is_invitation

# an entry that was left out or cancelled may be entered anew
LIVE = [("vanban_state", "not in", ("refused", "cancelled"))]


class VanbanDocument(models.Model):
    """An invitation becomes an entry of the schedule in one click (HT-9a)."""

    _inherit = "vanban.document"

    vanban_is_invitation = fields.Boolean(
        string="Invitation",
        compute="_compute_vanban_is_invitation",
        store=True,
        precompute=True,
    )
    vanban_needs_no_entry = fields.Boolean(
        string="Not for the schedule", readonly=True, copy=False
    )
    vanban_can_plan = fields.Boolean(compute="_compute_vanban_can_plan")
    vanban_has_entry = fields.Boolean(compute="_compute_vanban_can_plan")
    vanban_can_skip = fields.Boolean(compute="_compute_vanban_can_skip")

    _vanban_invitation_idx = models.Index(
        "(drafter_id) WHERE vanban_is_invitation IS TRUE"
    )

    # ---- computes ----

    @api.depends("document_type_id.name", "document_type_id.abbreviation", "subject")
    def _compute_vanban_is_invitation(self):
        for document in self:
            kind = document.document_type_id
            document.vanban_is_invitation = kind.abbreviation == "GM" or is_invitation(
                kind.name, document.subject
            )

    @api.depends("vanban_is_invitation", "is_open", "state", "company_id")
    @api.depends_context("uid")
    def _compute_vanban_can_plan(self):
        own = self.env.user._get_company_ids()
        planned = {paper.id for paper in self._vanban_get_entries().vanban_document_id}
        for document in self:
            document.vanban_has_entry = document._origin.id in planned
            document.vanban_can_plan = (
                document.vanban_is_invitation
                and document._vanban_is_plannable()
                and document.company_id.id in own
            )

    @api.depends("vanban_is_invitation", "state", "is_secret", "drafter_id")
    @api.depends_context("uid")
    def _compute_vanban_can_skip(self):
        for document in self:
            document.vanban_can_skip = (
                document.vanban_is_invitation
                and document.state == "issued"
                and not document.is_secret
                and document._is_drafter()
            )

    def _vanban_is_plannable(self):
        """Is it in a register, neither secret nor recalled?"""
        return self.is_open and self.state != "recalled"

    def _vanban_get_entries(self):
        """Return the entries made from these, as superuser: who sees them is asked."""
        domain = Domain("vanban_document_id", "in", self._origin.ids) & Domain(LIVE)
        return self.env["calendar.event"].sudo().search(domain)

    # ---- the drafter's list ----

    @api.model
    def _get_queue_domains(self):
        acting = self.env.user._vanban_acting_users().ids
        unplanned = (
            Domain("vanban_is_invitation", "=", True)
            & Domain("direction", "=", "outgoing")
            & Domain("state", "=", "issued")
            & Domain("is_secret", "=", False)
            & Domain("drafter_id", "in", acting)
            & Domain("vanban_needs_no_entry", "=", False)
            & Domain.custom(to_sql=self._get_unplanned_sql)
        )
        return {**super()._get_queue_domains(), "invitation_unplanned": unplanned}

    @api.model
    def _get_unplanned_sql(self, model, alias, query):
        """Return that nobody entered it; what was left out was decided on as well."""
        model.env["calendar.event"].flush_model(["vanban_document_id", "active"])
        return SQL(
            "NOT EXISTS (SELECT FROM calendar_event"
            " WHERE vanban_document_id = %s AND active)",
            model._field_to_sql(alias, "id", query),
        )

    # ---- actions ----

    def action_vanban_to_calendar(self):
        """Open the entry of an invitation, made from its text at the first click.

        It is proposed; what the text does not say clearly is to be looked at first.

        :return: the action that opens the entry; its ``res_id`` is the entry
        :raise AccessError: the document is not open to the user, or no entry may be
            made
        :raise UserError: no invitation, secret, recalled or not in a register
        """
        self.ensure_one()
        self._check_visible()
        self.env["calendar.event"].check_access("create")
        self._check_plannable()
        # whoever presses at the same time waits, and opens this entry
        self.sudo().lock_for_update()
        entry = self._vanban_get_entries()[:1]
        if not entry:
            context = {
                name: value
                for name, value in clean_context(self.env.context).items()
                # Odoo would make it a meeting about the document
                if not name.startswith("active_")
            }
            Event = self.env(context=context)["calendar.event"]
            entry = Event._vanban_in_action().create(self._prepare_entry_vals())
            self._vanban_notify_drafter()
        return self._open_entry(entry.with_env(self.env))

    def _check_plannable(self):
        """:raise UserError: says why no entry is made from it"""
        if self.is_secret:
            raise UserError(
                self.env._("What a secret document says does not go into a schedule.")
            )
        if not self.vanban_is_invitation:
            raise UserError(
                self.env._("“%(name)s” invites to no meeting.", name=self.display_name)
            )
        if not self._vanban_is_plannable():
            raise UserError(
                self.env._(
                    "An entry is made from an invitation that is registered or issued, "
                    "and not recalled."
                )
            )
        if not self.env.su and (
            self.company_id.id not in self.env.user._get_company_ids()
        ):
            raise UserError(self.env._("An entry is made in one's own agency."))

    def _open_entry(self, entry):
        """:raise UserError: it exists and is not open to the user"""
        if not entry.has_access("read"):
            raise UserError(
                self.env._(
                    "The invitation is in the schedule already; its entry is open to "
                    "you once the week is published."
                )
            )
        view = self.env.ref("vanban_calendar.calendar_event_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": entry._name,
            "res_id": entry.id,
            "views": [[view.id, "form"]],
            "target": "current",
        }

    def action_vanban_skip_calendar(self):
        """Take issued invitations off the drafter's list without an entry.

        :raise AccessError: somebody else's
        """
        return self._set_needs_no_entry(True)

    def action_vanban_undo_skip_calendar(self):
        """Put invitations back on the drafter's list.

        :raise AccessError: somebody else's
        """
        return self._set_needs_no_entry(False)

    def _set_needs_no_entry(self, value):
        self._check_visible()
        if not all(document.vanban_can_skip for document in self):
            raise AccessError(
                self.env._(
                    "Whether an issued invitation goes into the schedule is for its "
                    "drafter to say."
                )
            )
        self._vanban_in_action().write({"vanban_needs_no_entry": value})
        self._vanban_notify_drafter()
        return True

    def _vanban_notify_drafter(self):
        self.sudo().drafter_id._vanban_notify_desk()

    def _vanban_is_guarded(self, name):
        return name == "vanban_needs_no_entry" or super()._vanban_is_guarded(name)
