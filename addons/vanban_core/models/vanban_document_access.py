from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..const import DRAFT_STATES, OPEN_STATES, TO_HANDLE_STATES


class Found(NamedTuple):
    """The ids that the rules let a user find; no RPC client can send such an object."""

    model: str
    user_id: int
    ids: frozenset

    @classmethod
    def of(cls, records):
        return cls(records._name, records.env.uid, frozenset(records._ids))

    def covers(self, records):
        # the context goes along to what the rows refer to
        return (
            records._name == self.model
            and records.env.uid == self.user_id
            and self.ids.issuperset(records._ids)
        )


class PrincipalKeys(fields.Json):
    """The ids of a document's principals as an array, which PostgreSQL can weigh.

    Its statistics know how many documents each principal sees, so that the planner
    walks the list for who sees much and asks the index for who sees little.
    """

    _column_type = ("_int4", "int4[]")

    def convert_to_column(self, value, record, values=None, validate=True):
        return self.convert_to_cache(value, record)


class VanbanDocument(models.Model):
    """Who sees a document (design §4.3, §4.4).

    ====================  ==========================================================
    who                   sees
    ====================  ==========================================================
    anyone                what names the person, the unit or a delegator as principal
    anyone, by setting    ``is_open`` documents of the agency
    clerk, office head    what is not a draft and not secret
    leader                everything of the agency
    keeper of a register  the secret documents of that register, as principal
    ====================  ==========================================================
    """

    _inherit = "vanban.document"

    is_open = fields.Boolean(
        compute="_compute_is_open",
        store=True,
        precompute=True,
        help="May be opened to the whole agency: in a register and not secret.",
    )
    is_secret = fields.Boolean(compute="_compute_is_open", store=True, precompute=True)
    principal_keys = PrincipalKeys(
        compute="_compute_principal_keys",
        store=True,
        precompute=True,
        exportable=False,
    )
    is_named = fields.Boolean(compute="_compute_visible", search="_search_is_named")
    is_visible = fields.Boolean(compute="_compute_visible", search="_search_is_visible")

    _named_in_idx = models.Index(
        "USING gin (principal_keys) WITH (fastupdate = off)"
        " WHERE direction = 'incoming'"
    )
    _named_out_idx = models.Index(
        "USING gin (principal_keys) WITH (fastupdate = off)"
        " WHERE direction = 'outgoing'"
    )

    @api.depends("state", "secrecy")
    def _compute_is_open(self):
        for document in self:
            document.is_secret = document.secrecy != "normal"
            document.is_open = (
                document.state in OPEN_STATES and document.secrecy == "normal"
            )

    @api.depends("principal_ids")
    def _compute_principal_keys(self):
        for document in self:
            document.principal_keys = sorted(document.principal_ids.ids)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_visible(self):
        for name in ("is_named", "is_visible"):
            domain = Domain(name, "=", True) & Domain("id", "in", self.ids)
            found = self.sudo().with_context(active_test=False).search(domain)
            for document in self:
                document[name] = document._origin in found

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        """Read the rows that the rules have just found without asking them again."""
        if self.env.su:
            # it found what no rule had a say in
            return super().web_search_read(
                domain, specification, offset, limit, order, count_limit
            )
        found = self.search_fetch(
            domain, specification.keys(), offset=offset, limit=limit, order=order
        )
        proof = Found.of(found)
        rows = found.with_context(vanban_found=proof).web_read(specification)
        return self._format_web_search_read_results(
            domain, rows, offset, limit, count_limit
        )

    def _search_is_named(self, operator, value):
        """Find what names the user as principal now, or the unit, or a delegator."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        keys = self.env.user.sudo().vanban_principal_keys or []

        def to_sql(model, alias, query):
            field = model._field_to_sql(alias, "principal_keys", query)
            return SQL("%s && %s::int4[]", field, keys)

        return Domain.custom(to_sql=to_sql)

    def _search_is_visible(self, operator, value):
        """Find what the user sees of the agencies; see the table of this class.

        Asked anew by each query: what a rule holds itself is kept per user, and a
        person who left a unit would go on seeing its documents.
        """
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        user = self.env.user
        if user.has_group("vanban_core.group_leader"):
            return Domain.TRUE
        is_desk = user.has_group("vanban_core.group_clerk") or user.has_group(
            "vanban_core.group_office_head"
        )
        agencies = self._get_open_agencies()
        if not is_desk and not agencies:
            return self._search_is_named(operator, value)
        keys = self.env.user.sudo().vanban_principal_keys or []

        def to_sql(model, alias, query):
            def column(name):
                return model._field_to_sql(alias, name, query)

            return SQL(
                "(%s OR (SELECT TRUE FROM vanban_document_principal_rel"
                " WHERE document_id = %s AND principal_id = ANY(%s::int4[]) LIMIT 1))",
                self._get_open_sql(column, is_desk, agencies),
                column("id"),
                keys,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _get_open_sql(self, column, is_desk, agencies):
        """Return what is open to clerks and office heads, or to a whole agency.

        Nearly all is open: plain columns of the list's index come first, and the
        relation is asked for the few rows that they leave.
        """
        if is_desk:
            return SQL(
                "%s OR (NOT %s AND %s NOT IN %s)",
                column("is_open"),
                column("is_secret"),
                column("state"),
                DRAFT_STATES,
            )
        return SQL("%s AND %s IN %s", column("is_open"), column("company_id"), agencies)

    @api.model
    @ormcache("tuple(self.env.companies.ids)")
    def _get_open_agencies(self):
        """Return which of the user's agencies open their registers to all."""
        policies = self.env.companies.sudo().grouped("vanban_access_policy")
        return tuple(policies.get("agency", self.env["res.company"]).ids)

    def _grant(self, users=None, units=None):
        """Open documents to people and units; nobody is ever taken off.

        A row once granted stays, as the paper stays in the hands it passed through;
        people who leave a unit stop being behind its principal.
        """
        principals = self.env["vanban.principal"]._get_for(users, units)
        if not principals or not self:
            return
        self.env.cr.execute_values(
            "INSERT INTO vanban_document_principal_rel (document_id, principal_id)"
            " VALUES %s ON CONFLICT DO NOTHING",
            [(document.id, one.id) for document in self for one in principals],
        )
        # the keys say who was there before, so that the relation is not read again;
        # whoever else grants the same document now makes one of the two begin anew
        for document in self.sudo():
            merged = {*(document.principal_keys or ()), *principals.ids}
            self._fields["principal_ids"]._update_cache(document, tuple(merged))
        self.modified(["principal_ids"])

    def _check_access(self, operation):
        """Ask the database, as a list does: one query, and nothing read stale.

        What is new is at hand: nothing has to be asked for it.
        """
        denied = super(VanbanDocument, self.browse())._check_access(operation)
        if denied:
            return self, denied[1]
        ids = [id_ for id_ in self._ids if id_]
        domain = self.env["ir.rule"]._compute_domain(self._name, operation)
        if self.env.su or not ids or domain.is_true():
            return None
        proof = self.env.context.get("vanban_found")
        if operation == "read" and isinstance(proof, Found) and proof.covers(self):
            return None
        plain = self.browse(ids).sudo().with_context(active_test=False)
        if operation == "create":
            allowed = plain.filtered_domain(domain).with_env(self.env)
        else:
            allowed = self.browse(plain._search(domain & Domain("id", "in", ids)))
        forbidden = self.browse(ids) - allowed
        if not forbidden:
            return None
        return forbidden, self._make_closed_error

    def _make_closed_error(self):
        """Return the refusal of a document, which does not say what it is."""
        return AccessError(self.env._("This document is not open to you."))

    # ---- who one is to a document ----

    def _acting_users(self):
        return self.env.user._vanban_acting_users()

    def _is_clerk(self):
        """Is the user a clerk of the document's agency, of its register if secret?"""
        self.ensure_one()
        user = self.env.user
        if not user.has_group("vanban_core.group_clerk"):
            return False
        if self.company_id.id not in user._get_company_ids():
            return False
        if self.is_secret and self.register_entry_id:
            return user in self.sudo().register_id.keeper_ids
        return True

    def _is_holder(self):
        """Does the user, or somebody the user acts for, hold the document?

        Registered documents that nobody holds are in the clerk's hands.
        """
        self.ensure_one()
        held = self._get_waiting_routings()
        if not held:
            return self._is_clerk()
        return bool(held._held_by(self._acting_users()))

    def _is_lead_handler(self):
        """Is the user in the lead, or the one who was asked for directions?"""
        self.ensure_one()
        return bool(self._get_held_routing())

    def _get_waiting_routings(self, roles=("direct", "lead")):
        return self.sudo().routing_ids.filtered(
            lambda r: r.state == "waiting" and r.role in roles
        )

    def _get_held_routing(self, roles=("direct", "lead")):
        """Return the hand-over by which the user holds the document."""
        return self._get_waiting_routings(roles)._held_by(self._acting_users())[:1]

    def _is_drafter(self):
        self.ensure_one()
        return self.drafter_id in self._acting_users()

    def _is_reviewer(self):
        self.ensure_one()
        return bool(self._get_current_review())

    def _get_current_review(self):
        """Return the step that waits for the user."""
        acting = self._acting_users()
        return self.sudo().review_ids.filtered(
            lambda r: r.state == "waiting" and r.user_id in acting
        )[:1]

    def _check_visible(self):
        """Refuse an action on a document the user does not see.

        Reads the documents by the same query, as an action needs them next.

        :raise AccessError: in one sentence, without saying what it is
        """
        if any(id_ and type(id_) is not int for id_ in self._ids):
            raise self._make_closed_error()
        if self.env.su or not any(self._ids):
            return
        try:
            seen = self.with_context(active_test=False).search_fetch(
                [("id", "in", self.ids)], order="id"
            )
        except AccessError as error:
            raise self._make_closed_error() from error
        if set(seen._ids) != set(filter(None, self._ids)):
            raise self._make_closed_error()

    def _check_can_add_file(self, role):
        """Refuse a file from somebody in whose hands the document is not.

        :param str role: a key of ``const.FILE_ROLES``
        :raise UserError: a secret document, or a state that takes no such file
        :raise AccessError: somebody else's document
        """
        self.ensure_one()
        self._check_visible()
        if self.is_secret:
            raise UserError(self.env._("A secret document has no file here."))
        if self.direction == "incoming":
            allowed = self._is_clerk() or self._is_holder()
            states = ("received", *TO_HANDLE_STATES)
        elif self.state == "approved":
            allowed = self._is_clerk() and role in ("signed", "appendix")
            states = ("approved",)
        else:
            allowed = self._is_drafter() and role != "signed"
            states = ("draft",)
        if self.state not in states:
            raise UserError(
                self.env._(
                    "The document is %(state)s: it takes no more files.",
                    state=self._get_state_label().lower(),
                )
            )
        if not allowed:
            raise AccessError(
                self.env._("Only who holds the document can attach this file.")
            )
