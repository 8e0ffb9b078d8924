from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import RETENTIONS


class VanbanCase(models.Model):
    """A case file: the documents of one matter, of both directions (Điều 28-31)."""

    _name = "vanban.case"
    _inherit = ["vanban.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Case file"
    _order = "state desc, date_from desc, id desc"
    _rec_name = "title"
    _rec_names_search = ["title", "code"]
    _mail_post_access = "read"
    _guarded_fields = frozenset(
        {"state", "date_to", "closed_by_id", "taken_date", "taken_by_id"}
    )

    code = fields.Char(
        string="File code",
        tracking=True,
        copy=False,
        index="btree_not_null",
        help="As 01.TCCB",
    )
    title = fields.Char(required=True, tracking=True, index="trigram")
    company_id = fields.Many2one(
        "res.company",
        string="Agency",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
        index=True,
    )
    owner_id = fields.Many2one(
        "res.users",
        string="Keeper",
        required=True,
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
    )
    unit_id = fields.Many2one(
        "hr.department",
        compute="_compute_unit_id",
        store=True,
        index="btree_not_null",
    )
    member_ids = fields.Many2many(
        "res.users",
        "vanban_case_member_rel",
        "case_id",
        "user_id",
        string="Working on it",
    )
    retention = fields.Selection(RETENTIONS, default="10", tracking=True)
    date_from = fields.Date(
        string="Opened on", default=fields.Date.context_today, required=True
    )
    date_to = fields.Date(string="Closed on", readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", string="Closed by", readonly=True, copy=False
    )
    taken_date = fields.Date(string="Taken over on", readonly=True, copy=False)
    taken_by_id = fields.Many2one(
        "res.users", string="Taken over by", readonly=True, copy=False
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("archived", "In the archive")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    document_ids = fields.Many2many(
        "vanban.document",
        "vanban_case_document_rel",
        "case_id",
        "document_id",
        string="Documents",
        copy=False,
    )
    document_count = fields.Integer(compute="_compute_document_count")
    note = fields.Text()

    _code_uniq = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "The agency has a case file with this code already.",
    )

    @api.depends("owner_id")
    def _compute_unit_id(self):
        for case in self:
            owner = case.owner_id.with_company(case.company_id)
            case.unit_id = owner._vanban_unit() if owner else False

    @api.depends("document_ids")
    def _compute_document_count(self):
        counts = dict(
            self.env["vanban.document"]._read_group(
                [("case_ids", "in", self.ids)], ["case_ids"], ["__count"]
            )
        )
        for case in self:
            case.document_count = counts.get(case, 0)

    # ---- create, write, delete ----

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._check_links(cases.document_ids.browse())
        return cases

    def write(self, vals):
        """Keep a case file in its agency, and take in only what its keeper sees."""
        if "company_id" in vals:
            raise UserError(self.env._("A case file stays in its agency."))
        before = self._get_documents()
        result = super().write(vals)
        if "document_ids" in vals:
            self._check_links(before)
        return result

    def _get_documents(self):
        """Return all documents in these, also those that the user does not see.

        The cache of ``document_ids`` would hold only what the user sees.
        """
        Document = self.env["vanban.document"].sudo()
        return Document.search([("case_ids", "in", self.ids)])

    def _check_links(self, before):
        """Check the documents that were put in beside these.

        :raise AccessError: not open to the user
        :raise UserError: of another agency
        """
        added = self._get_documents() - before
        added.with_env(self.env)._check_visible()
        if added.company_id - self.sudo().company_id:
            raise UserError(self.env._("A case file holds documents of its agency."))

    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        if self._vanban_is_uninstalling():
            return
        if self._get_documents() or any(case.state != "open" for case in self):
            raise UserError(self.env._("A case file with documents is not deleted."))

    # ---- actions ----

    def action_close(self):
        """Close case files when no document in them waits for handling (Điều 29).

        :raise UserError: names the documents that are not done
        """
        self._check_keeper()
        for case in self:
            if case.state != "open":
                raise UserError(self.env._("This case file is closed already."))
            waiting = case._get_documents().filtered(
                lambda d: (
                    d.state
                    in ("received", "registered", "processing", "waiting", "review")
                )
            )
            if waiting:
                raise UserError(
                    self.env._(
                        "Still being handled: %(documents)s.",
                        documents=", ".join(
                            waiting.with_env(self.env).mapped("display_name")
                        ),
                    )
                )
        self._vanban_in_action().write(
            {
                "state": "closed",
                "date_to": self.env.company._vanban_today(),
                "closed_by_id": self.env.uid,
            }
        )
        return True

    def action_reopen(self):
        """Open closed case files again, unless the archive has them."""
        self._check_keeper()
        if any(case.state == "archived" for case in self):
            raise UserError(self.env._("The archive has taken this case file over."))
        self._vanban_in_action().write(
            {"state": "open", "date_to": False, "closed_by_id": False}
        )
        return True

    def action_take_over(self):
        """Take closed case files into the archive (NĐ 30/2020 Điều 30).

        :raise UserError: one is still open, or taken over already
        """
        self._check_chosen()
        if not self.env.user.has_group("vanban_core.group_archivist"):
            raise AccessError(self.env._("Only the archive takes case files over."))
        if any(case.state != "closed" for case in self):
            raise UserError(
                self.env._("Only closed case files are taken over, and only once.")
            )
        self._vanban_in_action().write(
            {
                "state": "archived",
                "taken_date": self.env.company._vanban_today(),
                "taken_by_id": self.env.uid,
            }
        )
        return True

    def _check_chosen(self):
        if not self:
            raise UserError(self.env._("Choose a case file first."))
        self.check_access("read")

    def _check_keeper(self):
        self._check_chosen()
        acting = self.env.user._vanban_acting_users()
        if self.env.user.has_group("vanban_core.group_leader"):
            return
        if any(case.owner_id not in acting for case in self):
            raise AccessError(
                self.env._("Only the keeper of a case file or a leader can do this.")
            )
