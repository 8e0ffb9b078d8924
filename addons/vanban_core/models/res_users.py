from odoo import api, fields, models
from odoo.tools import SQL


class ResUsers(models.Model):
    _inherit = "res.users"

    vanban_delegation_ids = fields.One2many(
        "vanban.delegation",
        "delegate_id",
        context={"active_test": False},
        groups=fields.NO_ACCESS,
    )
    # who the person is to a document now: never stored, read once in a request
    vanban_principal_keys = fields.Json(
        compute="_compute_vanban_principal_keys", groups=fields.NO_ACCESS
    )

    @api.depends(
        "employee_ids.active",
        "employee_ids.department_id",
        "vanban_delegation_ids.active",
        "vanban_delegation_ids.delegator_id",
        "vanban_delegation_ids.date_from",
        "vanban_delegation_ids.date_to",
    )
    def _compute_vanban_principal_keys(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id, principal_id FROM %s WHERE user_id = ANY(%s)",
                self.env["vanban.principal.member"]._table_sql,
                self.ids,
            )
        )
        keys = {}
        for user_id, key in rows:
            keys.setdefault(user_id, []).append(key)
        for user in self:
            user.vanban_principal_keys = keys.get(user._origin.id, [])

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env["vanban.principal"]._get_for(users.filtered(lambda u: not u.share))
        return users

    def _vanban_acting_users(self):
        """Return whom this person may act for today: oneself and the delegators."""
        self.ensure_one()
        today = self.env.company._vanban_today()
        delegations = (
            self.env["vanban.delegation"]
            .sudo()  # one's own delegations, which a plain user may not list
            .search(
                [
                    ("delegate_id", "=", self.id),
                    ("date_from", "<=", today),
                    ("date_to", ">=", today),
                ]
            )
        )
        return self | delegations.delegator_id

    def _vanban_exist(self):
        """Do all of these work here, so that something can be given to them?"""
        return self.exists() == self and all(u.active and not u.share for u in self)

    def _vanban_person(self):
        """Return ``{"name", "title", "unit"}`` of the person as of today."""
        self.ensure_one()
        return self._vanban_people()[self]

    def _vanban_people(self):
        """Return ``{"name", "title", "unit"}`` of each person, as of today.

        What a paper shows of any colleague; the employee record itself is private.
        The employee is that of the agency one works in now, or else of one's own.
        """
        for name in ("res.users", "res.partner", "hr.employee", "hr.version", "hr.job"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.id, partner.name, version.department_id,
                       COALESCE(NULLIF(version.job_title, ''), %(job)s)
                  FROM res_users person
                  JOIN res_partner partner ON partner.id = person.partner_id
                  LEFT JOIN LATERAL (
                       SELECT current_version_id
                         FROM hr_employee
                        WHERE user_id = person.id AND active
                          AND company_id IN (%(company)s, person.company_id)
                        ORDER BY company_id = %(company)s DESC
                        LIMIT 1
                       ) employee ON TRUE
                  LEFT JOIN hr_version version ON version.id = current_version_id
                  LEFT JOIN hr_job job ON job.id = version.job_id
                 WHERE person.id = ANY(%(ids)s)
                """,
                job=self.env["hr.job"]._field_to_sql("job", "name"),
                company=self.env.company.id,
                ids=self._origin.ids,
            )
        )
        units = self.env["hr.department"].sudo()
        found = {
            id_: {"name": name, "title": title or "", "unit": units.browse(unit_id)}
            for id_, name, unit_id, title in rows
        }
        nobody = {"name": False, "title": "", "unit": units}
        return {user: found.get(user._origin.id, nobody) for user in self}

    def _vanban_unit(self):
        return self._vanban_person()["unit"]

    def _vanban_notify_desk(self):
        """Let the open desks of these people refresh themselves.

        Nothing is sent to who has no window open: each message is a connection of its
        own to the database, a tenth of the time of registering.
        """
        self.env["mail.presence"].flush_model(["user_id", "status"])
        here = self.env.execute_query(
            SQL(
                "SELECT user_id FROM mail_presence"
                " WHERE user_id = ANY(%s) AND status <> 'offline'",
                self.ids,
            )
        )
        users = self.browse(id_ for [id_] in here)
        for user in users.with_context(prefetch_fields=False):
            user._bus_send("vanban_core/desk", {})
