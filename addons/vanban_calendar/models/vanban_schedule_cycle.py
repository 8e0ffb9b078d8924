from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..const import SCHEDULE_TRANSITIONS

_MOST_LINES = 20


class VanbanSchedule(models.Model):
    """The cycle of a week: arranged, put before the leader, approved, published.

    The schedule of an agency is approved by its leader (20/2007/QĐ-UBND Điều 6.2a); a
    unit's head arranges and publishes that of the unit.
    """

    _inherit = "vanban.schedule"

    can_arrange = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_publish = fields.Boolean(compute="_compute_can")
    proposal_count = fields.Integer(
        string="Proposals to decide on", compute="_compute_proposal_count"
    )

    @api.depends("state", "company_id", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for schedule in self:
            rights = self._get_rights(
                schedule.state,
                schedule.unit_id,
                bool(schedule._get_own_arranger()),
                bool(schedule._get_approver()),
            )
            for name in ("can_arrange", "can_submit", "can_approve", "can_publish"):
                schedule[name] = rights[name]

    @api.model
    def _get_rights(self, state, unit, arranges, approves):
        """Return what somebody may do with a week that is in a state."""
        return {
            "can_arrange": arranges,
            "can_submit": arranges and not unit and state == "draft",
            "can_approve": approves and state == "submitted",
            "can_publish": arranges and state == ("draft" if unit else "approved"),
            "can_reopen": arranges and not unit and state in ("submitted", "approved"),
        }

    @api.depends("event_ids.vanban_state")
    def _compute_proposal_count(self):
        groups = (
            self.env["calendar.event"]
            .sudo()
            ._read_group(
                Domain("vanban_schedule_id", "in", self.ids)
                & Domain("vanban_state", "=", "proposed"),
                ["vanban_schedule_id"],
                ["__count"],
            )
        )
        counts = {schedule.id: count for schedule, count in groups}
        for schedule in self:
            schedule.proposal_count = counts.get(schedule.id, 0)

    def _get_own_arranger(self):
        return self._get_arranger(self.company_id.sudo(), self.unit_id.sudo())

    def _get_approver(self):
        user = self.env.user
        return user._vanban_acting_as("vanban_core.group_leader", self.company_id)

    # ---- actions ----

    def action_submit(self, revision=None):
        """Put an arranged week before the leader.

        :param int revision: of the week as it was read; none: as it is now
        :raise AccessError: somebody else arranges it
        :raise UserError: proposals are not decided on, a leader is in two places, or
            the week is empty or further already
        """
        self._check_turn(self._get_own_arranger(), revision)
        if self.unit_id:
            raise UserError(self.env._("The head of a unit publishes its schedule."))
        self._check_complete()
        self._set_state(
            "submitted",
            submitted_date=fields.Datetime.now(),
            submitted_by_id=self.env.uid,
            return_reason=False,
        )
        self._tell_approvers()
        return True

    def action_approve(self, revision=None):
        """Approve the week as it was read.

        :param int revision: of the week as it was read; it has to be named
        :raise AccessError: not a leader of the agency
        :raise UserError: the week changed meanwhile: every change is told
        """
        if type(revision) is not int:
            raise UserError(self.env._("Open the schedule, read it, then approve it."))
        approver = self._get_approver()
        self._check_turn(approver, revision)
        self._set_state(
            "approved",
            approved_date=fields.Datetime.now(),
            approved_by_id=self.env.uid,
            approved_revision=self.revision,
            approved_label=self._get_label(approver),
        )
        self._end_activities()
        self._notify_arrangers(self.env._("The schedule is approved: publish it."))
        return True

    def action_send_back(self, reason=None):
        """Give a week back to who arranges it, saying why.

        :raise AccessError: not a leader of the agency
        :raise UserError: no reason, or nothing was submitted
        """
        self._check_turn(self._get_approver(), None)
        if self.state != "submitted":
            raise UserError(self._get_state_sentence())
        reason = self.env["calendar.event"]._vanban_read_reason(reason)
        self._set_state("draft", return_reason=reason)
        self._end_activities()
        self._notify_arrangers(
            self.env._("The schedule came back: %(reason)s", reason=reason)
        )
        return True

    def action_reopen(self):
        """Take back a week that was submitted or approved, to arrange it anew.

        :raise AccessError: somebody else arranges it
        :raise UserError: it is published: single entries are changed then
        """
        self._check_turn(self._get_own_arranger(), None)
        self._set_state("draft", approved_date=False, approved_by_id=False)
        self._end_activities()
        return True

    def action_publish(self, revision=None):
        """Publish the week: everyone sees it, who takes part is told.

        :param int revision: of the week as it was read; none: as it is now
        :raise AccessError: somebody else arranges it
        :raise UserError: not approved, changed since, or published already
        """
        self._check_turn(self._get_own_arranger(), revision)
        if self.unit_id:
            self._check_complete()
        elif self.state == "draft":
            raise UserError(self.env._("The leader has not approved it yet."))
        else:
            self._check_approved()
        self._set_state(
            "published",
            published_date=fields.Datetime.now(),
            published_by_id=self.env.uid,
        )
        self._tell_published()
        return True

    # ---- checks ----

    def _check_turn(self, actor, revision):
        """Lock the week, refuse who may not, and what is not what was read."""
        self.ensure_one()
        self.check_access("read")
        if not actor:
            raise AccessError(
                self.env._(
                    "“%(schedule)s” is not yours to decide.", schedule=self.display_name
                )
            )
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state", "revision"])
        if revision is not None and revision != self.revision:
            raise UserError(self._get_changes_sentence(revision))

    def _get_changes_sentence(self, revision):
        known = revision if type(revision) is int else -1
        changes = self.sudo().change_ids.filtered(lambda c: c.revision > known)
        lines = [f"– {change._get_line()}" for change in changes[:_MOST_LINES][::-1]]
        if len(changes) > _MOST_LINES:
            lines.append(self.env._("… and %(n)s more", n=len(changes) - _MOST_LINES))
        return "\n".join(
            [self.env._("The schedule changed meanwhile, read it again:"), *lines]
        )

    def _check_approved(self):
        """Refuse a week in which something changed after the approval."""
        changes = self.sudo().change_ids.filtered(
            lambda change: change.revision > self.approved_revision
        )
        if self.state == "approved" and changes:
            head = self.env._("It changed after it was approved: submit it again.")
            lines = [f"– {change._get_line()}" for change in changes[:_MOST_LINES]]
            raise UserError("\n".join([head, *lines]))

    def _check_complete(self):
        """Refuse an empty week, open proposals and leaders in two places."""
        if self.state != "draft":
            raise UserError(self._get_state_sentence())
        events = self.sudo().event_ids
        gaps = []
        if not events.filtered(lambda e: e.vanban_state == "accepted"):
            gaps.append(self.env._("The schedule has no entry yet."))
        if self.proposal_count:
            gaps.append(
                self.env._(
                    "%(count)s proposals wait: take each of them or not.",
                    count=self.proposal_count,
                )
            )
        gaps += events._vanban_get_double_bookings(self)
        if gaps:
            raise UserError("\n".join(gaps))

    def _set_state(self, target, **values):
        if target not in SCHEDULE_TRANSITIONS[self.state]:
            raise UserError(self._get_state_sentence())
        self._vanban_in_action().write({"state": target, **values})
        self._tell_weeks({(self.company_id, self.date_from)})

    def _get_state_sentence(self):
        if self.state == "published":
            return self.env._(
                "“%(schedule)s” is published already, by %(who)s.",
                schedule=self.display_name,
                who=self.sudo().published_by_id.name,
            )
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "“%(schedule)s” is in state “%(state)s”.",
            schedule=self.display_name,
            state=labels[self.state],
        )

    def _get_label(self, actor):
        """Return who acted, and for whom."""
        routing = self.env["vanban.routing"]
        label = routing._get_label(actor._vanban_person())
        if actor == self.env.user:
            return label
        return self.env._("%(who)s for %(whom)s", who=self.env.user.name, whom=label)
