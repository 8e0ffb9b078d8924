from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.vanban_core.models.vanban_document_access import PrincipalKeys

from ..const import RUNNING_PHASES


class VanbanTaskAssignment(models.Model):
    """Who sees an assignment and who acts on it.

    Three sides see it: who gave the task, who has it, and for a coordinating one the
    lead that it answers to. Other agencies of the same task see its name only.
    """

    _inherit = "vanban.task.assignment"

    handler_ids = fields.Many2many(
        "vanban.principal",
        "vanban_task_handler_rel",
        "assignment_id",
        "principal_id",
        string="Handled by",
        readonly=True,
        help="The units and people of the agency who are in the lead of it.",
    )
    viewer_ids = fields.Many2many(
        "vanban.principal",
        "vanban_task_viewer_rel",
        "assignment_id",
        "principal_id",
        string="Known to",
        readonly=True,
        help="Who coordinates inside the agency, or has it for information.",
    )
    principal_keys = PrincipalKeys(
        compute="_compute_principal_keys", store=True, exportable=False
    )
    lead_agency_id = fields.Many2one(
        related="lead_id.agency_id", string="Agency of the lead", store=True
    )
    is_visible = fields.Boolean(compute="_compute_can", search="_search_is_visible")
    is_executor = fields.Boolean(compute="_compute_can", search="_search_is_executor")
    is_reviewer = fields.Boolean(compute="_compute_can", search="_search_is_reviewer")
    can_accept = fields.Boolean(compute="_compute_can")
    can_report = fields.Boolean(compute="_compute_can")
    can_review = fields.Boolean(compute="_compute_can")
    can_extend = fields.Boolean(compute="_compute_can")
    can_request = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _named_idx = models.Index("USING gin (principal_keys) WITH (fastupdate = off)")
    # the same of what is in hand: a desk does not look through the archive
    _named_now_idx = models.Index(
        "USING gin (principal_keys) WITH (fastupdate = off)"
        " WHERE phase IN ('open', 'waiting') OR review_due IS NOT NULL"
    )

    @api.depends(
        "handler_ids", "viewer_ids", "task_id.principal_ids", "lead_id.handler_ids"
    )
    def _compute_principal_keys(self):
        for row in self.sudo():
            own = row.handler_ids | row.viewer_ids
            keys = own | row.task_id.principal_ids | row.lead_id.handler_ids
            row.principal_keys = sorted(keys.ids)

    @api.depends("phase")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can(self):
        found = {}
        for name in ("is_visible", "is_executor", "is_reviewer"):
            domain = Domain(name, "=", True) & Domain("id", "in", self.ids)
            found[name] = self.sudo().search(domain)
        for row in self:
            for name, rows in found.items():
                row[name] = row._origin in rows
            doing = row.phase == "open" and row.is_executor
            row.can_accept = doing and not row.accepted_date
            row.can_report = doing
            row.can_extend = doing and row.role == "lead"
            row.can_request = doing and row.role == "lead"
            row.can_review = row.phase == "waiting" and row.is_reviewer
            row.can_withdraw = row.phase in RUNNING_PHASES and row.is_reviewer

    # ---- search ----

    @api.model
    def _get_keys(self):
        """Return the ids of whom the user stands behind now."""
        return self.env.user.sudo().vanban_principal_keys or []

    def _get_key_domain(self):
        """Return the domain of what names the user, the unit or a delegator."""
        keys = self._get_keys()

        def to_sql(model, alias, query):
            field = model._field_to_sql(alias, "principal_keys", query)
            return SQL("%s && %s::int4[]", field, keys)

        return Domain.custom(to_sql=to_sql)

    def _search_is_visible(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        if self._is_desk_role():
            return Domain.custom(to_sql=self._get_desk_sql)
        # a draft is the assigning side's alone, whoever is named in it
        given = Domain("phase", "!=", "draft") | Domain(
            "company_id", "in", self.env.companies.ids
        )
        return self._get_key_domain() & given

    @api.model
    def _get_desk_sql(self, model, alias, query):
        """Return what clerks and office heads see: all of the agency, by its columns.

        Nearly all is open. So the array is asked last and in a way that tempts nobody
        to look into its index for the few rows that the columns leave.
        """
        names = ("company_id", "phase", "agency_id", "lead_agency_id", "principal_keys")
        return SQL(
            "(%(company_id)s = ANY(%(agencies)s) OR (%(phase)s IS DISTINCT FROM 'draft'"
            " AND (%(agency_id)s = ANY(%(agencies)s)"
            " OR %(lead_agency_id)s = ANY(%(agencies)s)"
            " OR (SELECT %(principal_keys)s && %(keys)s::int4[]))))",
            **{name: model._field_to_sql(alias, name, query) for name in names},
            agencies=self.env.companies.ids,
            keys=self._get_keys(),
        )

    def _search_is_executor(self, operator, value):
        """Find what the user carries out: for the agency, or as one of its handlers."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        had = Domain("phase", "!=", "draft")
        return had & Domain.OR(self._get_executor_domains())

    @api.model
    def _get_executor_domains(self):
        """Return by what the user carries something out."""
        domains = [Domain("handler_ids", "in", self._get_keys())]
        if self._is_desk_role():
            # a unit's task inside the agency is the unit's, not that of all the agency
            partners = self.env.companies.sudo().partner_id
            domains.insert(0, Domain("partner_id", "in", partners.ids))
        return domains

    def _search_is_reviewer(self, operator, value):
        """Find what the user confirms: the assigning side, or the lead's for others."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        answers = Domain("lead_id", "!=", False)
        given = Domain("company_id", "in", self.env.companies.ids)
        return (~answers & given & self._get_giver_domain()) | (
            answers & self._get_lead_domain()
        )

    def _get_giver_domain(self):
        """Return who follows what an agency of the user gave."""
        if self.env.user.has_group("vanban_core.group_office_head"):
            return Domain.TRUE
        keys = self._get_keys()

        def to_sql(model, alias, query):
            # asked row by row: all that a unit ever gave would else be read first
            return SQL(
                "(SELECT TRUE FROM vanban_task_principal_rel"
                " WHERE task_id = %s AND principal_id = ANY(%s::int4[]) LIMIT 1)",
                model._field_to_sql(alias, "task_id", query),
                keys,
            )

        return Domain.custom(to_sql=to_sql)

    def _get_lead_domain(self):
        """Return those to whose lead the user belongs."""
        lead = Domain("handler_ids", "in", self._get_keys())
        if self.env.user.has_group("vanban_core.group_office_head"):
            lead |= Domain("agency_id", "in", self.env.companies.ids) & Domain(
                "unit_id", "=", False
            )
        return Domain("lead_id", "any!", lead)

    # ---- checks of the actions ----

    def _check_act(self, side, phases, locked=True):
        """Refuse an action of somebody else, or one that comes too late.

        :param str side: ``is_executor``, ``is_reviewer``
        :param tuple phases: in which it is possible
        :param bool locked: hold the rows, so that of two at once the second one sees
            what the first one did
        """
        self._check_visible()
        if locked:
            self._vanban_lock()
            self.invalidate_recordset(["phase", "last_report_id"], flush=False)
        allowed = self.sudo().search(
            Domain("id", "in", self.ids) & Domain(side, "=", True)
        )
        for row in self:
            if row not in allowed:
                raise AccessError(row._get_side_sentence(side))
            if row.phase not in phases:
                raise UserError(
                    self.env._(
                        "“%(task)s” is %(state)s: this is not possible.",
                        task=row.task_id.display_name,
                        state=row._get_state_label().lower(),
                    )
                )

    def _get_side_sentence(self, side):
        if side == "is_executor":
            return self.env._("Only those who carry the task out can do this.")
        return self.env._("Only those who follow the task can do this.")

    def _get_state_label(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels.get(self.state, "")

    def _grant(self, name="handler_ids", users=None, units=None):
        """Open rows to people and units of the agency; nobody is ever taken off.

        :param str name: ``handler_ids`` or ``viewer_ids``
        """
        principals = self.env["vanban.principal"]._get_for(users, units)
        if principals:
            self._vanban_in_action().write(
                {name: [(4, principal.id) for principal in principals]}
            )
