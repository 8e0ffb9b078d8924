from odoo import fields, models, tools


class VanbanPrincipalMember(models.Model):
    """Who stands behind a principal now: oneself, the unit's people, a delegate."""

    _name = "vanban.principal.member"
    _description = "Person behind a principal"
    _auto = False
    _log_access = False
    _depends = {
        "vanban.principal": ["user_id", "department_id"],
        "hr.employee": ["user_id", "active", "current_version_id"],
        "hr.version": ["department_id"],
        "vanban.delegation": ["delegator_id", "delegate_id", "date_from", "date_to"],
    }

    principal_id = fields.Many2one("vanban.principal", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            """
            CREATE VIEW vanban_principal_member AS
            WITH today AS (
                SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
            )
            SELECT id::bigint * 1000000 + user_id AS id, id AS principal_id, user_id
              FROM vanban_principal
             WHERE user_id IS NOT NULL
             UNION
            SELECT principal.id::bigint * 1000000 + employee.user_id,
                   principal.id, employee.user_id
              FROM vanban_principal principal
              JOIN hr_version version
                ON version.department_id = principal.department_id
              JOIN hr_employee employee
                ON employee.current_version_id = version.id
             WHERE employee.active AND employee.user_id IS NOT NULL
             UNION
            SELECT principal.id::bigint * 1000000 + delegation.delegate_id,
                   principal.id, delegation.delegate_id
              FROM vanban_principal principal
              JOIN vanban_delegation delegation
                ON delegation.delegator_id = principal.user_id
              JOIN today ON today.day BETWEEN delegation.date_from
                                          AND delegation.date_to
             WHERE delegation.active
            """
        )
