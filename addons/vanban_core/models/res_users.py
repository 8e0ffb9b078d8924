from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

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

    def _vanban_person(self):
        """Return ``{"name", "title", "unit"}`` of the person as of today."""
        self.ensure_one()
        # what a paper shows of any colleague; the employee record itself is private
        employee = self.sudo().employee_id
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
