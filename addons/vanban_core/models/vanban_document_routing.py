from odoo import api, models
from odoo.exceptions import UserError


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

    def _prepare_handover_vals(self):
        return {"document_id": self.id}

    def _open_to(self, rows, people):
        users, units = rows.to_user_id, rows.to_unit_id
        if not self.is_secret and self.direction == "incoming":
            # people of a unit follow what was routed to a colleague
            units = units.union(*(people[user]["unit"] for user in users))
        self._grant(users=users, units=units)

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
