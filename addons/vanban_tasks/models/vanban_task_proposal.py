from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import conclusions
from ..tools.agency_names import AgencyNames


class VanbanTaskProposal(models.Model):
    """A point of an issued notice of conclusions, proposed as a task.

    See 128/QĐ-UBND Điều 3.1b. The drafter, the drafting unit, clerks and office heads
    make a task of it or drop it. What the paper does not say clearly is marked.
    """

    _name = "vanban.task.proposal"
    _inherit = ["vanban.task.visible"]
    _description = "Proposed task"
    _order = "document_id desc, id"
    _rec_name = "content"
    _guarded_fields = None

    document_id = fields.Many2one(
        "vanban.document",
        string="Notice",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, precompute=True
    )
    symbol = fields.Char(related="document_id.symbol", string="By document")
    number = fields.Char(string="Point", help="As printed in the notice.")
    content = fields.Text(required=True)
    partner_id = fields.Many2one(
        "res.partner", string="In the lead", ondelete="restrict"
    )
    coordinator_ids = fields.Many2many(
        "res.partner", "vanban_task_proposal_partner_rel", string="Coordinating"
    )
    deadline_day = fields.Date(string="Deadline")
    deadline_text = fields.Char(
        string="Words of the deadline", help="As they stand in the notice."
    )
    is_lead_unsure = fields.Boolean(string="Lead: look again")
    is_coordinator_unsure = fields.Boolean(string="Coordinating: look again")
    is_deadline_unsure = fields.Boolean(string="Deadline: look again")
    is_unsure = fields.Boolean(compute="_compute_is_unsure", store=True)
    unsure_text = fields.Char(string="Look again", compute="_compute_unsure_text")
    task_ids = fields.One2many("vanban.task", "proposal_id", string="Tasks")
    dropped_date = fields.Datetime(string="Dropped on")
    dropped_by_id = fields.Many2one("res.users", string="Dropped by")
    state = fields.Selection(
        [("proposed", "Open point"), ("taken", "Task entered"), ("dropped", "Dropped")],
        compute="_compute_state",
        store=True,
        precompute=True,
    )
    is_visible = fields.Boolean(
        compute="_compute_is_visible", search="_search_is_visible"
    )

    _list_idx = models.Index("(company_id, document_id DESC, id)")

    # ---- computes ----

    @api.depends("is_lead_unsure", "is_coordinator_unsure", "is_deadline_unsure")
    def _compute_is_unsure(self):
        for one in self:
            one.is_unsure = bool(one._get_unsure())

    @api.depends("is_lead_unsure", "is_coordinator_unsure", "is_deadline_unsure")
    @api.depends_context("lang")
    def _compute_unsure_text(self):
        for one in self:
            one.unsure_text = ", ".join(one._get_unsure())

    def _get_unsure(self):
        """Return what somebody has to look at again."""
        told = [
            (self.is_lead_unsure, self.env._("in the lead")),
            (self.is_coordinator_unsure, self.env._("coordinating")),
            (self.is_deadline_unsure, self.env._("deadline")),
        ]
        return [word for unsure, word in told if unsure]

    @api.depends("task_ids", "dropped_date")
    def _compute_state(self):
        for one in self:
            if one.task_ids:
                one.state = "taken"
            else:
                one.state = "dropped" if one.dropped_date else "proposed"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_visible(self):
        found = self.sudo().search([("is_visible", "=", True), ("id", "in", self.ids)])
        for one in self:
            one.is_visible = one._origin in found

    def _search_is_visible(self, operator, value):
        """Find what the user may take: as drafter, of the drafting unit, or for all."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        own = Domain("company_id", "in", self.env.companies.ids)
        if self._is_desk_role():
            return own
        keys = self.env.user.sudo().vanban_principal_keys or []
        principals = self.env["vanban.principal"].sudo().browse(keys)
        return own & (
            Domain("document_id.drafter_id", "in", principals.user_id.ids)
            | Domain("document_id.unit_id", "in", principals.department_id.ids)
        )

    # ---- actions ----

    def action_take(self):
        """Open a new task filled with what the point says.

        :raise UserError: several, or none that is open
        """
        self._check_open()
        if len(self) != 1:
            raise UserError(self.env._("Open one point at a time."))
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_action"
        )
        values = self._prepare_task_vals()
        return action | {
            "context": {f"default_{name}": value for name, value in values.items()},
            "views": [(False, "form")],
        }

    def action_take_all(self):
        """Make a draft of each point, of all or of none.

        :return: the list of the drafts
        :raise UserError: names the points whose lead or deadline is not known
        """
        self._check_open()
        gaps = [
            self.env._(
                "%(symbol)s, point %(number)s: name the lead and the deadline in the "
                "form.",
                symbol=one.symbol,
                number=one.number or "–",
            )
            for one in self
            if not (one.partner_id and one.deadline_day)
        ]
        if gaps:
            raise UserError("\n".join(gaps))
        tasks = self.env["vanban.task"].create(
            [one._prepare_task_vals() for one in self]
        )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "vanban_tasks.vanban_task_action"
        )
        return action | {"domain": [("id", "in", tasks.ids)], "context": {}}

    def action_drop(self):
        """Drop points of which no task is made."""
        self._check_open()
        self._vanban_in_action().write(
            {"dropped_date": fields.Datetime.now(), "dropped_by_id": self.env.uid}
        )
        return True

    def action_restore(self):
        """Propose dropped points again."""
        self._check_visible()
        self._vanban_in_action().write({"dropped_date": False, "dropped_by_id": False})
        return True

    def _check_open(self):
        """Refuse points that are not the user's, or have become a task.

        :raise AccessError: not open to the user
        :raise UserError: nothing chosen, or taken or dropped already
        """
        self._check_visible()
        self._vanban_lock()
        self.invalidate_recordset(["state"])
        if any(one.state != "proposed" for one in self):
            raise UserError(
                self.env._("A point was made a task or dropped in the meantime.")
            )
        if not all(document.can_give_tasks for document in self.document_id):
            raise UserError(self.env._("The notice was recalled."))

    def _prepare_task_vals(self):
        self.ensure_one()
        lines = [(self.partner_id, "lead")]
        lines += [(partner, "coordinate") for partner in self.coordinator_ids]
        return {
            "proposal_id": self.id,
            "source_document_id": self.document_id.id,
            "source": self.document_id._get_task_source(),
            "content": self.content,
            "assignment_ids": [
                (
                    *(0, 0),
                    {
                        "partner_id": partner.id,
                        "role": role,
                        "deadline_day": fields.Date.to_string(self.deadline_day),
                    },
                )
                for partner, role in lines
                if partner
            ],
        }

    # ---- making proposals ----

    @api.model
    def _propose(self, document):
        """Read a paper and propose its points; once only.

        :param document: issued, as superuser
        """
        if self.search_count([("document_id", "=", document.id)], limit=1):
            return self.browse()
        company = document.company_id
        agencies = self.env["res.company"].search([("id", "!=", False)])
        names = AgencyNames(
            (one.partner_id.id, one.name, one.vanban_code) for one in agencies
        )
        points = conclusions.parse(
            document._get_paper_text(), names, document.date, company.partner_id.id
        )
        return self._vanban_in_action().create(
            [self._prepare_vals(document, point) for point in points]
        )

    @api.model
    def _prepare_vals(self, document, point):
        day = point.deadline.day
        if point.deadline.working_days:
            day = document.company_id._vanban_shift_days(
                document.date, point.deadline.working_days
            )
        return {
            "document_id": document.id,
            "number": point.number,
            "content": point.content,
            "partner_id": point.lead,
            "coordinator_ids": [(6, 0, point.coordinators)],
            "deadline_day": day,
            "deadline_text": point.deadline.text,
            "is_lead_unsure": "lead" in point.doubts,
            "is_coordinator_unsure": "coordinators" in point.doubts,
            "is_deadline_unsure": "deadline" in point.doubts,
        }

    @api.model
    def _cron_propose(self):
        """Read the papers that were issued since."""
        documents = self.env["vanban.document"].search(
            [("is_to_propose", "=", True)], order="id"
        )
        for done, document in enumerate(documents, start=1):
            if not document.try_lock_for_update():
                continue
            if document.state == "issued":
                document._tell_proposed(self._propose(document))
            document._vanban_in_action().write({"is_to_propose": False})
            left = len(documents) - done
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                break


class VanbanTask(models.Model):
    _inherit = "vanban.task"

    proposal_id = fields.Many2one(
        "vanban.task.proposal",
        string="Proposed as",
        index="btree_not_null",
        ondelete="set null",
    )

    def _check_links(self):
        result = super()._check_links()
        if self.proposal_id:
            self.proposal_id.with_user(self.env.user)._check_visible()
        for task in self:
            told = task.proposal_id.sudo().document_id
            if told and told != task.source_document_id:
                raise UserError(self.env._("The task is proposed by another document."))
        return result
