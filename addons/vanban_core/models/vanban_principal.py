from odoo import api, fields, models
from odoo.tools import ormcache


class VanbanPrincipal(models.Model):
    """Whoever a document can be open to: a person or a unit.

    A document names its principals in one stored relation; who stands behind a
    principal today is read from :class:`VanbanPrincipalMember`, so that a person who
    left a unit, or whose delegation ended, sees nothing more at once.
    """

    _name = "vanban.principal"
    _description = "Person or unit"
    _order = "is_unit desc, name, id"

    name = fields.Char(compute="_compute_name", store=True, index="trigram")
    is_unit = fields.Boolean(compute="_compute_is_unit", store=True)
    user_id = fields.Many2one("res.users", ondelete="cascade", index=True)
    department_id = fields.Many2one(
        "hr.department", string="Unit", ondelete="cascade", index=True
    )
    member_ids = fields.One2many("vanban.principal.member", "principal_id")

    _user_uniq = models.Constraint("UNIQUE (user_id)", "One principal for each person.")
    _department_uniq = models.Constraint(
        "UNIQUE (department_id)", "One principal for each unit."
    )
    _one_kind = models.Constraint(
        "CHECK (num_nonnulls(user_id, department_id) = 1)",
        "A principal is either a person or a unit.",
    )

    @api.depends("user_id.name", "department_id.name")
    def _compute_name(self):
        for principal in self:
            principal.name = principal.department_id.name or principal.user_id.name

    @api.depends("department_id")
    def _compute_is_unit(self):
        for principal in self:
            principal.is_unit = bool(principal.department_id)

    @api.depends("name", "user_id", "department_id")
    def _compute_display_name(self):
        people = self.user_id._vanban_people()
        for principal in self:
            if principal.user_id:
                principal.display_name = self.env["vanban.routing"]._get_label(
                    people[principal.user_id]
                )
            else:
                principal.display_name = principal.name

    @api.model
    def _get_for(self, users=None, units=None):
        """Return the principals of people and units, made where missing."""
        principals = self.browse()
        for name, records in (("user_id", users), ("department_id", units)):
            if not records:
                continue
            missing = []
            for id_ in records.ids:
                try:
                    principals |= self.browse(self._get_id(name, id_))
                except KeyError:
                    missing.append({name: id_})
            if missing:
                principals |= self.sudo().create(missing)
        return principals.sudo()

    @api.model
    @ormcache("name", "id_")
    def _get_id(self, name, id_):
        """Return the id of a person's or a unit's principal, which never changes.

        :raise KeyError: there is none yet; nothing is kept of that
        """
        found = self.sudo().search([(name, "=", id_)], limit=1)
        if not found:
            raise KeyError(id_)
        return found.id

    @api.model_create_multi
    def create(self, vals_list):
        principals = super().create(vals_list)
        # marks the cache: what is kept from here on goes if this is rolled back
        self.env.registry.clear_cache()
        return principals

    @api.model
    def _create_missing(self):
        """Make the principals of all people and units (install)."""
        everyone = self.env["res.users"].with_context(active_test=False)
        self._get_for(everyone.search([("share", "=", False)]))
        units = self.env["hr.department"].with_context(active_test=False)
        self._get_for(units=units.search([("id", "!=", False)]))
