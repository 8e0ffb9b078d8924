from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..const import (
    DIRECTIONS,
    FIRST_STATE,
    OUTCOMES,
    PROTECTED_FIELDS,
    RUNNING_STATES,
    SECRECIES,
    STATES,
    URGENCIES,
)
from ..tools import symbol as symbol_tools
from ..tools.args import to_id


class VanbanDocument(models.Model):
    """A document of the agency, incoming or outgoing, from arrival or draft to archive.

    What both directions share; the other files of this class hold one concern each.
    """

    _name = "vanban.document"
    _inherit = [
        "vanban.mixin",
        "vanban.routable",
        "mail.thread.main.attachment",
        "mail.activity.mixin",
    ]
    _description = "Document"
    _order = "register_date desc, register_number desc, id desc"
    _rec_names_search = ["search_text"]
    _mail_post_access = "read"
    _guarded_fields = PROTECTED_FIELDS

    # ---- identity ----
    direction = fields.Selection(
        DIRECTIONS, string="In or out", required=True, readonly=True
    )
    state = fields.Selection(STATES, required=True, readonly=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    symbol = fields.Char(
        string="Number and symbol",
        copy=False,
        tracking=True,
        help="The whole number and symbol as printed, as 128/QĐ-UBND.",
    )
    symbol_key = fields.Char(
        compute="_compute_symbol_key",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    document_type_id = fields.Many2one(
        "vanban.document.type", string="Kind", tracking=True, ondelete="restrict"
    )
    subject = fields.Text(tracking=True)
    date = fields.Date(string="Date of document", tracking=True, copy=False)
    issuer_id = fields.Many2one(
        "res.partner",
        string="Issuing agency",
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    issuer_name = fields.Char(
        compute="_compute_issuer_name",
        store=True,
        precompute=True,
        string="Name of the issuing agency",
        help="As it was called on the day.",
    )
    signer_name = fields.Char(string="Signed by", tracking=True)
    signer_title = fields.Char(string="Title of the signer")
    urgency = fields.Selection(
        URGENCIES, required=True, default="normal", tracking=True
    )
    secrecy = fields.Selection(
        SECRECIES, required=True, default="normal", tracking=True
    )
    topic_id = fields.Many2one(
        "vanban.topic", string="Field", ondelete="restrict", index="btree_not_null"
    )
    page_count = fields.Integer(string="Pages", aggregator="sum")
    copy_count = fields.Integer(string="Copies", default=1, aggregator="sum")
    note = fields.Text()

    # ---- register ----
    register_id = fields.Many2one(
        "vanban.register",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('direction', '=', direction), ('company_id', '=', company_id)]",
        copy=False,
    )
    register_entry_id = fields.Many2one(
        "vanban.register.entry",
        string="Line of the register",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    register_number = fields.Integer(
        string="Number in the register", readonly=True, copy=False, aggregator=None
    )
    register_date = fields.Date(
        string="Date in the register", readonly=True, copy=False
    )
    registered_by_id = fields.Many2one(
        "res.users", string="Registered by", readonly=True, copy=False
    )

    # ---- work ----
    deadline = fields.Datetime(tracking=True, copy=False)
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    outcome = fields.Selection(OUTCOMES, readonly=True, copy=False, tracking=True)
    outcome_note = fields.Text(readonly=True, copy=False)
    done_date = fields.Datetime(string="Done on", readonly=True, copy=False)

    # ---- who sees it; first, because the rows below are as visible as the document
    principal_ids = fields.Many2many(
        "vanban.principal",
        "vanban_document_principal_rel",
        "document_id",
        "principal_id",
        string="Open to",
        copy=False,
        readonly=True,
    )

    # ---- what belongs to it ----
    file_ids = fields.One2many("vanban.document.file", "document_id", string="Files")
    case_ids = fields.Many2many(
        "vanban.case",
        "vanban_case_document_rel",
        "document_id",
        "case_id",
        string="Case files",
    )
    routing_ids = fields.One2many("vanban.routing", "document_id", readonly=True)

    # ---- search ----
    search_text = fields.Text(
        compute="_compute_search_text", store=True, precompute=True, index="trigram"
    )
    search_words = fields.Char(
        string="Words",
        compute="_compute_search_words",
        search="_search_search_words",
        help="All words, with or without diacritics, in number, subject, agency…",
    )

    _one_register_entry = models.UniqueIndex(
        "(register_entry_id) WHERE register_entry_id IS NOT NULL",
        "A number belongs to one document.",
    )
    _once_registered = models.UniqueIndex(
        "(company_id, issuer_id, symbol_key, date) WHERE direction = 'incoming'"
        " AND register_entry_id IS NOT NULL AND symbol_key IS NOT NULL",
        "This document is registered already: same issuer, symbol and date.",
    )
    _list_idx = models.Index(
        "(company_id, direction, register_date DESC, register_number DESC, id DESC)"
        " INCLUDE (state, is_open, is_secret)"
    )
    _all_idx = models.Index(
        "(direction, register_date DESC, register_number DESC, id DESC)"
    )
    _queue_idx = models.Index("(company_id, direction, state, deadline)")
    _number_idx = models.Index("(register_number, register_date)")
    _pages = models.Constraint(
        "CHECK (page_count >= 0 AND copy_count >= 0)",
        "Pages and copies are zero or more.",
    )

    # ---- computes ----

    @api.depends("symbol")
    def _compute_symbol_key(self):
        for document in self:
            key = symbol_tools.normalise(document.symbol).casefold()
            document.symbol_key = key or False

    @api.depends("issuer_id")
    def _compute_issuer_name(self):
        for document in self:
            # of the widest tables only the one column
            issuer = document.issuer_id.with_context(prefetch_fields=False)
            document.issuer_name = issuer.name

    @api.depends("symbol", "subject", "direction", "register_number")
    def _compute_display_name(self):
        for document in self:
            name = document.symbol or self.env._("(not numbered)")
            if document.subject:
                name = f"{name} – {document.subject}"
            document.display_name = name

    @api.depends("deadline", "state")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for document in self:
            document.is_overdue = bool(
                document.deadline
                and document.deadline < now
                and document.state in RUNNING_STATES
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return [
            ("deadline", "<", "now"),
            ("state", "in", RUNNING_STATES),
        ]

    @api.depends(
        "symbol",
        "subject",
        "issuer_name",
        "signer_name",
        "register_number",
        "document_type_id.name",
    )
    def _compute_search_text(self):
        for document in self:
            parts = (
                document.document_type_id.name,
                document.symbol,
                str(document.register_number or ""),
                document.subject,
                document.issuer_name,
                document.signer_name,
            )
            document.search_text = " ".join(part for part in parts if part)

    def _compute_search_words(self):
        self.search_words = False

    def _search_search_words(self, operator, value):
        if operator == "in":
            return Domain.OR(
                self._search_search_words("ilike", one)
                for one in value
                if isinstance(one, str)
            )
        if operator not in ("ilike", "like") or not isinstance(value, str):
            return NotImplemented
        return Domain.AND(
            Domain("search_text", "ilike", escape_psql(word)) for word in value.split()
        )

    def _search_display_name(self, operator, value):
        if operator == "ilike" and isinstance(value, str):
            return self._search_search_words(operator, value)
        return super()._search_display_name(operator, value)

    # ---- checks ----

    @api.constrains("date")
    def _check_date(self):
        for document in self:
            if document.date and document.date > document.company_id._vanban_today():
                raise ValidationError(
                    self.env._("The date of a document is not in the future.")
                )

    @api.constrains("secrecy", "subject", "note", "file_ids")
    def _check_secrecy(self):
        """Keep what a state secret says out of the database (HT-2a, design §4.4)."""
        for document in self.filtered(lambda d: d.secrecy != "normal"):
            if document.subject or document.note or document.file_ids:
                raise ValidationError(
                    self.env._(
                        "Of a secret document only the data on the envelope are kept: "
                        "no subject, no note, no file."
                    )
                )

    @api.constrains("register_id", "direction", "company_id", "secrecy")
    def _check_register(self):
        for document in self.filtered("register_id"):
            register = document.register_id
            if not register._is_for(document):
                raise ValidationError(
                    self.env._(
                        "“%(register)s” is not a register for this document.",
                        register=register.name,
                    )
                )

    # ---- create, write, delete ----

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        direction = values.get("direction") or self.env.context.get("default_direction")
        if "state" in fields_list and isinstance(direction, str):
            values["state"] = FIRST_STATE.get(direction)
        return values

    def _vanban_clean_new(self, vals):
        """Let a new document name its direction and agency; the state is the first.

        :raise UserError: no direction, or another agency than one's own
        :raise AccessError: a value that only an action gives
        """
        if self._vanban_is_in_action():
            return super()._vanban_clean_new(vals)
        vals = {**vals}
        vals.pop("state", None)
        direction = vals.pop("direction", self.env.context.get("default_direction"))
        if not isinstance(direction, str) or direction not in FIRST_STATE:
            raise UserError(
                self.env._("A document is either an incoming or an outgoing one.")
            )
        company_id = vals.pop("company_id", None) or self.env.company.id
        company = self.env["res.company"].browse(to_id(company_id))
        if company not in self.env.companies and not self.env.su:
            raise UserError(self.env._("A document is made in one's own agency."))
        # a client sends its empty fields as well: only a value given is refused
        vals = {
            name: value
            for name, value in vals.items()
            if value or not self._vanban_is_guarded(name)
        }
        if direction == "outgoing":
            # no arrival, whatever the defaults of a form say
            vals |= {"received_date": False, "channel": False}
            vals["drafter_id"] = vals.get("drafter_id") or self.env.uid
        return {
            **self._vanban_clean(vals),
            "direction": direction,
            "state": FIRST_STATE[direction],
            "company_id": company.id,
            "principal_ids": [
                (6, 0, self.env["vanban.principal"]._get_for(self.env.user).ids)
            ],
        }

    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_a_register(self):
        if self._vanban_is_uninstalling():
            return
        for document in self:
            if (
                document.state not in ("received", "draft")
                or document.register_entry_id
            ):
                raise UserError(
                    self.env._(
                        "“%(document)s” is in a register or on its way: it cannot be "
                        "deleted.",
                        document=document.display_name,
                    )
                )
            if document.review_round:
                raise UserError(
                    self.env._("A draft that was submitted is cancelled, not deleted.")
                )

    def copy_data(self, default=None):
        """Refuse: a document is unique."""
        if self:
            raise UserError(self.env._("A document is unique and is not copied."))
        return super().copy_data(default)
