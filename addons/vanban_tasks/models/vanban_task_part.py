from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.vanban_core.models.vanban_document_access import Found

# a longer list is counted apart
MOST_COUNTED = 10_001


class VanbanTaskVisible(models.AbstractModel):
    """What is open to whom is asked of the database anew by each query.

    A rule's domain is kept per user, so it says ``is_visible`` and nothing of units or
    delegations (docs/decisions.md, Access).
    """

    _name = "vanban.task.visible"
    _inherit = ["vanban.mixin"]
    _description = "Open to some people"

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        """Find the rows of a page and count on in one walk, which indexes alone serve.

        The rules, which have just found the rows, are not asked for them again.
        """
        if self.env.su or not limit or not 0 < (count_limit or 0) <= MOST_COUNTED:
            return super().web_search_read(
                domain, specification, offset, limit, order, count_limit
            )
        span = max(limit, count_limit - offset)
        found = self.search(domain, offset=offset, limit=span, order=order)
        if not found:
            return {"length": 0, "records": []}
        page = found[:limit].with_prefetch()
        names = self._determine_fields_to_fetch(specification.keys())
        page._fetch_query(page._as_query(ordered=False), names)
        page = page.with_context(vanban_found=Found.of(page))
        return {
            "length": offset + len(found),
            "records": page.web_read(specification),
        }

    def _check_access(self, operation):
        """Ask the database, as a list does: one query, and nothing read stale."""
        denied = super(VanbanTaskVisible, self.browse())._check_access(operation)
        if denied:
            return self, denied[1]
        ids = [id_ for id_ in self._ids if id_]
        domain = self.env["ir.rule"]._compute_domain(self._name, operation)
        if self.env.su or not ids or domain.is_true():
            return None
        proof = self.env.context.get("vanban_found")
        if operation == "read" and isinstance(proof, Found) and proof.covers(self):
            return None
        plain = self.sudo().with_context(active_test=False)
        allowed = self.browse(plain._search(domain & Domain("id", "in", ids)))
        forbidden = self.browse(ids) - allowed
        if not forbidden:
            return None
        return forbidden, self._make_closed_error

    def _make_closed_error(self):
        return AccessError(self.env._("This task is not open to you."))

    def _check_visible(self):
        """Refuse an action on what the user does not see.

        :raise UserError: nothing chosen
        :raise AccessError: in one sentence, without saying what it is
        """
        if not self:
            raise UserError(self.env._("Choose a task first."))
        if (
            any(type(id_) is not int for id_ in self._ids)
            or self._filtered_access("read") != self
        ):
            raise self._make_closed_error()

    @api.model
    def _is_desk_role(self):
        """Does the user see all tasks of the agency by the post held there?"""
        user = self.env.user
        return user.has_group("vanban_core.group_clerk") or user.has_group(
            "vanban_core.group_office_head"
        )

    def copy_data(self, default=None):
        """Refuse: what was given, reported and decided is history."""
        if self:
            raise UserError(self.env._("A task is not copied: enter a new one."))
        return super().copy_data(default)


class VanbanTaskPart(models.AbstractModel):
    """A row of an assignment's history: as visible as it, never edited or deleted."""

    _name = "vanban.task.part"
    _inherit = ["vanban.mixin"]
    _description = "Part of an assignment"
    _guarded_fields = None

    def _get_part_domain(self):
        """Return what narrows the rows beyond the right to see the assignment."""
        return Domain.TRUE

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = (
                Domain(domain)
                & Domain("assignment_id", "any", Domain.TRUE)
                & self._get_part_domain()
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        forbidden = self - self.browse(self._search([("id", "in", self.ids)]))
        if not forbidden:
            return result
        if result:
            forbidden |= result[0]
        return forbidden, forbidden._make_closed_error

    def _make_closed_error(self):
        return AccessError(self.env._("This task is not open to you."))

    def _check_visible(self):
        if not self:
            raise UserError(self.env._("Choose a line first."))
        if (
            any(type(id_) is not int for id_ in self._ids)
            or self._filtered_access("read") != self
        ):
            raise self._make_closed_error()

    @api.ondelete(at_uninstall=True)
    def _unlink_except_always(self):
        if self._vanban_is_uninstalling():
            return
        raise UserError(self.env._("The history of a task is never deleted."))
