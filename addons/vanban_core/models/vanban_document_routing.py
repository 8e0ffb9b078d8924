from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import ROUTING_ROLES
from ..tools.args import to_id


class VanbanDocument(models.Model):
    """Handing a document over (bút phê, phân công; NĐ 30/2020 Điều 23)."""

    _inherit = "vanban.document"

    def action_route(self, lines=None):
        """Hand documents over, to one or several at once.

        :param list lines: dicts with ``user_id`` or ``unit_id``, ``role`` (``lead``,
            ``coordinate``, ``inform``), ``direction_text``, ``deadline`` (UTC)
        :raise UserError: nobody in the lead, two in the lead, somebody twice, a
            deadline in the past, somebody outside the agency
        """
        self._check_can("route")
        lines = self._check_lines(lines)
        for document in self:
            document._route(lines)
        return True

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
        for company in self.company_id:
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

    def _route(self, lines):
        self.ensure_one()
        held = self._get_held_routing()
        new_lead = any(line["role"] == "lead" for line in lines)
        if not new_lead and held.role != "lead":
            raise UserError(self.env._("Name who is in the lead."))
        now_lead = (held.to_user_id.id or 0, held.to_unit_id.id or 0)
        if held.role == "lead" and any(
            (line["user_id"], line["unit_id"]) == now_lead
            for line in lines
            if line["role"] == "lead"
        ):
            raise UserError(self.env._("This receiver is in the lead already."))
        self.env["vanban.routing"]._hand_over(self, lines, parent=held)
        if new_lead:
            held._close("passed")
            deadline = lines[0]["deadline"]
            if deadline and (held.role == "direct" or not held or not self.deadline):
                self._vanban_in_action().write({"deadline": deadline})
        if self.state == "registered":
            self._set_state("processing")

    def action_mark_done(self, note=None):
        """End one's own coordinating part; the lead goes on.

        :raise UserError: nothing to coordinate waits for the user
        """
        note = self._check_text(note)
        self._check_visible()
        for document in self:
            part = document._get_held_routing(roles=("coordinate",))
            if not part:
                raise UserError(self.env._("No coordinating part of it waits for you."))
            part._close()
            if note:
                document.message_post(body=note)
        return True

    def action_open(self):
        """Record that the user saw what was handed over (HT-8.12, design §5)."""
        self._check_visible()
        acting = self.env.user
        unseen = self.sudo().routing_ids.filtered(lambda r: not r.seen_date)
        unseen._held_by(acting)._mark_seen()
        return True

    @api.readonly
    def get_way(self):
        """Return the way of one document, oldest first, for the tree on its form.

        :return: list of dicts, each a hand-over or a review with its ``parent`` id
        """
        self._check_visible()
        if len(self) != 1:
            raise UserError(self.env._("Choose one document."))
        rows = [row._to_way() for row in self.sudo().routing_ids]
        if self._can_see_reviews():
            rows += [row._to_way() for row in self.sudo().review_ids]
        return rows

    def _can_see_reviews(self):
        """Whoever sees a draft sees its way; after issue the same people do."""
        acting = self._acting_users()
        way = self.sudo().review_ids
        return bool(
            self.env.user.has_group("vanban_core.group_leader")
            or self.drafter_id in acting
            or (way.user_id | way.submitted_by_id) & acting
        )
