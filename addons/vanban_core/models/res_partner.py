from odoo import fields, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "vanban.mixin"]

    # QĐ 20/2020/QĐ-TTg: up to 35 characters
    vanban_identifier = fields.Char(
        string="Agency identification code",
        size=35,
        index="btree_not_null",
    )
    vanban_code = fields.Char(
        string="Abbreviation in symbols",
        index="btree_not_null",
        help="As UBND in 128/QĐ-UBND: proposes the agency when a symbol is typed.",
    )
