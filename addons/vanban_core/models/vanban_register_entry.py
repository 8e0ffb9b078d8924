from odoo import api, fields, models
from odoo.exceptions import UserError


class VanbanRegisterEntry(models.Model):
    """One number of one register and year: the ledger (NĐ 30/2020 Điều 15).

    A number is used or voided; it is never given twice and never deleted.
    """

    _name = "vanban.register.entry"
    _inherit = ["vanban.mixin"]
    _description = "Line of a register"
    _order = "register_id, year desc, number desc"
    _rec_name = "number"
    _guarded_fields = None

    register_id = fields.Many2one(
        "vanban.register", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", string="Agency", required=True, readonly=True, index=True
    )
    year = fields.Integer(
        required=True, readonly=True, aggregator=None, help="0: not yearly"
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    date = fields.Date(string="Date of entry", required=True, readonly=True)
    document_id = fields.Many2one(
        "vanban.document", readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("used", "Used"), ("voided", "Voided")], required=True, readonly=True
    )
    void_reason = fields.Char(readonly=True)

    _number_uniq = models.Constraint(
        "UNIQUE (register_id, year, number)",
        "This number is given already.",
    )

    def init(self):
        """Make the function that takes a number; see ``vanban.register``.

        The lock lets one writer at a time look for the next number; those who wait
        would else all try the same ones. The unique constraint decides alone: it also
        knows the rows that were committed after the transaction began and that it does
        not see.
        """
        self.env.cr.execute(
            """
            DROP FUNCTION IF EXISTS vanban_take_number;
            CREATE FUNCTION vanban_take_number(
                book int, series int, first int, day date, paper int, agency int,
                clerk int, OUT line int, OUT next int
            ) LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(book, series);
                SELECT greatest(coalesce(max(number), 0) + 1, first) INTO next
                  FROM vanban_register_entry
                 WHERE register_id = book AND year = series;
                LOOP
                    BEGIN
                        INSERT INTO vanban_register_entry (
                            register_id, year, number, state, date, document_id,
                            company_id, create_uid, create_date, write_uid, write_date
                        ) VALUES (
                            book, series, next, 'used', day, paper,
                            agency, clerk, now() AT TIME ZONE 'UTC',
                            clerk, now() AT TIME ZONE 'UTC'
                        ) RETURNING id INTO line;
                        RETURN;
                    EXCEPTION WHEN unique_violation THEN
                        next := next + 1;
                    END;
                END LOOP;
            END $$
            """
        )

    @api.ondelete(at_uninstall=True)
    def _unlink_except_always(self):
        if self._vanban_is_uninstalling():
            return
        raise UserError(self.env._("A number of a register is never deleted."))
