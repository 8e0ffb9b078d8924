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
        # what a paper shows of any colleague; the employee record itself is private
        plain = self.sudo()
        employee = (
            plain.employee_id
            or plain.employee_ids.filtered(lambda e: e.company_id == plain.company_id)[
                :1
            ]
        )
        return {
            "name": self.sudo().name,
            "title": employee.job_title or employee.job_id.name or "",
            "unit": employee.department_id,
        }

    def _vanban_unit(self):
        return self._vanban_person()["unit"]

    def _vanban_notify_desk(self):
        """Let the open desks of these people refresh themselves."""
        for user in self:
            user._bus_send("vanban_core/desk", {})
