from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..tools import symbol as symbol_tools


class VanbanDocumentType(models.Model):
    """A kind of document with its abbreviation (NĐ 30/2020 Điều 7, Phụ lục III)."""

    _name = "vanban.document.type"
    _inherit = ["vanban.mixin"]
    _description = "Kind of document"
    _order = "sequence, id"
    _rec_names_search = ["name", "abbreviation"]

    name = fields.Char(required=True)
    abbreviation = fields.Char(
        index="btree_not_null",
        help="Stands in the symbol; letters (công văn) have none. Case matters.",
    )
    family = fields.Selection(
        [
            ("administrative", "Administrative document"),
            ("law", "Legal normative document"),
            ("copy", "Copy"),
            ("other", "Other"),
        ],
        required=True,
        default="administrative",
    )
    default_days = fields.Integer(
        string="Working days to handle",
        help="Default deadline of an incoming document; 0 for none.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    source = fields.Char(help="The rule that names this kind.")

    _name_uniq = models.Constraint("UNIQUE (name)", "This kind is in the list already.")
    _days = models.Constraint(
        "CHECK (default_days >= 0)", "The days to handle are zero or more."
    )

    def unlink(self):
        result = super().unlink()
        self.env["vanban.register"]._forget_books()
        return result

    # ---- what a symbol says ----

    @api.model
    @api.readonly
    def parse_symbol(self, symbol):
        """Return the kind and the issuers that a printed symbol points to.

        :param str symbol: as ``128/QĐ-UBND``
        :return: dict with ``type`` (``[id, name]`` or False) and ``issuers`` (list of
            ``[id, name]``, the likeliest first, at most five)
        """
        parts = symbol_tools.parse(symbol if isinstance(symbol, str) else "")
        if not parts:
            return {"type": False, "issuers": []}
        _number, year, groups = parts
        kind = self._find_by_abbreviation(groups[0], year)
        issuers = self._find_issuers(groups, bool(kind))
        if not kind and issuers:
            # NĐ 30/2020 Phụ lục I: a letter bears the agency, and no kind
            kind = self.env.ref("vanban_core.vanban_document_type_letter", False)
        return {
            "type": [kind.id, kind.display_name] if kind else False,
            "issuers": [[issuer.id, issuer.display_name] for issuer in issuers],
        }

    @api.model
    def _find_by_abbreviation(self, abbreviation, year):
        """Return the kind with this abbreviation; a year stands in laws only."""
        kinds = self.search([("abbreviation", "=", abbreviation)])
        laws = kinds.filtered(lambda kind: kind.family == "law")
        return ((laws if year else kinds - laws) or kinds)[:1]

    @api.model
    def _find_issuers(self, groups, kind_first):
        """Return agencies that used this ending before, then those with the code."""
        ending = "/" + "-".join(groups)
        earlier = self.env["vanban.document"].search_fetch(
            Domain("direction", "=", "incoming")
            # the first condition has an index, the second is exact
            & Domain("search_text", "ilike", escape_psql(ending))
            & Domain("symbol_key", "=like", "%" + escape_psql(ending.casefold()))
            & Domain("issuer_id", "!=", False),
            ["issuer_id"],
            limit=50,
            order="id desc",
        )
        used = Counter(document.issuer_id for document in earlier)
        named = self.env["res.partner"].search(
            [("vanban_code", "in", groups[kind_first:])], limit=5
        )
        return (
            self.env["res.partner"].union(
                *(issuer for issuer, _n in used.most_common())
            )
            | named
        )[:5]
