from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, frozendict, ormcache

from ..const import DIRECTIONS
from ..tools import symbol


class Book(NamedTuple):
    """What decides which documents go into a register, and how they are numbered."""

    company_id: int
    direction: str
    secret: bool
    active: bool
    kind_ids: frozenset
    keeper_ids: frozenset
    yearly: bool
    start_number: int

    def takes(self, kind):
        return not self.kind_ids or kind.id in self.kind_ids


class VanbanRegister(models.Model):
    """A register of one agency (sổ đăng ký, NĐ 30/2020 Điều 15, 16, 22).

    The numbers are the rows of ``vanban.register.entry``; nothing counts beside them.
    """

    _name = "vanban.register"
    _inherit = ["vanban.mixin", "mail.thread"]
    _description = "Register"
    _order = "direction, sequence, id"

    name = fields.Char(required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    direction = fields.Selection(DIRECTIONS, string="In or out", required=True)
    type_ids = fields.Many2many(
        "vanban.document.type",
        string="Kinds",
        help="The kinds numbered in this series. Empty: all that no other book takes.",
    )
    pattern = fields.Char(
        tracking=True,
        help="With {number}, {year}, {type}, {agency}, {unit}. Empty: by the rule of "
        "NĐ 30/2020 for the kind.",
    )
    yearly = fields.Boolean(string="New series each year", default=True, tracking=True)
    start_number = fields.Integer(default=1, required=True, tracking=True)
    secret = fields.Boolean(string="Secret documents", tracking=True)
    keeper_ids = fields.Many2many(
        "res.users",
        "vanban_register_keeper_rel",
        "register_id",
        "user_id",
        string="Clerks of a secret register",
    )
    next_number = fields.Integer(compute="_compute_next_number")

    _start = models.Constraint(
        "CHECK (start_number >= 1)", "A series starts at 1 or later."
    )

    def _compute_next_number(self):
        groups = (
            self.env["vanban.register.entry"]
            .sudo()
            ._read_group(
                [("register_id", "in", self.ids)],
                ["register_id", "year"],
                ["number:max"],
            )
        )
        numbers = {(register.id, year): last for register, year, last in groups}
        for register in self:
            last = numbers.get((register.id, register._get_series_year()), 0)
            register.next_number = max(last + 1, register.start_number)

    @api.constrains("pattern")
    def _check_pattern(self):
        for register in self.filtered("pattern"):
            if not symbol.is_pattern(register.pattern):
                raise ValidationError(
                    self.env._(
                        "“%(pattern)s”: only {number}, {year}, {type}, {agency} and "
                        "{unit} can stand in a pattern.",
                        pattern=register.pattern,
                    )
                )
            if "{number}" not in register.pattern:
                raise ValidationError(self.env._("A pattern needs {number}."))

    def write(self, vals):
        """Keep what the numbers of a used book rest on."""
        changed = self.filtered(
            lambda register: any(
                register._fields[name].convert_to_write(register[name], register)
                != vals[name]
                for name in {"company_id", "direction", "secret", "yearly"}
                & vals.keys()
            )
        )
        used = changed._get_used()
        if used:
            raise UserError(
                self.env._(
                    "“%(register)s” has numbers already: open a new book instead.",
                    register=used.name,
                )
            )
        result = super().write(vals)
        self._forget_books()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        registers = super().create(vals_list)
        self._forget_books()
        return registers

    def unlink(self):
        result = super().unlink()
        self._forget_books()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        if self._vanban_is_uninstalling():
            return
        used = self._get_used()
        if used:
            raise UserError(
                self.env._(
                    "“%(register)s” has numbers already: close it instead.",
                    register=used.name,
                )
            )

    def _get_used(self):
        """Return one of these registers that has given a number, if any has."""
        entries = self.env["vanban.register.entry"].sudo()
        return entries.search([("register_id", "in", self.ids)], limit=1).register_id

    @api.model
    def _prepare_default_vals(self, company):
        """Return the books of a new agency: incoming, outgoing, and one for secrets."""
        books = [
            (self.env._("Register of incoming documents"), "incoming", False),
            (self.env._("Register of outgoing documents"), "outgoing", False),
            (self.env._("Register of incoming secret documents"), "incoming", True),
        ]
        return [
            {
                "name": name,
                "direction": direction,
                "secret": secret,
                "company_id": company.id,
            }
            for name, direction, secret in books
        ]

    @api.model
    @ormcache()
    def _get_books(self):
        """Return all books by id, in their order; kept until a register changes."""
        everything = self.sudo().with_context(active_test=False)
        registers = everything.search([("id", "!=", False)])
        return frozendict(
            (
                register.id,
                Book(
                    register.company_id.id,
                    register.direction,
                    register.secret,
                    register.active,
                    frozenset(register.type_ids.ids),
                    frozenset(register.keeper_ids.ids),
                    register.yearly,
                    register.start_number,
                ),
            )
            for register in registers
        )

    @api.model
    def _forget_books(self):
        """Read the books anew, at once and when the others can see the change."""
        clear = self.env.registry.clear_cache
        clear()
        self.env.cr.postcommit.add(clear)

    def _get_keepers(self):
        keepers = self._get_books()[self.id].keeper_ids
        return self.env["res.users"].sudo().browse(keepers).filtered("active")

    def _is_for(self, document):
        """Is this a register of the document's agency, direction and secrecy?"""
        book = self._get_books().get(self.id)
        return book and book[:3] == (
            document.company_id.id,
            document.direction,
            document.secrecy != "normal",
        )

    @api.model
    def _find_for(self, document):
        """Return the book a document goes into.

        :raise UserError: the agency has no fitting book
        """
        kind = document.document_type_id
        found = self.sudo()
        for id_, book in self._get_books().items():
            register = found.browse(id_)
            if not (book.active and book.takes(kind) and register._is_for(document)):
                continue
            if book.kind_ids or not found:
                found = register
            if book.kind_ids:
                break
        if not found:
            raise UserError(
                self.env._(
                    "No register of %(agency)s takes “%(kind)s”: ask the administrator "
                    "to open one.",
                    agency=document.company_id.name,
                    kind=document.document_type_id.name or "",
                )
            )
        return found

    @api.model
    def _get_for(self, document):
        """Return the book chosen for a document, or else the one that takes it.

        :raise UserError: a closed book, or one of other kinds
        """
        register = document.register_id
        if not register:
            return self._find_for(document)
        book = self._get_books()[register.id]
        if not book.active or not book.takes(document.document_type_id):
            raise UserError(
                self.env._(
                    "“%(register)s” is not a register for this document.",
                    register=register.name,
                )
            )
        return register

    def _get_series_year(self):
        """Return the year that stands in the lines of the series, 0 if not yearly."""
        self.ensure_one()
        return self.company_id._vanban_today().year if self.yearly else 0

    def _take_number(self, document, day):
        """Give a document the next number of the series.

        The row in the ledger is the number: inserted under a unique index, tried again
        one higher when a concurrent writer was first. A writer that rolls back leaves
        no gap, because the ones waiting for its number get it. Call it last in a
        transaction: until the commit it makes the others wait.

        :param date day: date of registration
        :return: the ``vanban.register.entry`` and its number
        """
        self.ensure_one()
        book = self._get_books()[self.id]
        [(entry_id, number)] = self.env.execute_query(
            SQL(
                "SELECT line, next FROM vanban_take_number(%s, %s, %s, %s, %s, %s, %s)",
                self.id,
                day.year if book.yearly else 0,
                book.start_number,
                day,
                document.id,
                book.company_id,
                self.env.uid,
            )
        )
        return self.env["vanban.register.entry"].browse(entry_id), number

    def _compose_symbol(self, document, number, day):
        """Return the symbol of an outgoing document (NĐ 30/2020 Phụ lục I mục II.3)."""
        self.ensure_one()
        kind = document.document_type_id
        if self.pattern:
            pattern = self.pattern
        elif kind.family == "law":
            pattern = symbol.LAW_PATTERN
        elif kind.abbreviation:
            pattern = symbol.TITLED_PATTERN
        else:
            pattern = symbol.LETTER_PATTERN
        return symbol.compose(
            pattern,
            number,
            year=str(day.year),
            type=kind.abbreviation,
            agency=document.company_id.vanban_code,
            unit=document.unit_id.vanban_code,
        )
