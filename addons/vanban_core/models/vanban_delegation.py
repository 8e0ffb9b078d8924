from odoo import api, fields, models
from odoo.exceptions import ValidationError


class VanbanDelegation(models.Model):
    """Who may act for whom, from when to when (NĐ 30/2020 Điều 13).

    The delegate works under the own account; what is written names both (design §4.6).
    """

    _name = "vanban.delegation"
    _inherit = ["vanban.mixin", "mail.thread"]
    _description = "Delegation"
    _order = "date_from desc, id desc"

    delegator_id = fields.Many2one(
        "res.users", required=True, index=True, tracking=True, ondelete="restrict"
    )
    delegate_id = fields.Many2one(
        "res.users", required=True, index=True, tracking=True, ondelete="restrict"
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_to = fields.Date(string="Until (inclusive)", required=True, tracking=True)
    reference = fields.Char(
        string="Written delegation", help="Symbol and date of the document."
    )
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    active = fields.Boolean(default=True, tracking=True)

    _dates = models.Constraint(
        "CHECK (date_from <= date_to)", "A delegation ends on or after its first day."
    )
    _two_people = models.Constraint(
        "CHECK (delegator_id <> delegate_id)", "Nobody delegates to oneself."
    )

    @api.depends("delegator_id", "delegate_id")
    def _compute_display_name(self):
        for delegation in self:
            delegation.display_name = self.env._(
                "%(delegate)s for %(delegator)s",
                delegate=delegation.delegate_id.name or "",
                delegator=delegation.delegator_id.name or "",
            )

    @api.constrains("delegator_id", "delegate_id", "company_id")
    def _check_company(self):
        for delegation in self:
            people = delegation.delegator_id | delegation.delegate_id
            if any(
                delegation.company_id not in person.company_ids for person in people
            ):
                raise ValidationError(
                    self.env._("Both people of a delegation belong to its agency.")
                )
