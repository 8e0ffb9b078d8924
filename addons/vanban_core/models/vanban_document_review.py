from odoo import fields, models
from odoo.exceptions import UserError

from ..const import REVIEW_KINDS
from ..tools.args import to_id


class VanbanDocument(models.Model):
    """The way of a draft: opinions, approvals, signature (NĐ 30/2020 Điều 10-13)."""

    _inherit = "vanban.document"

    review_ids = fields.One2many("vanban.review", "document_id", readonly=True)
    review_round = fields.Integer(
        string="Times submitted", readonly=True, copy=False, aggregator=None
    )

    def action_submit(self, steps=None):
        """Send a draft on its way.

        :param list steps: dicts with ``user_id`` and ``kind`` (a key of
            ``const.REVIEW_KINDS``). Opinions are asked for together and first, then
            the approvers decide one after the other, in the order given.
        :raise UserError: no approver, somebody twice, somebody outside the agency
        """
        self._check_can("submit")
        steps = self._check_steps(steps)
        for document in self:
            turn = document.review_round + 1
            document._set_state("review", review_round=turn)
            document._plan_steps(steps, turn)
            document._start_next_steps()
        return True

    def _get_submit_gaps(self):
        gaps = self._get_missing(["document_type_id", "subject"])
        if not self.sudo().file_ids.filtered(lambda f: f.role == "draft"):
            gaps.append(self.env._("Attach the file of the draft."))
        elif self.review_round and not self._has_new_version():
            gaps.append(
                self.env._("The draft was sent back: attach a new version first.")
            )
        return gaps

    def _has_new_version(self):
        seen = self.sudo().review_ids.filtered(lambda r: r.state != "planned").file_id
        return bool(self.sudo()._get_draft_file() - seen)

    def _get_draft_file(self):
        """Return the newest version of the draft."""
        drafts = self.file_ids.filtered(lambda f: f.role == "draft")
        return drafts.sorted("version")[-1:]

    def _check_steps(self, steps):
        """Return well-formed steps: opinions first, then approvals in order."""
        kinds = dict(REVIEW_KINDS)
        try:
            steps = [
                {
                    "user_id": to_id(step["user_id"]),
                    "kind": str(step.get("kind", "approve")),
                }
                for step in steps or []
            ]
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise UserError(self.env._("Name a person for each step.")) from error
        people = self.env["res.users"].sudo().browse(s["user_id"] for s in steps)
        if not people._vanban_exist() or any(s["kind"] not in kinds for s in steps):
            raise UserError(self.env._("Name a person for each step."))
        if len(set(people)) != len(steps):
            raise UserError(self.env._("Each person stands once on the way."))
        if not any(step["kind"] != "opinion" for step in steps):
            raise UserError(self.env._("Name who approves the draft."))
        outside = people.filtered(lambda u: self.company_id - u.company_ids)
        if outside:
            raise UserError(
                self.env._("%(name)s is not of this agency.", name=outside[0].name)
            )
        return sorted(steps, key=lambda step: step["kind"] != "opinion")

    def _plan_steps(self, steps, turn):
        """Write the steps of one round; opinions share the first place."""
        draft = self.sudo()._get_draft_file()
        vals_list, place = [], 0
        for step in steps:
            if step["kind"] != "opinion" or not vals_list:
                place += 1
            vals_list.append(
                {
                    **step,
                    "document_id": self.id,
                    "round": turn,
                    "sequence": place,
                    "file_id": draft.id,
                    "submitted_by_id": self.drafter_id.id,
                }
            )
        self.env["vanban.review"]._plan(vals_list)

    def _start_next_steps(self):
        """Ask the next in line; when nobody is left, the draft is approved."""
        self.ensure_one()
        steps = self._get_all("vanban.review").filtered(
            lambda r: r.round == self.review_round
        )
        if steps.filtered(lambda r: r.state == "waiting"):
            return
        planned = steps.filtered(lambda r: r.state == "planned")
        if not planned:
            self._set_state("approved", approved_date=fields.Datetime.now())
            self._get_all("vanban.document.file")._keep_inside()
            return
        first = min(planned.mapped("sequence"))
        due = planned.filtered(lambda r: r.sequence == first)
        due._ask()
        self._grant(users=due.user_id)

    def action_approve(self, opinion=None):
        """Agree, with or without an opinion; the next in line is asked.

        The signer's approval makes the draft *approved*: all but the number.
        """
        self._check_can("approve")
        opinion = self._check_text(opinion)
        for document in self:
            review = document._get_current_review()
            review._decide("agreed", opinion)
            if review.kind == "sign":
                person = review.user_id._vanban_person()
                document._vanban_in_action().write(
                    {
                        "signer_id": review.user_id.id,
                        "signer_name": person["name"],
                        "signer_title": person["title"],
                    }
                )
            document._start_next_steps()
        return True

    def action_send_back(self, opinion=None):
        """Give a draft back to its drafter with an opinion (BS-7.1k).

        :raise UserError: without an opinion
        """
        self._check_can("send_back")
        self._check_given(opinion, self.env._("Say what is to be changed."))
        for document in self:
            document._get_current_review()._decide("sent_back", opinion)
            document._drop_open_reviews()
            document._set_state("draft")
            document.drafter_id._vanban_notify_desk()
        return True

    def action_forward(self, user=None, opinion=None):
        """Let somebody else decide in one's place.

        :param int user: id of the person
        """
        self._check_can("forward")
        opinion = self._check_text(opinion)
        person = self.env["res.users"].sudo().browse(to_id(user)).exists()
        known = person and person._vanban_exist()
        if not known or self.company_id - person.company_ids:
            raise UserError(self.env._("Name a person of the agency."))
        for document in self:
            review = document._get_current_review()
            if person == review.user_id:
                raise UserError(self.env._("The draft is with this person already."))
            review._decide("forwarded", opinion)
            successor = review._plan(
                [
                    {
                        "user_id": person.id,
                        "kind": review.kind,
                        "document_id": document.id,
                        "round": review.round,
                        "sequence": review.sequence,
                        "file_id": review.file_id.id,
                        "submitted_by_id": review.user_id.id,
                    }
                ]
            )
            successor._ask()
            document._grant(users=person)
        return True

    def _drop_open_reviews(self):
        self._get_all("vanban.review").filtered(
            lambda r: r.state in ("planned", "waiting")
        )._drop()
