from odoo import api, fields, models
from odoo.tools import SQL


class ResUsers(models.Model):
    _inherit = "res.users"

    # who the person is to a schedule now: never stored, read once in a request
    vanban_calendar_keys = fields.Json(
        compute="_compute_vanban_calendar_keys", groups=fields.NO_ACCESS
    )

    @api.depends(
        "company_ids",
        "employee_ids.active",
        "employee_ids.department_id",
        "vanban_delegation_ids.active",
        "vanban_delegation_ids.delegator_id",
        "vanban_delegation_ids.date_from",
        "vanban_delegation_ids.date_to",
    )
    def _compute_vanban_calendar_keys(self):
        """Tell whom one acts for, the units one belongs to, and the agencies.

        ``{"users": ids, "partners": ids of their contacts, "units": ids,
        "agencies": pairs of an agency and its contact}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.id,
                       ARRAY_AGG(who.user_id) FILTER (WHERE who.user_id > 0),
                       ARRAY_AGG(acting.partner_id) FILTER (WHERE who.user_id > 0),
                       ARRAY_AGG(who.department_id) FILTER (WHERE department_id > 0),
                       (SELECT JSON_AGG(ARRAY[agency.id, agency.partner_id])
                          FROM res_company_users_rel rel
                          JOIN res_company agency ON agency.id = rel.cid
                         WHERE rel.user_id = person.id)
                  FROM res_users person
                  LEFT JOIN %s member ON member.user_id = person.id
                  LEFT JOIN vanban_principal who ON who.id = member.principal_id
                  LEFT JOIN res_users acting ON acting.id = who.user_id
                 WHERE person.id = ANY(%s)
                 GROUP BY person.id
                """,
                self.env["vanban.principal.member"]._table_sql,
                self._origin.ids,
            )
        )
        names = ("users", "partners", "units", "agencies")
        keys = {
            id_: dict(zip(names, (part or [] for part in parts), strict=True))
            for id_, *parts in rows
        }
        for user in self:
            user.vanban_calendar_keys = keys.get(
                user._origin.id, {name: [] for name in names}
            )

    def _vanban_acting_as(self, group, company):
        """Return in whose right the person acts: oneself first, else a delegator.

        :param str group: XML id of the group that the act needs
        :return: a user of the agency with that group, or none
        """
        self.ensure_one()
        acting = self.browse(self.sudo().vanban_calendar_keys["users"]).sudo()
        found = acting.filtered(
            lambda user: company.id in user._get_company_ids() and user.has_group(group)
        )
        return self if self in found else found[:1].with_env(self.env)

    def _vanban_units(self):
        """Return the units that the person belongs to now, or is at the head of."""
        self.ensure_one()
        units = self.env["hr.department"].sudo()
        headed = units.search([("vanban_head_ids", "in", self.ids)])
        return self._vanban_unit() | headed
