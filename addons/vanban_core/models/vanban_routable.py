from odoo import fields, models
from odoo.exceptions import UserError

from ..const import ROUTING_ROLES
from ..tools.args import to_id


class VanbanRoutable(models.AbstractModel):
    """What can be handed over, to one in the lead and to others beside.

    A model that inherits it has rows of a model that inherits ``vanban.handover``.
    """

    _name = "vanban.routable"
    _description = "Handed over to people and units"

    def _prepare_handover_vals(self):
        """Return what a row says of what is handed over; a hook."""
        raise TypeError(self._name)

    def _open_to(self, rows, people):
        """Open it to those who receive it by these rows; a hook.

        :param dict people: :meth:`res.users._vanban_people` of the users
        """
        raise TypeError(self._name)

    def _get_handover_companies(self):
        """Return the agencies within which it is handed over; a hook."""
        return self.company_id

    def _check_text(self, value):
        """Refuse an opinion or a note that is no text.

        :return: the text, or False where there is none
        """
        if value and not isinstance(value, str):
            raise UserError(self.env._("An opinion is a text."))
        return value or False

    def _check_lines(self, lines):
        """Return well-formed lines, the lead first."""
        try:
            lines = [
                {
                    "user_id": to_id(line.get("user_id")),
                    "unit_id": to_id(line.get("unit_id")),
                    "role": str(line["role"]),
                    "direction_text": self._check_text(line.get("direction_text")),
                    "deadline": fields.Datetime.to_datetime(line.get("deadline")),
                }
                for line in lines or []
            ]
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise UserError(
                self.env._("Name for each line a person or a unit, and its role.")
            ) from error
        roles = [line["role"] for line in lines]
        if set(roles) - (dict(ROUTING_ROLES).keys() - {"direct"}):
            raise UserError(
                self.env._("Name for each line a person or a unit, and its role.")
            )
        if roles.count("lead") > 1:
            raise UserError(self.env._("Only one can be in the lead."))
        self._check_receivers(lines)
        now = fields.Datetime.now()
        if any(line["deadline"] and line["deadline"] < now for line in lines):
            raise UserError(self.env._("The deadline is in the past."))
        return sorted(lines, key=lambda line: line["role"] != "lead")

    def _check_receivers(self, lines):
        receivers = [(line["user_id"], line["unit_id"]) for line in lines]
        if not lines or any(bool(user) == bool(unit) for user, unit in receivers):
            raise UserError(
                self.env._("Name for each line a person or a unit, and its role.")
            )
        if len(set(receivers)) != len(receivers):
            raise UserError(self.env._("Each receiver is named once."))
        # to whom a document may go is not a matter of what the sender may read
        users = self.env["res.users"].sudo().browse(u for u, _ in receivers if u)
        units = self.env["hr.department"].sudo().browse(u for _, u in receivers if u)
        if not users._vanban_exist() or units.exists() != units:
            raise UserError(self.env._("Such a receiver does not exist."))
        for company in self._get_handover_companies():
            outside = users.filtered(
                lambda u, company=company: company not in u.company_ids
            )
            names = outside.mapped("name") + units.filtered(
                lambda u, company=company: u.company_id and u.company_id != company
            ).mapped("name")
            if names:
                raise UserError(
                    self.env._("%(name)s is not of this agency.", name=names[0])
                )
            headless = units.filtered(lambda u: not u.vanban_head_ids)
            if headless:
                raise UserError(
                    self.env._(
                        "%(unit)s has no head to receive it yet.", unit=headless[0].name
                    )
                )
