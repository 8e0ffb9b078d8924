from odoo import api, fields, models
from odoo.exceptions import UserError

QUICK_DEADLINES = [
    ("none", "No deadline"),
    ("document", "As the document"),
    ("0", "Today"),
    ("1", "1 working day"),
    ("3", "3 working days"),
    ("5", "5 working days"),
    ("10", "10 working days"),
    ("other", "Another moment"),
]


class VanbanRoute(models.AbstractModel):
    """One dialog to hand something over (bút phê, phân công).

    A dialog that inherits it has ``company_id``, ``coordinate_ids`` and ``inform_ids``
    (principals), and says what the present deadline is.
    """

    _name = "vanban.route"
    _description = "Hand over"

    lead_id = fields.Many2one("vanban.principal", string="In the lead")
    direction_text = fields.Text(string="Directions given")
    quick_deadline = fields.Selection(
        QUICK_DEADLINES, string="To be done in", default="document", required=True
    )
    deadline = fields.Datetime(compute="_compute_deadline", store=True, readonly=False)

    @api.depends("quick_deadline")
    def _compute_deadline(self):
        for wizard in self:
            wizard.deadline = wizard._get_deadline()

    def _get_deadline(self):
        choice, company = self.quick_deadline, self.company_id
        if choice == "document":
            return self._get_present_deadline()
        if choice == "0":
            return company._vanban_end_of_today()
        if choice in ("1", "3", "5", "10"):
            return company._vanban_deadline(int(choice))
        return self.deadline if choice == "other" else False

    def _get_present_deadline(self):
        """Return the deadline of what is handed over; a hook."""
        return False

    def _get_lines(self):
        """Return the lines for ``action_route``.

        :raise UserError: somebody named twice
        """
        self.ensure_one()
        chosen = self.lead_id | self.coordinate_ids | self.inform_ids
        if len(chosen) != len(self.lead_id + self.coordinate_ids + self.inform_ids):
            raise UserError(self.env._("Each receiver is named once."))
        return [
            {
                "user_id": principal.user_id.id,
                "unit_id": principal.department_id.id,
                "role": role,
                "direction_text": self.direction_text,
                "deadline": self.deadline if role != "inform" else False,
            }
            for role, principals in (
                ("lead", self.lead_id),
                ("coordinate", self.coordinate_ids),
                ("inform", self.inform_ids),
            )
            for principal in principals
        ]
